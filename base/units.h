// Integer types that say in a signature what they count.
#pragma once

#include <cstdint>

namespace boardless {

using Cycles = std::uint64_t;
using Bytes = std::uint64_t;

}  // namespace boardless
