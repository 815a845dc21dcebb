// Places requests in some order, and looks for the order that needs least.
#include "cost_models/overlapped_planner.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <random>

#include "base/error.h"
#include "base/round_up.h"
#include "cost_models/lifetime_index.h"

namespace boardless::cost_models {
namespace {

using Offset = std::int64_t;  // from where the first request was put; the plan moves all to 0

// Another request that lives at some time when this one does. Where one of them is the input and
// the other the output of an overlap, the input may begin at the output plus `distance`, or a
// multiple of `period` more.
struct Neighbour {
  std::size_t request = 0;
  enum class Overlap : std::uint8_t { kNone, kItIsInput, kItIsOutput } overlap = Overlap::kNone;
  Offset distance = 0, period = 0;
};

// Requests with aligned sizes and whom each meets.
class Problem {
 public:
  Problem(const std::vector<ArenaRequest>& requests, const std::vector<ArenaOverlap>& overlaps,
          Offset alignment)
      : alignment_(alignment), neighbours_(requests.size()) {
    int last = 0;
    for (const ArenaRequest& request : requests) {
      sizes_.push_back(round_up(static_cast<Offset>(request.bytes), alignment));
      last = std::max(last, request.last_op);
    }
    LifetimeIndex index(static_cast<std::size_t>(last) + 1);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (sizes_[i] == 0) continue;
      const auto first = static_cast<std::size_t>(requests[i].first_op);
      const auto end = static_cast<std::size_t>(requests[i].last_op);
      index.for_each_meeting(first, end, [&](std::uint32_t other) {
        neighbours_[i].push_back({.request = other});
        neighbours_[other].push_back({.request = i});
      });
      index.add(first, end, static_cast<std::uint32_t>(i));
    }
    for (const ArenaOverlap& overlap : overlaps) allow(overlap);
  }

  std::size_t size() const { return sizes_.size(); }
  Offset bytes(std::size_t request) const { return sizes_[request]; }
  const std::vector<Neighbour>& neighbours(std::size_t request) const {
    return neighbours_[request];
  }

  // Comparisons that placing all requests takes at most, or nearly.
  std::uint64_t work() const {
    std::uint64_t work = 0;
    for (const std::vector<Neighbour>& some : neighbours_) work += some.size() * some.size() + 1;
    return work;
  }

 private:
  // The least aligned distance, and how far apart the further ones are; none where they lie further
  // than the output is long.
  void allow(const ArenaOverlap& overlap) {
    const auto step = static_cast<Offset>(overlap.step);
    auto distance = static_cast<Offset>(overlap.distance);
    const Offset end = sizes_[overlap.output];
    while (distance < end && distance % alignment_ != 0) {
      distance = step == 1 ? round_up(distance, alignment_) : distance + step;
    }
    if (distance >= end) return;
    const Offset period = std::lcm(step, alignment_);
    const auto set = [&](std::size_t of, std::size_t with, Neighbour::Overlap kind) {
      for (Neighbour& neighbour : neighbours_[of]) {
        if (neighbour.request != with) continue;
        check(neighbour.overlap == Neighbour::Overlap::kNone, "an overlap is named once");
        neighbour.overlap = kind;
        neighbour.distance = distance;
        neighbour.period = period;
      }
    };
    set(overlap.output, overlap.input, Neighbour::Overlap::kItIsInput);
    set(overlap.input, overlap.output, Neighbour::Overlap::kItIsOutput);
  }

  const Offset alignment_;
  std::vector<Offset> sizes_;
  std::vector<std::vector<Neighbour>> neighbours_;
};

// Puts requests into place one after the other.
class Placement {
 public:
  explicit Placement(const Problem& problem)
      : problem_(problem), at_(problem.size()), placed_(problem.size()) {}

  // Returns the bytes from the lowest to the highest place; gives up at `limit`.
  Offset place(const std::vector<std::size_t>& order, Offset limit) {
    placed_.assign(placed_.size(), false);
    low_ = high_ = 0;
    for (const std::size_t request : order) {
      put(request);
      if (high_ - low_ > limit) break;
    }
    return high_ - low_;
  }

  Offset at(std::size_t request) const { return at_[request] - low_; }
  // Whether a request lies at either end, and so is why the arena is no smaller.
  bool is_at_end(std::size_t request) const {
    return at_[request] == low_ || at_[request] + problem_.bytes(request) == high_;
  }

 private:
  void put(std::size_t request) {
    near_.clear();
    for (const Neighbour& neighbour : problem_.neighbours(request)) {
      if (placed_[neighbour.request]) near_.push_back(neighbour);
    }
    const Offset bytes = problem_.bytes(request);
    best_.reset();
    consider(request, low_);
    consider(request, high_ - bytes);
    for (const Neighbour& neighbour : near_) {
      const Offset other = at_[neighbour.request];
      consider(request, other + problem_.bytes(neighbour.request));
      consider(request, other - bytes);
      if (neighbour.overlap == Neighbour::Overlap::kItIsInput) {
        consider(request, other - neighbour.distance);
      } else if (neighbour.overlap == Neighbour::Overlap::kItIsOutput) {
        consider(request, other + neighbour.distance);
      }
    }
    check(best_.has_value(), "above the highest of its neighbours there is room");
    at_[request] = *best_;
    placed_[request] = true;
    low_ = std::min(low_, *best_);
    high_ = std::max(high_, *best_ + bytes);
  }

  Offset growth(Offset at, Offset bytes) const {
    return std::max(low_ - at, Offset{0}) + std::max(at + bytes - high_, Offset{0});
  }

  void consider(std::size_t request, Offset at) {
    const Offset bytes = problem_.bytes(request);
    if (best_) {
      const Offset now = growth(at, bytes), before = growth(*best_, bytes);
      if (now > before || (now == before && at >= *best_)) return;
    }
    for (const Neighbour& neighbour : near_) {
      if (!may_lie(at, bytes, neighbour)) return;
    }
    best_ = at;
  }

  bool may_lie(Offset at, Offset bytes, const Neighbour& neighbour) const {
    const Offset other = at_[neighbour.request];
    if (at + bytes <= other || other + problem_.bytes(neighbour.request) <= at) return true;
    if (neighbour.overlap == Neighbour::Overlap::kNone) return false;
    const bool is_output = neighbour.overlap == Neighbour::Overlap::kItIsInput;
    const Offset distance = is_output ? other - at : at - other;
    return distance >= neighbour.distance &&
           (distance - neighbour.distance) % neighbour.period == 0;
  }

  const Problem& problem_;
  std::vector<Offset> at_;
  std::vector<bool> placed_;
  std::vector<Neighbour> near_;  // placed
  std::optional<Offset> best_;
  Offset low_ = 0, high_ = 0;
};

// Largest first.
std::vector<std::size_t> first_order(const Problem& problem) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < problem.size(); ++i) {
    if (problem.bytes(i) > 0) order.push_back(i);
  }
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return problem.bytes(a) > problem.bytes(b); });
  return order;
}

// Moves requests forward that lie at an end, and sometimes any other, and keeps what is no worse.
class Search {
 public:
  explicit Search(const Problem& problem)
      : problem_(problem), placement_(problem), order_(first_order(problem)) {}

  ArenaPlan run() {
    if (order_.empty()) return {std::vector<Bytes>(problem_.size(), 0), 0};
    constexpr std::uint64_t kMostWork = 100'000'000, kMostRounds = 4'000;
    const std::uint64_t rounds = std::min(kMostRounds, kMostWork / problem_.work());
    Offset current = placement_.place(order_, kNoLimit);
    keep(current);
    for (std::uint64_t round = 0; round < rounds && order_.size() > 1; ++round) {
      const std::vector<std::size_t> before = order_;
      move_one();
      const Offset bytes = placement_.place(order_, current);
      if (bytes > current) {
        order_ = before;
        continue;
      }
      current = bytes;
      if (bytes < static_cast<Offset>(best_.bytes)) keep(bytes);
      find_ends();
    }
    return best_;
  }

 private:
  static constexpr Offset kNoLimit = INT64_MAX;

  void keep(Offset bytes) {
    best_ = {std::vector<Bytes>(problem_.size(), 0), static_cast<Bytes>(bytes)};
    for (const std::size_t request : order_) {
      best_.offsets[request] = static_cast<Bytes>(placement_.at(request));
    }
    find_ends();
  }

  void find_ends() {
    ends_.clear();
    for (std::size_t i = 1; i < order_.size(); ++i) {
      if (placement_.is_at_end(order_[i])) ends_.push_back(i);
    }
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }

  void move_one() {
    const bool an_end = !ends_.empty() && below(4) != 0;
    const std::size_t from = an_end ? ends_[below(ends_.size())] : 1 + below(order_.size() - 1);
    const std::size_t to = below(from);
    std::rotate(order_.begin() + static_cast<std::ptrdiff_t>(to),
                order_.begin() + static_cast<std::ptrdiff_t>(from),
                order_.begin() + static_cast<std::ptrdiff_t>(from) + 1);
  }

  const Problem& problem_;
  Placement placement_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> ends_;  // places in the order
  ArenaPlan best_;
  std::mt19937 random_{1};  // NOLINT: the same plan each time
};

}  // namespace

ArenaPlan plan_overlapped(const std::vector<ArenaRequest>& requests,
                          const std::vector<ArenaOverlap>& overlaps, Bytes alignment) {
  check(alignment > 0, "the arena's alignment is at least one byte");
  const Problem problem(requests, overlaps, static_cast<Offset>(alignment));
  ArenaPlan best = Search(problem).run();
  ArenaPlan apart = plan_arena(requests, alignment);
  return apart.bytes < best.bytes ? apart : best;
}

}  // namespace boardless::cost_models
