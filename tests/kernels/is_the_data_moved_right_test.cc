// Do PAD and the copying operators put every byte where it belongs?
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/kernels/call_kernel.h"

namespace boardless::kernels {
namespace {

Int8s counting(int count) {
  Int8s result(static_cast<std::size_t>(count));
  std::iota(result.begin(), result.end(), std::int8_t{1});
  return result;
}

TEST(Copy, MovesExactlyTheBytesAsked) {
  for (const int bytes : {0, 1, 3, 4, 17, 64}) {
    const Int8s input = counting(80);
    Int8s output(80, -1);
    const bl_copy_params p = {.bytes = bytes};
    EXPECT_EQ(call(reference_copy_b8, p, {operand(input), operand(output)}), 0);
    Int8s expected(80, -1);
    std::copy_n(input.begin(), bytes, expected.begin());
    EXPECT_EQ(output, expected);
  }
}

TEST(Copy, OntoItselfChangesNothing) {
  const Int8s tensor = counting(20);
  const bl_copy_params p = {.bytes = 20};
  call(reference_copy_b8, p, {operand(tensor), operand(tensor)});
  EXPECT_EQ(tensor, counting(20));
}

TEST(Pad, TwoDimensionsByHand) {
  const bl_pad_params p = {
      .input_extent = {1, 2, 2, 1}, .before = {0, 1, 0, 0}, .after = {0, 0, 2, 0}, .pad_value = -7};
  const Int8s input = {1, 2, 3, 4};
  Int8s output(12);
  EXPECT_EQ(call(reference_pad_s8, p, {operand(input), operand(output)}), 0);
  EXPECT_EQ(output, (Int8s{-7, -7, -7, -7, 1, 2, -7, -7, 3, 4, -7, -7}));
}

TEST(Pad, EveryDimensionOnBothSides) {
  const bl_pad_params p = {.input_extent = {1, 2, 1, 3},
                           .before = {1, 0, 2, 1},
                           .after = {0, 1, 1, 2},
                           .pad_value = -128};
  const Int8s input = counting(6);
  Int8s output(2 * 3 * 4 * 6);
  call(reference_pad_s8, p, {operand(input), operand(output)});
  Int8s expected(output.size(), -128);
  for (std::size_t i1 = 0; i1 < 2; ++i1) {
    for (std::size_t i3 = 0; i3 < 3; ++i3) {
      expected[((1 * 3 + i1) * 4 + 2) * 6 + 1 + i3] = input[i1 * 3 + i3];
    }
  }
  EXPECT_EQ(output, expected);
}

TEST(Pad, ByNothingIsACopy) {
  const bl_pad_params p = {.input_extent = {2, 2, 2, 2}, .before = {}, .after = {}, .pad_value = 0};
  const Int8s input = counting(16);
  Int8s output(16);
  call(reference_pad_s8, p, {operand(input), operand(output)});
  EXPECT_EQ(output, input);
}

}  // namespace
}  // namespace boardless::kernels
