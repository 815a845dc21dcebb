// What kernels with weights do that depends on the element types: the product of a value and a
// weight, and what becomes of a sum of products. The loops around them (conv_2d_loops.h and its
// like) are the same for all types.
#ifndef BOARDLESS_KERNELS_REFERENCE_SUMS_H_
#define BOARDLESS_KERNELS_REFERENCE_SUMS_H_

#include "kernels/abi.h"
#include "kernels/fixed_point.h"

// All of such a kernel is one function: helpers of its own would move the kernels behind them.
#define BL_TYPED_KERNEL(name) BL_ADDED_KERNEL(name) __attribute__((flatten))

// How sums end: arrays of multipliers and shifts, or a float's clamp.
struct bl_ending {
  const int32_t* multiplier;
  const int32_t* shift;
  struct bl_float_clamp clamp;
};

// X_product(p, value, weight), where p has the offsets.
#define s8_product(p, value, weight) ((weight) * ((value) + (p).input_offset))
#define u8_product(p, value, weight) (((weight) + (p).filter_offset) * ((value) + (p).input_offset))
#define plain_product(p, value, weight) ((value) * (weight))

// X_output(p, sum, by, i), where p has the output's offset and range, `by` is a bl_ending and i the
// multiplier's index: of int32 sums, int64 sums and floats.
#define quantized_output(p, sum, by, i)                                            \
  bl_clamp(bl_rescale(sum, (by).multiplier[i], (by).shift[i]) + (p).output_offset, \
           (p).activation_min, (p).activation_max)
#define wide_output(p, sum, by, i)                                                      \
  bl_clamp(bl_rescale_wide(sum, (by).multiplier[i], (by).shift[i]) + (p).output_offset, \
           (p).activation_min, (p).activation_max)
#define float_output(p, sum, by, i) bl_clamp_float(sum, (by).clamp)

static inline float bl_clamp_float(float value, struct bl_float_clamp to) {
  const float above = value < to.min ? to.min : value;
  return to.max < above ? to.max : above;
}

// Packed int4, the even element in the low half of its byte, as int8.
static inline void bl_unpack_s4(const int8_t* packed, int32_t count, int8_t* values) {
  for (int32_t i = 0; i + 1 < count; i += 2) {
    const int8_t both = *packed++;
    values[i] = (int8_t)((int8_t)((uint8_t)both << 4) >> 4);
    values[i + 1] = (int8_t)(both >> 4);
  }
  if (count % 2 != 0) values[count - 1] = (int8_t)((int8_t)((uint8_t)*packed << 4) >> 4);
}

#endif  // BOARDLESS_KERNELS_REFERENCE_SUMS_H_
