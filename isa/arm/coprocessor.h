// Which coprocessor an instruction is for.
#pragma once

#include <cstdint>
#include <optional>

#include "isa/feature.h"

namespace boardless::isa::arm {

// By the instruction's halfwords; nothing when it is no coprocessor's. Floating point and vectors
// are 10, whichever of their numbers the encoding has.
std::optional<unsigned> coprocessor_of(std::uint32_t first, std::uint32_t second,
                                       FeatureSet features);

}  // namespace boardless::isa::arm
