// What-ifs about accelerators on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_price.h"

namespace boardless::cli {

struct AcceleratorArgument {
  std::optional<double> clock_mhz;
  std::string link, device_use = "data-parallel", weights_in, input_range;
  int devices = 1, weight_bits = 0;
};

void add_accelerator_options(CLI::App& command, AcceleratorArgument& argument);

// The configuration for each accelerator: a what-if holds for those that have that choice. Throws
// InputError when none has it, naming what they have.
std::vector<cost_models::AcceleratorConfiguration> accelerator_configurations(
    const AcceleratorArgument& argument, const std::vector<cost_models::AcceleratorModel>& models);

}  // namespace boardless::cli
