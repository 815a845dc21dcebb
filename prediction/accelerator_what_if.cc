// Tries each what-if alone on each accelerator.
#include "prediction/accelerator_what_if.h"

#include <fmt/format.h>

#include <exception>
#include <functional>

#include "base/error.h"
#include "cost_models/accelerators/accelerator_choice.h"

namespace boardless::prediction {
namespace {

using cost_models::AcceleratorConfiguration;
using cost_models::AcceleratorModel;
using cost_models::DeviceUse;

struct WhatIf {
  std::string option;  // as it was typed
  std::function<void(AcceleratorConfiguration&)> set;
};

std::vector<WhatIf> listed(const AcceleratorWhatIf& asked) {
  std::vector<WhatIf> all;
  if (asked.clock_hz) {
    all.push_back({fmt::format("--accelerator-clock {:g}", *asked.clock_hz / 1e6),
                   [&](auto& c) { c.clock_hz = *asked.clock_hz; }});
  }
  if (!asked.link.empty()) {
    all.push_back({"--link " + asked.link, [&](auto& c) { c.link = asked.link; }});
  }
  if (asked.devices != 1) {
    all.push_back({fmt::format("--devices {}", asked.devices), [&](auto& c) {
                     c.devices = asked.devices;
                     c.device_use = asked.device_use;
                   }});
  }
  if (!asked.weights_in.empty()) {
    all.push_back(
        {"--weights-in " + asked.weights_in, [&](auto& c) { c.weights_in = asked.weights_in; }});
  }
  if (asked.weight_bits != 0) {
    all.push_back({fmt::format("--weight-bits {}", asked.weight_bits),
                   [&](auto& c) { c.weight_bits = asked.weight_bits; }});
  }
  if (!asked.input_range.empty()) {
    all.push_back({"--input-range " + asked.input_range,
                   [&](auto& c) { c.input_range = asked.input_range; }});
  }
  return all;
}

}  // namespace

std::vector<std::string> AcceleratorWhatIf::asked() const {
  std::vector<std::string> options;
  for (const WhatIf& each : listed(*this)) options.push_back(each.option);
  return options;
}

std::vector<TakenWhatIf> take_what_if(const AcceleratorWhatIf& what_if,
                                      const std::vector<AcceleratorModel>& models) {
  std::vector<TakenWhatIf> result(models.size());
  if (models.empty()) return result;
  for (const WhatIf& each : listed(what_if)) {
    bool taken = false;
    std::exception_ptr refusal;
    for (std::size_t i = 0; i < models.size(); ++i) {
      AcceleratorConfiguration alone;
      each.set(alone);
      try {
        cost_models::resolve(models[i], alone);
        each.set(result[i].configuration);
        taken = true;
      } catch (const InputError& error) {
        if (!refusal) refusal = std::current_exception();
        result[i].remarks.push_back(
            fmt::format("{} has no effect ({})", each.option, error.what()));
      }
    }
    if (!taken) std::rethrow_exception(refusal);
  }
  return result;
}

}  // namespace boardless::prediction
