// Rescaling in a loop. Armv6-M has no product of 64 bits, and two registers for every one that the
// short form needs: its loop is in assembly.
#include "kernels/scalar/requantize.h"

#include "kernels/scalar/high_registers.h"

// For any sum, multiplier and shift.
static int32_t rescale(int32_t sum, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t right = shift > 0 ? 0 : -shift;
  const int32_t value = bl_shift_left(sum, left);
  int32_t scaled = INT32_MAX;
  if (value != INT32_MIN || multiplier != INT32_MIN) {
    scaled = (int32_t)(((int64_t)value * multiplier + (INT64_C(1) << 30)) >> 31);
  }
  return bl_rounding_shift_right(scaled, right);
}

static __attribute__((noinline)) void requantize_long(const int32_t* sums, int32_t count,
                                                      const struct scalar_scale* scale,
                                                      const struct scalar_range* range,
                                                      int8_t* output) {
  for (; count > 0; --count, output += range->step) {
    const int32_t value = rescale(*sums++, scale->multiplier, scale->shift) + range->offset;
    *output = (int8_t)bl_clamp(value, range->low, range->high);
  }
}

#ifdef __ARM_ARCH_6M__
// The constants of the assembly below, in the order in which it loads them.
struct constants {
  int32_t shift, offset;        // r6, r7
  int32_t low_half, high_half;  // of the multiplier, unsigned and signed: r8, r9
  int32_t low, high, step;      // r10, r11, r12
};

// With s = s1 * 2^16 + s0, s0 signed, and m = m1 * 2^16 + m0, s1 signed and m0 unsigned,
//   (s * m + 2^30) >> 31 = 2 * s1 * m1 + ((s1 * m0 + s0 * m1 + (s0 * m0 >> 16) + 2^14) >> 15)
// without a carry out of 32 bits while |s| < 2^29. A shift to the right leaves the last bit that it
// shifts out in the carry, so that ADCS rounds a half up.
__attribute__((naked)) static void requantize_short(const int32_t* sums __attribute__((unused)),
                                                    int8_t* output __attribute__((unused)),
                                                    const int32_t* end __attribute__((unused)),
                                                    const struct constants* constants
                                                    __attribute__((unused))) {
  __asm__(
      ".syntax unified\n\t"
      "push {r4-r7, lr}\n\t" PUSH_HIGH_REGISTERS
      "mov lr, r2\n\t"
      "ldmia r3!, {r6, r7}\n\t"
      "ldmia r3!, {r2, r4, r5}\n\t"
      "mov r8, r2\n\t"
      "mov r9, r4\n\t"
      "mov r10, r5\n\t"
      "ldmia r3!, {r2, r4}\n\t"
      "mov r11, r2\n\t"
      "mov r12, r4\n\t"
      "b 1f\n\t"
      ".balign 4\n"
      "4:\n\t"
      "mov r5, r11\n"
      "2:\n\t"
      "strb r5, [r1]\n\t"
      "add r1, r12\n\t"
      "cmp r0, lr\n\t"
      "beq 5f\n"
      "1:\n\t"
      "ldmia r0!, {r2}\n\t"
      "sxth r3, r2\n\t"
      "subs r2, r2, r3\n\t"
      "asrs r2, r2, #16\n\t"
      "mov r4, r8\n\t"
      "movs r5, r4\n\t"
      "muls r5, r3, r5\n\t"
      "asrs r5, r5, #16\n\t"
      "muls r4, r2, r4\n\t"
      "adds r5, r5, r4\n\t"
      "mov r4, r9\n\t"
      "muls r3, r4, r3\n\t"
      "adds r5, r5, r3\n\t"
      "muls r2, r4, r2\n\t"
      "asrs r5, r5, #15\n\t"
      "adcs r5, r2\n\t"
      "adds r5, r5, r2\n\t"
      "asrs r4, r5, #31\n\t"
      "adds r5, r5, r4\n\t"
      "asrs r5, r6\n\t"
      "adcs r5, r7\n\t"
      "cmp r5, r11\n\t"
      "bgt 4b\n\t"
      "cmp r5, r10\n\t"
      "bge 2b\n\t"
      "mov r5, r10\n\t"
      "b 2b\n"
      "5:\n\t" POP_HIGH_REGISTERS
      "pop {r4-r7, pc}\n\t"
      ".syntax divided\n\t");
}

void scalar_requantize(const int32_t* sums, int32_t count, const struct scalar_scale* scale,
                       const struct scalar_range* range, int8_t* output) {
  if (!scale->is_short) {
    requantize_long(sums, count, scale, range, output);
    return;
  }
  const struct constants constants = {
      .shift = -scale->shift,
      .offset = range->offset,
      .low_half = scale->multiplier & 0xffff,
      .high_half = scale->multiplier >> 16,
      .low = range->low,
      .high = range->high,
      .step = range->step,
  };
  requantize_short(sums, output, sums + count, &constants);
}
#else
void scalar_requantize(const int32_t* sums, int32_t count, const struct scalar_scale* scale,
                       const struct scalar_range* range, int8_t* output) {
  if (!scale->is_short) {
    requantize_long(sums, count, scale, range, output);
    return;
  }
  const int32_t multiplier = scale->multiplier, shift = -scale->shift;
  const int32_t half = (int32_t)(UINT32_C(1) << (shift - 1));
  const struct scalar_range r = *range;
  for (const int32_t* const end = sums + count; sums != end; output += r.step) {
    const int64_t product = (int64_t)(2 * *sums++) * multiplier;
    int32_t value = (int32_t)(product >> 32) + (int32_t)((uint32_t)product >> 31);
    value = ((value + (value >> 31) + half) >> shift) + r.offset;
    *output = (int8_t)bl_clamp(value, r.low, r.high);
  }
}
#endif
