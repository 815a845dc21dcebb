// ADD on int8 of equal shapes for cores without SIMD.
//
// Made for the parameters that TFLite derives: inputs shifted left by 20, then right. A value v of
// 9 bits needs no product of 64 bits: with m = m1 * 2^11 + m0,
//   (v * 2^20 * m + 2^30) >> 31 = v * m1 + ((v * m0 + 2^10) >> 11)
// Both inputs remain below 2^28, so their sum is what the short form of requantize.h takes.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/requantize.h"
#include "kernels/scalar/scalar_kernels.h"

enum { kLeftShift = 20, kRun = 16 };

struct input {
  int32_t offset;
  int32_t high, low;  // of the multiplier
  int32_t shift;
  int32_t half, sign_mask;
};

static int is_between(int32_t value, int32_t low, int32_t high) {
  return value >= low && value <= high;
}

static int is_taken(const struct bl_add_params* p) {
  return p->broadcast.same_shape && p->left_shift == kLeftShift &&
         is_between(p->input1_offset, -127, 128) && is_between(p->input2_offset, -127, 128) &&
         is_between(p->input1_shift, -31, 0) && is_between(p->input2_shift, -31, 0);
}

static struct input input_of(int32_t offset, int32_t multiplier, int32_t shift) {
  return (struct input){
      .offset = offset,
      .high = multiplier >> 11,
      .low = multiplier & 0x7ff,
      .shift = -shift,
      .half = shift == 0 ? 0 : (int32_t)(UINT32_C(1) << (-shift - 1)),
      .sign_mask = shift == 0 ? 0 : -1,
  };
}

SCALAR_INLINE int32_t scaled(int32_t value, const struct input* input) {
  const int32_t v = value + input->offset;
  const int32_t x = v * input->high + ((v * input->low + (1 << 10)) >> 11);
  return (x + ((x >> 31) & input->sign_mask) + input->half) >> input->shift;
}

// One input at a time, whose constants fit the registers: added to what `kept`, all ones or 0,
// leaves of the sums. Not cloned, because a loop of at most 16 rounds would be unrolled.
static __attribute__((noinline, noclone)) void scale_run(int32_t* sums, const int8_t* from,
                                                         int32_t count, const struct input* input,
                                                         int32_t kept) {
  const struct input by = *input;
  for (; count > 0; --count, ++sums) *sums = scaled(*from++, &by) + (*sums & kept);
}

BL_ADDED_KERNEL(scalar_add_s8)
int32_t scalar_add_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params* p = params;
  if (!is_taken(p)) return reference_add_s8(params, operands, scratch);
  const struct input input1 = input_of(p->input1_offset, p->input1_multiplier, p->input1_shift);
  const struct input input2 = input_of(p->input2_offset, p->input2_multiplier, p->input2_shift);
  const struct scalar_scale scale = scalar_scale_of(0, 0, p->output_multiplier, p->output_shift);
  const struct scalar_range range = {p->output_offset, p->activation_min, p->activation_max, 1};
  const int8_t *a = operands[0], *b = operands[1];
  int8_t* output = operands[2];
  const int32_t* n = p->broadcast.extent;
  int32_t sums[kRun] = {0};
  for (int32_t left = n[0] * n[1] * n[2] * n[3]; left > 0; left -= kRun) {
    const int32_t count = bl_min(left, kRun);
    scale_run(sums, a, count, &input1, 0);
    scale_run(sums, b, count, &input2, -1);
    scalar_requantize(sums, count, &scale, &range, output);
    a += kRun;
    b += kRun;
    output += kRun;
  }
  return 0;
}
