// Compares axis by axis.
#include "exploration/differences.h"

#include <fmt/format.h>

#include "base/visible_text.h"

namespace boardless::exploration {
namespace {

class Listed {
 public:
  void add(const char* axis, const std::string& to, const std::string& from) {
    if (to == from) return;
    const auto shown = [](const std::string& text) {
      return text.empty() ? "none" : visible(text);
    };
    entries.push_back(fmt::format("{} {} instead of {}", axis, shown(to), shown(from)));
  }
  std::vector<std::string> entries;
};

void compare_models(const ModelChoice& from, const ModelChoice& to, Listed& listed) {
  if (from.network != to.network || from.parameters.size() != to.parameters.size()) {
    listed.add("model", to.argument, from.argument);
    return;
  }
  for (const auto& [name, value] : to.parameters) {
    const auto before = from.parameters.find(name);
    if (before == from.parameters.end()) {
      listed.add("model", to.argument, from.argument);
      return;
    }
    listed.add(name.c_str(), fmt::format("{:g}", value), fmt::format("{:g}", before->second));
  }
  if (to.parameters.empty()) listed.add("model", to.argument, from.argument);
}

void compare_devices(const Device& from, const Device& to, Listed& listed) {
  if (from.target != to.target) {
    listed.add("target", to.name, from.name);
    return;
  }
  const auto clock = [](const Device& device) {
    return fmt::format("{:g} MHz", device.clock_hz / 1e6);
  };
  listed.add("clock", clock(to), clock(from));
  listed.add("voltage range", to.voltage_range, from.voltage_range);
  listed.add("link", to.link, from.link);
  listed.add("place", to.placement, from.placement);
  listed.add("without", to.without, from.without);
  listed.add("devices", fmt::format("{}", to.devices), fmt::format("{}", from.devices));
  listed.add("device use", to.device_use, from.device_use);
  listed.add("weights in", to.weights_in, from.weights_in);
  listed.add("weight bits", fmt::format("{}", to.weight_bits), fmt::format("{}", from.weight_bits));
  listed.add("input range", to.input_range, from.input_range);
}

void compare_options(const RunOptions& from, const RunOptions& to, Listed& listed) {
  listed.add("kernels", to.kernels.kernels, from.kernels.kernels);
  listed.add("kernel flags", to.kernels.flags, from.kernels.flags);
  listed.add("kernel compiler", to.kernels.compiler, from.kernels.compiler);
  listed.add("runtime", to.runtime, from.runtime);
  listed.add("planner", to.planner, from.planner);
  listed.add("invocations", fmt::format("{}", to.invocations), fmt::format("{}", from.invocations));
  listed.add("input", to.input, from.input);
}

}  // namespace

std::vector<std::string> differences(const Grid& grid, const Point& from, const Point& to) {
  Listed listed;
  compare_models(grid.models[from.model], grid.models[to.model], listed);
  compare_devices(grid.devices[from.device], grid.devices[to.device], listed);
  const bool heed_options =
      !grid.devices[from.device].is_accelerator && !grid.devices[to.device].is_accelerator;
  if (heed_options) {
    compare_options(grid.options[from.options], grid.options[to.options], listed);
  }
  return std::move(listed.entries);
}

}  // namespace boardless::exploration
