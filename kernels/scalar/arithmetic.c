// ADD on int16 and MUL on int8 and int16, of equal shapes, for cores without SIMD.
//
// An int16 that is shifted left by 15 needs no product of 64 bits: with m = m1 * 2^16 + m0,
//   (v * 2^15 * m + 2^30) >> 31 = v * m1 + ((v * m0 + 2^15) >> 16)
#include "kernels/abi_elementwise.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/high_product.h"
#include "kernels/scalar/scalar_kernels.h"

enum { kLeftShift = 15, kRun = 16 };

static int32_t count_of(const struct bl_broadcast* space) {
  return space->extent[0] * space->extent[1] * space->extent[2] * space->extent[3];
}

static int is_right(int32_t multiplier, int32_t shift) {
  return multiplier > 0 && shift <= 0 && shift >= -31;
}

// A factor of at most a half keeps sums of two within 2^30.
static int is_half(int32_t multiplier, int32_t shift) {
  return is_right(multiplier, shift) && (shift < 0 || multiplier <= INT32_C(1) << 30);
}

struct input {
  int32_t high, low;  // of the multiplier
  struct scalar_shift shift;
};

static struct input input_of(int32_t multiplier, int32_t shift) {
  return (struct input){multiplier >> 16, multiplier & 0xffff, scalar_shift_of(shift)};
}

// One input at a time, whose constants fit the registers: added to what `kept`, all ones or 0,
// leaves of the sums.
static __attribute__((noinline, noclone)) void scale_run(int32_t* sums, const int16_t* from,
                                                         int32_t count, const struct input* input,
                                                         int32_t kept) {
  const struct input by = *input;
  for (; count > 0; --count, ++sums) {
    const int32_t v = *from++;
    const int32_t x = v * by.high + ((v * by.low + (1 << 15)) >> 16);
    *sums = scalar_shift_right(x, by.shift) + (*sums & kept);
  }
}

struct output {
  int32_t multiplier;
  struct scalar_shift shift;
  int32_t offset, low, high;
};

SCALAR_INLINE int32_t output_of(int32_t value, const struct output* to) {
  const int32_t product = scalar_high_product(value, to->multiplier);
  return bl_clamp(scalar_shift_right(product, to->shift) + to->offset, to->low, to->high);
}

BL_ADDED_KERNEL(scalar_add_s16)
int32_t scalar_add_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params* p = params;
  if (!p->broadcast.same_shape || p->left_shift != kLeftShift || p->input1_offset != 0 ||
      p->input2_offset != 0 || !is_half(p->input1_multiplier, p->input1_shift) ||
      !is_half(p->input2_multiplier, p->input2_shift) ||
      !is_right(p->output_multiplier, p->output_shift)) {
    return reference_add_s16(params, operands, scratch);
  }
  const struct input input1 = input_of(p->input1_multiplier, p->input1_shift);
  const struct input input2 = input_of(p->input2_multiplier, p->input2_shift);
  const struct output to = {p->output_multiplier, scalar_shift_of(p->output_shift),
                            p->output_offset, p->activation_min, p->activation_max};
  const int16_t *a = operands[0], *b = operands[1];
  int16_t* output = operands[2];
  int32_t sums[kRun] = {0};
  for (int32_t left = count_of(&p->broadcast); left > 0; left -= kRun, a += kRun, b += kRun) {
    const int32_t count = bl_min(left, kRun);
    scale_run(sums, a, count, &input1, 0);
    scale_run(sums, b, count, &input2, -1);
    for (int32_t i = 0; i < count; ++i) *output++ = (int16_t)output_of(sums[i], &to);
  }
  return 0;
}

// Products are below 2^30 but for that of the two least values, which stays within it.
#define DEFINE_MUL(type, Value, is_offset)                                                  \
  BL_ADDED_KERNEL(scalar_mul_##type)                                                        \
  int32_t scalar_mul_##type(const void* params, void* const* operands, void* scratch) {     \
    const struct bl_mul_params* p = params;                                                 \
    if (!p->broadcast.same_shape || !is_offset(p->input1_offset) ||                         \
        !is_offset(p->input2_offset) || !is_right(p->output_multiplier, p->output_shift)) { \
      return reference_mul_##type(params, operands, scratch);                               \
    }                                                                                       \
    const struct output to = {p->output_multiplier, scalar_shift_of(p->output_shift),       \
                              p->output_offset, p->activation_min, p->activation_max};      \
    const Value *a = operands[0], *b = operands[1];                                         \
    Value* output = operands[2];                                                            \
    const int32_t offset1 = p->input1_offset, offset2 = p->input2_offset;                   \
    for (int32_t left = count_of(&p->broadcast); left > 0; --left) {                        \
      *output++ = (Value)output_of((*a++ + offset1) * (*b++ + offset2), &to);               \
    }                                                                                       \
    return 0;                                                                               \
  }

#define is_byte_offset(offset) ((offset) >= -127 && (offset) <= 128)
#define is_no_offset(offset) ((offset) == 0)

DEFINE_MUL(s8, int8_t, is_byte_offset)
DEFINE_MUL(s16, int16_t, is_no_offset)
