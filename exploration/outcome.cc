// Names of states.
#include "exploration/outcome.h"

#include <array>
#include <cstddef>

namespace boardless::exploration {

const char* state_name(Outcome::State state) {
  constexpr std::array<const char*, 4> kNames{"pending", "answered", "refused", "pruned"};
  return kNames[static_cast<std::size_t>(state)];
}

const char* bound_name(Outcome::Bound bound) {
  constexpr std::array<const char*, 4> kNames{"none", "fit", "constraint", "front"};
  return kNames[static_cast<std::size_t>(bound)];
}

}  // namespace boardless::exploration
