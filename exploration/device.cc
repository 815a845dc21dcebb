// Sets targets up, and takes digests of their resolved files.
#include "exploration/device.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"
#include "cost_models/accelerators/accelerator_choice.h"
#include "exploration/file_digest.h"
#include "exploration/operating_points.h"
#include "isa/variant.h"
#include "prediction/predict.h"
#include "prediction/target_selection.h"
#include "targets/published_errors.h"

namespace boardless::exploration {
namespace {

using cost_models::AcceleratorConfiguration;
using cost_models::AcceleratorModel;
using cost_models::DeviceUse;
using prediction::AskedTarget;
using targets::Target;

std::string clock_text(std::uint32_t hz) { return fmt::format("{:g}", hz / 1e6); }

// --- microcontrollers ---

void set_capacities(Device& device) {
  const Target& target = *device.asked.mcu();
  device.sram_capacity = target.memory(target.placement.arena).size_bytes.value();
  device.flash_capacity = target.memory(target.placement.constants).size_bytes.value();
}

// The worst of fewer says nothing of what lies beyond it.
constexpr int kFewestPoints = 3;

std::optional<double> worst_error(const std::string& core_or_accelerator) {
  const auto errors = targets::published_errors(core_or_accelerator);
  return errors && errors->points >= kFewestPoints ? std::optional(errors->worst_percent)
                                                   : std::nullopt;
}

Device mcu_device(AskedTarget asked, prediction::CoreModels& cores) {
  const Target& target = *asked.mcu();
  Device device;
  device.asked = asked;
  device.target = target.name;
  device.vendor = target.vendor;
  device.core = target.core;
  device.voltage_range = target.voltage_range;
  device.fpu = target.fpu;
  device.clock_hz = target.clock_hz.value();
  if (target.price_usd) {
    device.price_usd = target.price_usd->value();
    device.price_is_estimate = target.price_usd->is_estimate();
  }
  device.published_error_percent = worst_error(target.core);
  set_capacities(device);
  device.image = prediction::needed_images(std::vector<Target>{target}, cores).front();
  device.macs_per_cycle =
      most_macs_per_cycle(cores.get(target.core), isa::find_variant(device.image));
  device.name = fmt::format("{}@{}", target.name, clock_text(device.clock_hz));
  if (target.voltage_ranges.size() > 1) device.name += ' ' + target.voltage_range;
  return device;
}

std::vector<AskedTarget> at_clocks(const Target& target, const ClockAxis& axis) {
  std::vector<AskedTarget> asked;
  const auto add = [&](Target point) { asked.push_back({target.name, std::move(point), {}, {}}); };
  if (axis.kind == ClockAxis::Kind::kOperatingPoints) {
    for (Target& point : operating_points(target)) add(std::move(point));
  } else if (axis.kind == ClockAxis::Kind::kOwn || target.fixed_clock) {
    add(target);
  } else {
    for (const std::uint32_t hz : axis.hz) {
      try {
        add(targets::with_clock(target, hz));
      } catch (const InputError& error) {
        asked.push_back({target.name, target, {}, error.what()});
      }
    }
  }
  return asked;
}

// One way to set chips up.
struct ChipSetUp {
  std::string placement, without;
  targets::WhatIf what_if;
};

// The words of "constants=dtcm, arena=sram1".
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + ',') {
    if (c == ',') {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
    } else if (c != ' ') {
      word += c;
    }
  }
  return words;
}

std::vector<ChipSetUp> chip_set_ups(const Space& space) {
  std::vector<ChipSetUp> set_ups;
  for (const std::string& placement : or_default<std::string>(space.placements, kAsUsual)) {
    for (const std::string& without : or_default<std::string>(space.withouts, kNothing)) {
      using Words = std::vector<std::string>;
      const Words places = placement == kAsUsual ? Words{} : words_of(placement);
      const Words switched_off = without == kNothing ? Words{} : words_of(without);
      set_ups.push_back({placement, without,
                         targets::read_what_if(places, space.file + ": key 'place'", switched_off,
                                               space.file + ": key 'without'")});
    }
  }
  return set_ups;
}

// In each of those ways; one that the chip has not is a device that is refused.
void add_set_up(const ChipSetUp& set_up, Device& device) {
  device.placement = set_up.placement;
  device.without = set_up.without;
  if (set_up.what_if.asks_nothing()) return;
  if (!device.asked.refused) {
    try {
      device.asked.device = targets::set_up(*device.asked.mcu(), set_up.what_if).target;
      set_capacities(device);
    } catch (const InputError& error) {
      device.asked.refused = error.what();
    }
  }
  device.name += ' ' + device.set_up_text();
  device.digest = digest_of_texts({device.digest, set_up.placement, set_up.without});
}

std::vector<Device> mcu_devices(const std::string& word, const ClockAxis& axis,
                                prediction::CoreModels& cores) {
  const Target target = targets::load_target(word);
  std::vector<Device> devices;
  for (AskedTarget& asked : at_clocks(target, axis)) {
    const bool is_refused = asked.refused.has_value();
    const std::size_t number = devices.size();
    devices.push_back(mcu_device(std::move(asked), cores));
    Device& device = devices.back();
    if (is_refused) {
      device.clock_hz = axis.hz[number];
      device.name = fmt::format("{}@{}", device.target, clock_text(device.clock_hz));
    }
    device.digest = digest_of_mcu(word, target.core, device.clock_hz, device.voltage_range);
  }
  return devices;
}

// --- accelerators ---

// One axis, as what each of its values does to a configuration.
struct Choice {
  std::string text;
  std::function<void(AcceleratorConfiguration&, Device&)> set;
};
struct ChoiceAxis {
  std::string key;
  std::vector<Choice> choices;
  bool is_taken = false;  // by any target
};

std::vector<ChoiceAxis> choice_axes(const AcceleratorAxes& axes) {
  std::vector<ChoiceAxis> all;
  const auto add = [&](const std::string& key, const auto& values, auto text_of, auto set) {
    if (values.empty()) return;
    ChoiceAxis axis{.key = key, .choices = {}};
    for (const auto& value : values) {
      axis.choices.push_back({text_of(value), [value, set](AcceleratorConfiguration& c, Device& d) {
                                set(c, d, value);
                              }});
    }
    all.push_back(std::move(axis));
  };
  const auto word = [](const std::string& value) { return value; };
  const auto number = [](int value) { return fmt::format("{}", value); };
  using Configuration = AcceleratorConfiguration;
  add("clock", axes.clock_hz, clock_text,
      [](Configuration& c, Device&, std::uint32_t hz) { c.clock_hz = hz; });
  add("link", axes.link, word,
      [](Configuration& c, Device& d, const std::string& link) { c.link = d.link = link; });
  add("devices", axes.devices, number,
      [](Configuration& c, Device& d, int devices) { c.devices = d.devices = devices; });
  add("device_use", axes.device_use, word, [](Configuration& c, Device& d, const std::string& use) {
    c.device_use = use == "pipelined" ? DeviceUse::kPipelined : DeviceUse::kDataParallel;
    d.device_use = use;
  });
  add("weights_in", axes.weights_in, word,
      [](Configuration& c, Device& d, const std::string& name) {
        c.weights_in = d.weights_in = name;
      });
  add("weight_bits", axes.weight_bits, number,
      [](Configuration& c, Device& d, int bits) { c.weight_bits = d.weight_bits = bits; });
  add("input_range", axes.input_range, word,
      [](Configuration& c, Device& d, const std::string& name) {
        c.input_range = d.input_range = name;
      });
  return all;
}

// Why the accelerator does not take it; empty: it does.
std::string refusal_of(const AcceleratorModel& model, const AcceleratorConfiguration& asked) {
  try {
    cost_models::resolve(model, asked);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

// An axis reaches an accelerator that takes one of its values at least.
bool reaches(const AcceleratorModel& model, const ChoiceAxis& axis) {
  return std::ranges::any_of(axis.choices, [&](const Choice& choice) {
    AcceleratorConfiguration alone;
    Device ignored;
    choice.set(alone, ignored);
    return refusal_of(model, alone).empty();
  });
}

Device own_device(const AcceleratorModel& model) {
  Device device;
  device.asked.name = model.name;
  device.target = device.name = model.name;
  device.vendor = model.vendor;
  device.core = model.family;
  device.is_accelerator = true;
  device.clock_hz = model.clock_hz.value();
  if (model.price_usd) {
    device.price_usd = model.price_usd->value();
    device.price_is_estimate = model.price_usd->is_estimate();
  }
  device.published_error_percent = worst_error(model.name);
  return device;
}

std::vector<Device> accelerator_devices(const std::string& word, std::vector<ChoiceAxis>& axes) {
  const AcceleratorModel model = cost_models::load_accelerator(word);
  using Pair = std::pair<AcceleratorConfiguration, Device>;
  std::vector<Pair> pairs{{AcceleratorConfiguration{}, own_device(model)}};
  for (ChoiceAxis& axis : axes) {
    if (!reaches(model, axis)) continue;
    axis.is_taken = true;
    std::vector<Pair> longer;
    for (const auto& [configuration, device] : pairs) {
      // How several share the work is nothing to one.
      if (axis.key == "device_use" && device.devices == 1) {
        longer.emplace_back(configuration, device);
        continue;
      }
      for (const Choice& choice : axis.choices) {
        Pair pair{configuration, device};
        choice.set(pair.first, pair.second);
        pair.second.name += ' ' + choice.text;
        longer.push_back(std::move(pair));
      }
    }
    pairs = std::move(longer);
  }
  std::vector<Device> devices;
  const std::string file_digest = digest_of_accelerator(word, model);
  for (auto& [configuration, device] : pairs) {
    if (configuration.clock_hz != 0) device.clock_hz = configuration.clock_hz;
    device.asked.device = prediction::AskedAccelerator{model, configuration};
    const std::string refusal = refusal_of(model, configuration);
    if (!refusal.empty()) device.asked.refused = refusal;
    device.digest = digest_of_texts({file_digest, device.name});
    devices.push_back(std::move(device));
  }
  return devices;
}

}  // namespace

std::string Device::set_up_text() const {
  std::string text;
  if (placement != kAsUsual) text = visible(placement);
  if (without != kNothing) {
    text += fmt::format("{}without {}", text.empty() ? "" : " ", visible(without));
  }
  return text;
}

std::vector<Device> resolve_devices(const Space& space, prediction::CoreModels& cores) {
  std::vector<ChoiceAxis> axes = choice_axes(space.accelerators);
  const std::vector<ChipSetUp> set_ups = chip_set_ups(space);
  std::vector<Device> devices;
  std::set<std::string> names;
  for (const std::string& word : prediction::select_targets(space.targets)) {
    std::vector<Device> some;
    if (cost_models::is_accelerator(word)) {
      some = accelerator_devices(word, axes);
    } else {
      for (const Device& at_clock : mcu_devices(word, space.clock, cores)) {
        for (const ChipSetUp& set_up : set_ups) {
          add_set_up(set_up, some.emplace_back(at_clock));
        }
      }
    }
    for (Device& device : some) {
      if (!names.insert(device.name).second) {
        throw InputError(fmt::format("{}: two targets are called {}", space.file, device.target));
      }
      devices.push_back(std::move(device));
    }
  }
  for (const ChoiceAxis& axis : axes) {
    if (axis.is_taken) continue;
    throw InputError(fmt::format("{}: key 'accelerators.{}': no target has a choice there",
                                 space.file, axis.key));
  }
  return devices;
}

}  // namespace boardless::exploration
