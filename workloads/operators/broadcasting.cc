// Makes the iteration space of two inputs.
#include "workloads/operators/broadcasting.h"

#include <algorithm>
#include <span>
#include <vector>

#include "workloads/operators/four_dimensions.h"

namespace boardless::workloads {
namespace {

using Shape = std::vector<std::int32_t>;

Shape with_rank(const Shape& shape, std::size_t rank) {
  Shape result(rank - shape.size(), 1);
  result.insert(result.end(), shape.begin(), shape.end());
  return result;
}

// Both inputs' extents, of one rank, whose broadcast is the output's shape.
struct Pair {
  Shape a, b;
};

Pair checked_pair(const OperatorView& view) {
  const Tensor& first = view.input(0);
  const Tensor& second = view.input(1);
  const std::size_t rank = std::max(first.shape.size(), second.shape.size());
  Pair pair{with_rank(first.shape, rank), with_rank(second.shape, rank)};
  Shape output;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int32_t a = pair.a[i];
    const std::int32_t b = pair.b[i];
    if (a != b && a != 1 && b != 1) {
      view.fail("inputs {} and {} cannot be broadcast together", shape_text(first),
                shape_text(second));
    }
    output.push_back(std::max(a, b));
  }
  view.require_shape(view.output(), "output", output);
  return pair;
}

// Joins each dimension to the one before it where the same inputs are broadcast along both; one of
// extent 1 belongs to any.
Pair joined(const Pair& pair) {
  Pair result;
  for (std::size_t i = 0; i < pair.a.size(); ++i) {
    const std::int32_t a = pair.a[i];
    const std::int32_t b = pair.b[i];
    if (a == 1 && b == 1) continue;
    const auto is_alike = [&](std::int32_t before, std::int32_t now, std::int32_t other_before,
                              std::int32_t other_now) {
      return (before == 1 && other_before != 1) == (now == 1 && other_now != 1);
    };
    if (!result.a.empty() && is_alike(result.a.back(), a, result.b.back(), b) &&
        is_alike(result.b.back(), b, result.a.back(), a)) {
      result.a.back() *= a;
      result.b.back() *= b;
    } else {
      result.a.push_back(a);
      result.b.push_back(b);
    }
  }
  return result;
}

// A dense tensor's strides, 0 in dimensions of extent 1, which so are read again for every index.
Extents broadcast_strides(const Extents& extents) {
  Extents strides{};
  std::int32_t stride = 1;
  for (std::size_t i = 4; i-- > 0;) {
    strides[i] = extents[i] == 1 ? 0 : stride;
    stride *= extents[i];
  }
  return strides;
}

bl_broadcast space_of(const OperatorView& view, const Pair& pair) {
  if (pair.a.size() > 4) {
    view.not_modelled(
        "inputs {} and {} take turns in being broadcast along {} runs of dimensions; "
        "supported: up to 4",
        shape_text(view.input(0)), shape_text(view.input(1)), pair.a.size());
  }
  Extents a{1, 1, 1, 1};
  Extents b{1, 1, 1, 1};
  std::ranges::copy_backward(pair.a, a.end());
  std::ranges::copy_backward(pair.b, b.end());
  bl_broadcast result{};
  for (std::size_t i = 0; i < 4; ++i) result.extent[i] = std::max(a[i], b[i]);
  std::ranges::copy(broadcast_strides(a), result.stride1);
  std::ranges::copy(broadcast_strides(b), result.stride2);
  result.same_shape = a == b ? 1 : 0;
  return result;
}

}  // namespace

bl_broadcast broadcast(const OperatorView& view) {
  return space_of(view, joined(checked_pair(view)));
}

bl_broadcast broadcast_of_dimensions(const OperatorView& view) {
  const Pair pair = checked_pair(view);
  return space_of(view, pair.a.size() > 4 ? joined(pair) : pair);
}

}  // namespace boardless::workloads
