// Where each activation lives in the arena: greedy by size over lifetimes, the algorithm of TFLite
// Micro's planner.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace boardless::cost_models {

// Who lays out an arena: plan_arena() with either rule for ties, or plan_overlapped()
// (overlapped_planner.h).
enum class Planner : std::uint8_t { kGreedyInOrder, kGreedyBySize, kOverlapped };
inline constexpr std::array<std::string_view, 3> kPlannerNames{"greedy_in_order", "greedy_by_size",
                                                               "overlapped"};
constexpr std::string_view planner_name(Planner planner) {
  return kPlannerNames[static_cast<std::size_t>(planner)];
}

// The planner of that name; nothing where it names none.
constexpr std::optional<Planner> find_planner(std::string_view name) {
  for (std::size_t i = 0; i < kPlannerNames.size(); ++i) {
    if (kPlannerNames[i] == name) return static_cast<Planner>(i);
  }
  return std::nullopt;
}

// Something that needs arena bytes from the start of operator `first_op` to the end of `last_op`.
// What nothing uses has room before all of them, at -1.
struct ArenaRequest {
  std::string name;
  Bytes bytes = 0;
  int first_op = 0;
  int last_op = 0;
};

struct ArenaPlan {
  std::vector<Bytes> offsets;  // one per request, aligned
  Bytes bytes = 0;             // the arena's size
};

// Of two requests of the same aligned size, which is placed first. TFLite Micro's planner sorts a
// list that it has filled from its end, so the later one comes first there.
enum class Ties : std::uint8_t { kEarlierFirst, kLaterFirst };

// Offsets are multiples of `alignment` (TFLite Micro uses 16). No two requests whose lifetimes meet
// overlap. Deterministic.
ArenaPlan plan_arena(const std::vector<ArenaRequest>& requests, Bytes alignment = 16,
                     Ties ties = Ties::kEarlierFirst);

}  // namespace boardless::cost_models
