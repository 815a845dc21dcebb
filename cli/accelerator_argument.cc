// Turns what-ifs into a configuration for each accelerator.
#include "cli/accelerator_argument.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "cost_models/accelerators/accelerator_choice.h"

namespace boardless::cli {
namespace {

using cost_models::AcceleratorConfiguration;
using cost_models::AcceleratorModel;

bool accepts(const AcceleratorModel& model, const AcceleratorConfiguration& configuration) {
  try {
    cost_models::resolve(model, configuration);
    return true;
  } catch (const InputError&) {
    return false;
  }
}

// Applies one what-if to those that take it.
template <class Set>
void apply(const std::vector<AcceleratorModel>& models,
           std::vector<AcceleratorConfiguration>& configurations, const Set& set) {
  bool taken = false;
  for (std::size_t i = 0; i < models.size(); ++i) {
    AcceleratorConfiguration alone;
    set(alone);
    if (!accepts(models[i], alone)) continue;
    set(configurations[i]);
    taken = true;
  }
  if (taken || models.empty()) return;
  AcceleratorConfiguration alone;
  set(alone);
  cost_models::resolve(models.front(), alone);  // throws what is wrong
}

}  // namespace

void add_accelerator_options(CLI::App& command, AcceleratorArgument& argument) {
  const char* group = "Accelerators";
  command
      .add_option("--accelerator-clock", argument.clock_mhz, "Run the accelerator at this clock")
      ->type_name("MHZ")
      ->group(group);
  command.add_option("--link", argument.link, "Link to the host: usb3, usb3-rpi4, usb2, pcie")
      ->type_name("NAME")
      ->group(group);
  command.add_option("--devices", argument.devices, "Use several accelerators")
      ->check(CLI::PositiveNumber)
      ->type_name("N")
      ->group(group)
      ->capture_default_str();
  command
      .add_option("--device-use", argument.device_use,
                  "How several share the work: each an inference, or each a part of the network")
      ->check(CLI::IsMember({"data-parallel", "pipelined"}))
      ->type_name("WORD")
      ->group(group)
      ->capture_default_str();
  command
      .add_option("--weights-in", argument.weights_in, "Memory that holds weights: flash or sram")
      ->type_name("NAME")
      ->group(group);
  command
      .add_option("--weight-bits", argument.weight_bits, "Store weights in so many bits: 8, 4, 2")
      ->check(CLI::PositiveNumber)
      ->type_name("BITS")
      ->group(group);
  command
      .add_option("--input-range", argument.input_range,
                  "Which of an image sensor's published input ranges holds: camera-module, brief")
      ->type_name("NAME")
      ->group(group);
}

std::vector<AcceleratorConfiguration> accelerator_configurations(
    const AcceleratorArgument& argument, const std::vector<AcceleratorModel>& models) {
  std::vector<AcceleratorConfiguration> configurations(models.size());
  if (argument.clock_mhz) {
    const double hz = std::round(*argument.clock_mhz * 1e6);
    if (!(hz >= 1 && hz <= std::numeric_limits<std::uint32_t>::max())) {
      throw InputError(fmt::format("--accelerator-clock {}: no clock in MHz", *argument.clock_mhz));
    }
    apply(models, configurations, [hz](AcceleratorConfiguration& configuration) {
      configuration.clock_hz = static_cast<std::uint32_t>(hz);
    });
  }
  apply(models, configurations, [&](auto& c) { c.link = argument.link; });
  apply(models, configurations, [&](auto& c) {
    c.devices = argument.devices;
    c.device_use = argument.device_use == "pipelined" ? cost_models::DeviceUse::kPipelined
                                                      : cost_models::DeviceUse::kDataParallel;
  });
  apply(models, configurations, [&](auto& c) { c.weights_in = argument.weights_in; });
  apply(models, configurations, [&](auto& c) { c.weight_bits = argument.weight_bits; });
  apply(models, configurations, [&](auto& c) { c.input_range = argument.input_range; });
  return configurations;
}

}  // namespace boardless::cli
