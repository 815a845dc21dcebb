// Plans the arena: largest request first, each at the lowest free offset over its lifetime.
#include "cost_models/arena_planner.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace boardless::cost_models {
namespace {

bool lifetimes_meet(const ArenaRequest& a, const ArenaRequest& b) {
  return a.first_op <= b.last_op && b.first_op <= a.last_op;
}

Bytes round_up(Bytes bytes, Bytes alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

struct Placed {
  std::size_t request;
  Bytes begin;
  Bytes end;
};

}  // namespace

ArenaPlan plan_arena(const std::vector<ArenaRequest>& requests, Bytes alignment) {
  check(alignment > 0, "the arena's alignment is at least one byte");
  std::vector<Bytes> sizes;  // aligned, so that two requests that take the same room tie
  for (const ArenaRequest& request : requests) sizes.push_back(round_up(request.bytes, alignment));
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });

  ArenaPlan plan{std::vector<Bytes>(requests.size(), 0), 0};
  std::vector<Placed> placed;  // by rising begin
  for (const std::size_t index : order) {
    const ArenaRequest& request = requests[index];
    check(request.first_op <= request.last_op,
          "a request's lifetime does not end before it starts");
    // Walk the neighbours in time from low to high offsets: the first gap that holds it is lowest.
    Bytes offset = 0;
    for (const Placed& neighbour : placed) {
      if (!lifetimes_meet(request, requests[neighbour.request])) continue;
      if (neighbour.begin >= offset + sizes[index]) break;
      offset = std::max(offset, neighbour.end);
    }
    plan.offsets[index] = offset;
    if (sizes[index] == 0) continue;
    const Placed entry{index, offset, offset + sizes[index]};
    placed.insert(
        std::upper_bound(placed.begin(), placed.end(), entry,
                         [](const Placed& a, const Placed& b) { return a.begin < b.begin; }),
        entry);
    plan.bytes = std::max(plan.bytes, entry.end);
  }
  return plan;
}

}  // namespace boardless::cost_models
