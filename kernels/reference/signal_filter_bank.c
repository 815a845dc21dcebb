// From energies to channels: triangular filters, square roots, the noise taken off, gain control
// and logarithms.
#include <string.h>

#include "kernels/abi_signal.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(reference_signal_filter_bank_u32_u64)
int32_t reference_signal_filter_bank_u32_u64(const void* params, void* const* operands,
                                             void* scratch) {
  const struct bl_signal_filter_bank_params* p = params;
  const uint32_t* input = operands[0];
  const int16_t* weights = operands[1];
  const int16_t* unweights = operands[2];
  const int16_t* frequency_starts = operands[3];
  const int16_t* weight_starts = operands[4];
  const int16_t* widths = operands[5];
  uint64_t* sums = operands[6];
  (void)scratch;
  // Each energy counts for two neighbours: its weight for one, the rest for the next.
  uint64_t sum = 0, rest = 0;
  for (int32_t i = 0; i < p->channels + 1; ++i) {
    const uint32_t* energy = input + frequency_starts[i];
    for (int32_t j = 0; j < widths[i]; ++j) {
      sum += (uint64_t)weights[weight_starts[i] + j] * energy[j];
      rest += (uint64_t)unweights[weight_starts[i] + j] * energy[j];
    }
    sums[i] = sum;
    sum = rest;
    rest = 0;
  }
  memcpy(operands[7], sums + 1, (size_t)p->channels * sizeof *sums);
  return 0;
}

// Two bits of the root at a time; `bit` is the largest power of four in the number or above it.
#define SQUARE_ROOT(number, bit, most)     \
  do {                                     \
    root = 0;                              \
    for (; bit != 0; bit >>= 2) {          \
      if (number >= root + bit) {          \
        number -= root + bit;              \
        root = (root >> 1) + bit;          \
      } else {                             \
        root >>= 1;                        \
      }                                    \
    }                                      \
    if (number > root && root != (most)) { \
      ++root;                              \
    }                                      \
  } while (0)

static inline uint32_t root_of_32(uint32_t number) {
  uint32_t root;
  if (number == 0) return 0;
  uint32_t bit = UINT32_C(1) << ((31 - __builtin_clz(number)) & ~1);
  SQUARE_ROOT(number, bit, 0xFFFF);
  return root;
}

static inline uint32_t root_of(uint64_t number) {
  uint64_t root;
  // Held at 16 bits, as TFLite Micro does what fits 32.
  if ((number >> 32) == 0) return root_of_32((uint32_t)number);
  uint64_t bit = UINT64_C(1) << ((63 - __builtin_clz((uint32_t)(number >> 32))) & ~1);
  SQUARE_ROOT(number, bit, 0xFFFFFFFF);
  return (uint32_t)root;
}

BL_ADDED_KERNEL(reference_signal_square_root_u64_u32)
int32_t reference_signal_square_root_u64_u32(const void* params, void* const* operands,
                                             void* scratch) {
  const struct bl_signal_square_root_params* p = params;
  const uint64_t* input = operands[0];
  const int32_t* shift = operands[1];
  uint32_t* output = operands[2];
  (void)scratch;
  for (int32_t i = 0; i < p->channels; ++i) output[i] = root_of(input[i]) >> (*shift & 31);
  return 0;
}

BL_ADDED_KERNEL(reference_signal_spectral_subtraction_u32)
int32_t reference_signal_spectral_subtraction_u32(const void* params, void* const* operands,
                                                  void* scratch) {
  const struct bl_signal_spectral_subtraction_params* p = params;
  const uint32_t* input = operands[0];
  uint32_t* noise = operands[1];
  uint32_t* output = operands[2];
  (void)scratch;
  for (int32_t i = 0; i < p->channels; ++i) {
    const uint32_t signal = input[i] << p->smoothing_bits;
    uint32_t estimate = (uint32_t)(((uint64_t)signal * p->smoothing[i & 1] +
                                    (uint64_t)noise[i] * p->one_minus_smoothing[i & 1]) >>
                                   p->spectral_subtraction_bits);
    noise[i] = estimate;
    if (estimate > signal) {
      estimate = signal;
      if (p->clamping) noise[i] = estimate;
    }
    const uint32_t least =
        (uint32_t)(((uint64_t)input[i] * p->min_signal_remaining) >> p->spectral_subtraction_bits);
    const uint32_t left = (signal - estimate) >> p->smoothing_bits;
    output[i] = left > least ? left : least;
  }
  memcpy(operands[3], noise, (size_t)p->channels * sizeof *noise);
  return 0;
}

// A parabola for each power of two of `x`, by its three coefficients.
static inline int16_t gain_of(uint32_t x, const int16_t* table) {
  if (x <= 2) return table[x];
  const int32_t bits = 32 - __builtin_clz(x);
  const int16_t* c = table + 4 * bits - 6;
  const int32_t fraction = (int32_t)((bits < 11 ? x << (11 - bits) : x >> (bits - 11)) & 0x3FF);
  uint32_t sum = (uint32_t)((c[2] * fraction) >> 5);
  sum += (uint32_t)c[1] << 5;
  sum *= (uint32_t)fraction;
  return (int16_t)(((int32_t)(sum + (1U << 14)) >> 15) + c[0]);
}

BL_ADDED_KERNEL(reference_signal_pcan_u32)
int32_t reference_signal_pcan_u32(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_pcan_params* p = params;
  const uint32_t* noise = operands[1];
  const int16_t* table = operands[2];
  uint32_t* output = operands[3];
  (void)scratch;
  memcpy(output, operands[0], (size_t)p->channels * sizeof *output);
  for (int32_t i = 0; i < p->channels; ++i) {
    const uint32_t gain = (uint32_t)gain_of(noise[i], table);
    const uint32_t ratio = (uint32_t)(((uint64_t)output[i] * gain) >> p->snr_shift);
    // In 1/4096: x * x / 4 below 2, x - 1 above; the result in 1/64.
    output[i] = ratio < (2 << 12) ? (ratio * ratio) >> 20 : (ratio >> 6) - 64;
  }
  return 0;
}

BL_ADDED_KERNEL(reference_signal_filter_bank_log_u32_s16)
int32_t reference_signal_filter_bank_log_u32_s16(const void* params, void* const* operands,
                                                 void* scratch) {
  const struct bl_signal_log_params* p = params;
  const uint32_t* input = operands[0];
  const uint16_t* table = operands[1];
  int16_t* output = operands[2];
  (void)scratch;
  for (int32_t i = 0; i < p->channels; ++i) {
    const uint32_t x = input[i] << p->correction_bits;
    output[i] = 0;
    if (x <= 1) continue;
    const uint32_t whole = 31U - (uint32_t)__builtin_clz(x);
    uint32_t fraction = x - (UINT32_C(1) << whole);
    fraction = whole < 16 ? fraction << (16 - whole) : fraction >> (whole - 16);
    const uint32_t segment = fraction >> 9;
    const int32_t low = table[segment], high = table[segment + 1];
    const int32_t within = ((high - low) * (int32_t)(fraction - segment * 512)) >> 16;
    const uint32_t log2 = (whole << 16) + fraction + (uint32_t)(low + within);
    const uint32_t log = (uint32_t)((UINT64_C(45426) * log2 + 32768) >> 16);
    const uint32_t scaled = ((uint32_t)p->output_scale * log + 32768) >> 16;
    output[i] = (int16_t)(scaled < INT16_MAX ? scaled : INT16_MAX);
  }
  return 0;
}
