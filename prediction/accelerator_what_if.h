// What-ifs that a question asks of all its accelerators; each takes those that it has a choice for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_price.h"

namespace boardless::prediction {

// Empty or absent: each accelerator's own.
struct AcceleratorWhatIf {
  std::optional<std::uint32_t> clock_hz;
  std::string link, weights_in, input_range;
  int devices = 1;
  cost_models::DeviceUse device_use = cost_models::DeviceUse::kDataParallel;
  int weight_bits = 0;

  // "--link usb2": what was asked for, as options of the command line.
  std::vector<std::string> asked() const;
};

// What one accelerator makes of them.
struct TakenWhatIf {
  cost_models::AcceleratorConfiguration configuration;
  std::vector<std::string> remarks;  // "--link pcie has no effect: imx500 has no such choice"
};

// One entry for each model, in their order. Throws InputError for a what-if that none of them
// takes, naming what they have; what only some take becomes a remark of the others.
std::vector<TakenWhatIf> take_what_if(const AcceleratorWhatIf& what_if,
                                      const std::vector<cost_models::AcceleratorModel>& models);

}  // namespace boardless::prediction
