// What this build has time for. Without optimisation, and with sanitizers, everything takes some
// ten times as long: tests that draw at random draw fewer there, and the release build draws all.
#pragma once

namespace boardless {

#ifdef NDEBUG
inline constexpr bool kIsSlowBuild = false;
#else
inline constexpr bool kIsSlowBuild = true;
#endif

// All of `count`, in a slow build one in `share`.
constexpr int drawn(int count, int share = 5) { return kIsSlowBuild ? count / share : count; }

}  // namespace boardless
