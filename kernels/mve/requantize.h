// Rescaling of int32 sums to int8, four at a time: bit for bit bl_rescale of kernels/fixed_point.h.
//
// VQRDMULH is bl_high_multiply. VRSHL rounds a half up where bl_rounding_shift_right rounds it away
// from zero; the same number comes out when 1 is taken from negative values before the shift.
#ifndef BOARDLESS_KERNELS_MVE_REQUANTIZE_H_
#define BOARDLESS_KERNELS_MVE_REQUANTIZE_H_

#include "kernels/mve/vector.h"

// Every shift is to the right by at least one bit: what most layers need.
MVE_INLINE int32x4_t mve_rescale_right(int32x4_t sums, int32x4_t multipliers, int32x4_t shifts) {
  const int32x4_t scaled = vqrdmulhq_s32(sums, multipliers);
  return vrshlq_s32(vqaddq_s32(scaled, vshrq_n_s32(scaled, 31)), shifts);
}

// Any shifts.
MVE_INLINE int32x4_t mve_rescale(int32x4_t sums, int32x4_t multipliers, int32x4_t shifts) {
  const int32x4_t zero = vdupq_n_s32(0);
  const int32x4_t left = vmaxq_s32(shifts, zero), right = vminq_s32(shifts, zero);
  const int32x4_t scaled = vqrdmulhq_s32(vshlq_s32(sums, left), multipliers);
  const int32x4_t fix = vshrq_n_s32(vandq_s32(scaled, right), 31);
  return vrshlq_s32(vqaddq_s32(scaled, fix), right);
}

// The same multiplier and shift in every lane; `shift` is not known at compile time but the same
// for a whole tensor.
MVE_INLINE int32x4_t mve_rescale_all(int32x4_t sums, int32_t multiplier, int32_t shift) {
  if (shift > 0) sums = vshlq_r_s32(sums, shift);
  const int32x4_t scaled = vqrdmulhq_n_s32(sums, multiplier);
  if (shift >= 0) return scaled;
  return vrshlq_n_s32(vqaddq_s32(scaled, vshrq_n_s32(scaled, 31)), shift);
}

// What becomes of a layer's sums.
struct mve_outputs {
  const int32_t* multiplier;
  const int32_t* shift;
  int32_t offset, low, high;
  int32_t per_channel;  // else one multiplier and shift for all
  int32_t is_right;     // mve_rescale_right() does
};

MVE_INLINE int32_t mve_all_shift_right(const int32_t* shift, int32_t count) {
  int32_t largest = INT32_MIN;
  for (; count > 0; count -= kMveWords, shift += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    largest = vmaxvq_p_s32(largest, vldrwq_z_s32(shift, live), live);
  }
  return largest < 0;
}

// Places and clamps: what follows rescaling.
MVE_INLINE int32x4_t mve_finish(int32x4_t scaled, int32_t offset, int32x4_t low, int32x4_t high) {
  return vminq_s32(vmaxq_s32(vaddq_n_s32(scaled, offset), low), high);
}

// Stores the outputs of `count` channels that lie side by side.
static __attribute__((noinline, unused)) void mve_store_outputs(const struct mve_outputs* to,
                                                                const int32_t* restrict sums,
                                                                int8_t* restrict output,
                                                                int32_t count) {
  const int32_t* restrict multiplier = to->multiplier;
  const int32_t* restrict shift = to->shift;
  const int32_t offset = to->offset;
  const int32x4_t low = vdupq_n_s32(to->low), high = vdupq_n_s32(to->high);
  if (to->per_channel && to->is_right) {
    for (; count > 0; count -= kMveWords) {
      const mve_pred16_t live = vctp32q((uint32_t)count);
      const int32x4_t scaled = mve_rescale_right(
          vldrwq_z_s32(sums, live), vldrwq_z_s32(multiplier, live), vldrwq_z_s32(shift, live));
      vstrbq_p_s32(output, mve_finish(scaled, offset, low, high), live);
      sums += kMveWords;
      multiplier += kMveWords;
      shift += kMveWords;
      output += kMveWords;
    }
    return;
  }
  const int32_t per_channel = to->per_channel;
  for (; count > 0; count -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    const int32x4_t multipliers =
        per_channel ? vldrwq_z_s32(multiplier, live) : vdupq_n_s32(*multiplier);
    const int32x4_t shifts = per_channel ? vldrwq_z_s32(shift, live) : vdupq_n_s32(*shift);
    const int32x4_t scaled = mve_rescale(vldrwq_z_s32(sums, live), multipliers, shifts);
    vstrbq_p_s32(output, mve_finish(scaled, offset, low, high), live);
    sums += kMveWords;
    if (per_channel) {
      multiplier += kMveWords;
      shift += kMveWords;
    }
    output += kMveWords;
  }
}

#endif  // BOARDLESS_KERNELS_MVE_REQUANTIZE_H_
