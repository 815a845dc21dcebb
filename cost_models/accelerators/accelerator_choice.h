// A configuration resolved against an accelerator: every what-if answered with what it has.
#pragma once

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/accelerator_price.h"

namespace boardless::cost_models {

struct AcceleratorChoice {
  double clock_hz = 0;
  const Link* link = nullptr;            // none: nothing leaves the chip
  const WeightSource* source = nullptr;  // none: weights on chip or over the link
  const InputRange* range = nullptr;     // none: any input
  int weight_bits = 8;
  int devices = 1;
};

// Throws InputError naming the option and what would be accepted.
AcceleratorChoice resolve(const AcceleratorModel& model,
                          const AcceleratorConfiguration& configuration);

}  // namespace boardless::cost_models
