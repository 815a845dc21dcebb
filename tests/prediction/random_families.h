// How operators are drawn at random, one file for each family: what random_operator.cc puts
// together.
#pragma once

#include <span>

#include "tests/prediction/random_builder.h"
#include "tests/prediction/random_operator.h"

namespace boardless::prediction {

struct Drawn {
  RandomKind kind;
  void (*draw)(RandomBuilder&);
};

std::span<const Drawn> weighted_draws();     // operators with filters, and pooling
std::span<const Drawn> recurrent_draws();    // operators that keep a state
std::span<const Drawn> elementwise_draws();  // arithmetic, functions of one element
std::span<const Drawn> reduction_draws();    // reductions and normalisations
std::span<const Drawn> movement_draws();     // one tensor's values moved or converted
std::span<const Drawn> choice_draws();       // several tensors', chosen, or of another type
std::span<const Drawn> signal_draws();       // the Signal library
std::span<const Drawn> detection_draws();    // TFLite_Detection_PostProcess

}  // namespace boardless::prediction
