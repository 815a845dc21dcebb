// Plans the arena: largest request first, each at the lowest free offset over its lifetime.
#include "cost_models/arena_planner.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "base/error.h"
#include "base/round_up.h"
#include "cost_models/lifetime_index.h"

namespace boardless::cost_models {
namespace {

struct Placed {
  Bytes begin;
  Bytes end;
};

// Times from that before all operators, which is 0, to the last that some request lives at.
std::size_t times_of(const std::vector<ArenaRequest>& requests) {
  int last = 0;
  for (const ArenaRequest& request : requests) {
    check(request.first_op >= -1 && request.first_op <= request.last_op,
          "a request's lifetime does not end before it starts");
    last = std::max(last, request.last_op);
  }
  return static_cast<std::size_t>(last) + 2;
}

std::size_t time_of(int op) { return static_cast<std::size_t>(op + 1); }

}  // namespace

ArenaPlan plan_arena(const std::vector<ArenaRequest>& requests, Bytes alignment, Ties ties) {
  check(alignment > 0, "the arena's alignment is at least one byte");
  std::vector<Bytes> sizes;  // aligned, so that two requests that take the same room tie
  for (const ArenaRequest& request : requests) sizes.push_back(round_up(request.bytes, alignment));
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (ties == Ties::kLaterFirst) std::ranges::reverse(order);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });

  ArenaPlan plan{std::vector<Bytes>(requests.size(), 0), 0};
  LifetimeIndex placed(times_of(requests));
  std::vector<Placed> neighbours;
  for (const std::size_t index : order) {
    if (sizes[index] == 0) continue;
    const std::size_t first = time_of(requests[index].first_op);
    const std::size_t last = time_of(requests[index].last_op);
    neighbours.clear();
    placed.for_each_meeting(first, last, [&](std::uint32_t other) {
      neighbours.push_back({plan.offsets[other], plan.offsets[other] + sizes[other]});
    });
    std::ranges::sort(neighbours, {}, &Placed::begin);
    // From low to high offsets: the first gap that holds it is lowest.
    Bytes offset = 0;
    for (const Placed& neighbour : neighbours) {
      if (neighbour.begin >= offset + sizes[index]) break;
      offset = std::max(offset, neighbour.end);
    }
    plan.offsets[index] = offset;
    plan.bytes = std::max(plan.bytes, offset + sizes[index]);
    placed.add(first, last, static_cast<std::uint32_t>(index));
  }
  return plan;
}

}  // namespace boardless::cost_models
