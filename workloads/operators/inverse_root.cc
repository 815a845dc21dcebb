// Newton's iteration for the inverse square root of a number between 1/4 and 1.
#include "workloads/operators/inverse_root.h"

namespace boardless::workloads {

// n = x * 4^k with x in Q3.28, 1/4 <= x < 1; 1 / sqrt(n) = 1 / sqrt(x) / 2^k.
FixedMultiplier inverse_square_root(std::int32_t n) {
  if (n <= 1) return {std::numeric_limits<std::int32_t>::max(), 0};
  int k = 11;
  std::int64_t scaled = n;
  for (; scaled >= std::int64_t{1} << 29; ++k) scaled /= 4;
  for (; scaled < std::int64_t{1} << 27; --k) scaled *= 4;
  const auto x = static_cast<std::int32_t>(scaled >> 1);
  const std::int32_t half_x = rounding_shift_right(x, 1);
  constexpr std::int32_t kThreeHalves = 3 << 27;  // Q3.28
  std::int32_t root = 1 << 28;
  for (int step = 0; step < 5; ++step) {  // root (3/2 - x/2 root^2)
    const std::int32_t square = high_multiply(root, root);
    const std::int32_t cube = saturating_shift_left(high_multiply(square, root), 6);
    root =
        saturating_shift_left(high_multiply(kThreeHalves, root) - high_multiply(half_x, cube), 3);
  }
  constexpr std::int32_t kHalfRootOfTwo = 1518500250;  // Q0.31
  const std::int32_t multiplier = high_multiply(root, kHalfRootOfTwo);
  if (k < 0) return {static_cast<std::int32_t>(static_cast<std::uint32_t>(multiplier) << -k), 0};
  return {multiplier, -k};
}

}  // namespace boardless::workloads
