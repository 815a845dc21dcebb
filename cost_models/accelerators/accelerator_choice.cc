// Looks up what-ifs among an accelerator's clocks, links, memories and widths.
#include "cost_models/accelerators/accelerator_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.h"

namespace boardless::cost_models {
namespace {

template <class Item>
const Item* named(const AcceleratorModel& model, const std::vector<Item>& items,
                  const std::string& name, const char* option) {
  if (name.empty()) return items.empty() ? nullptr : &items.front();
  const auto found = std::ranges::find(items, name, &Item::name);
  if (found != items.end()) return &*found;
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  if (names.empty()) {
    throw InputError(fmt::format("{} {}: {} has no such choice", option, name, model.name));
  }
  throw InputError(
      fmt::format("{} {}: {} has {}", option, name, model.name, fmt::join(names, ", ")));
}

double chosen_clock(const AcceleratorModel& model, std::uint32_t asked) {
  if (asked == 0) return model.clock_hz.value();
  const auto is_asked = [&](const Count& clock) { return clock.value() == asked; };
  if (model.clocks_hz.empty() ? asked <= model.clock_hz.value()
                              : std::ranges::any_of(model.clocks_hz, is_asked)) {
    return asked;
  }
  std::vector<std::string> clocks;
  for (const Count& clock : model.clocks_hz) clocks.push_back(fmt::format("{:g}", clock / 1e6));
  throw InputError(
      fmt::format("--accelerator-clock {:g}: {} runs at {} MHz", asked / 1e6, model.name,
                  clocks.empty() ? fmt::format("up to {:g}", model.clock_hz.value() / 1e6)
                                 : fmt::format("{}", fmt::join(clocks, ", "))));
}

}  // namespace

AcceleratorChoice resolve(const AcceleratorModel& model,
                          const AcceleratorConfiguration& configuration) {
  AcceleratorChoice choice;
  choice.clock_hz = chosen_clock(model, configuration.clock_hz);
  choice.link = named(model, model.links, configuration.link, "--link");
  choice.source = named(model, model.weight_sources, configuration.weights_in, "--weights-in");
  choice.range = named(model, model.input_ranges, configuration.input_range, "--input-range");
  const std::vector<int> widths = model.weights.bit_widths();
  choice.weight_bits = configuration.weight_bits == 0 ? widths.front() : configuration.weight_bits;
  if (std::ranges::count(widths, choice.weight_bits) == 0) {
    throw InputError(fmt::format("--weight-bits {}: {} stores weights of {} bits",
                                 choice.weight_bits, model.name, fmt::join(widths, ", ")));
  }
  choice.devices = configuration.devices;
  // One is always there; only who wants more rests on how many there may be.
  const bool too_many =
      choice.devices != 1 && choice.devices > static_cast<int>(model.max_devices.value());
  if (choice.devices < 1 || too_many) {
    throw InputError(fmt::format("--devices {}: {} comes as 1 to {}", choice.devices, model.name,
                                 model.max_devices.value()));
  }
  return choice;
}

}  // namespace boardless::cost_models
