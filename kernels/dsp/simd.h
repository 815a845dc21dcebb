// The packed 16-bit instructions of Armv7E-M that the kernels use, as inline functions.
//
// A "pair" is a word that holds two int16 lanes. A word of four int8 (b0 b1 b2 b3) is widened into
// its even pair (b0, b2) and its odd pair (b1, b3), which takes one instruction each.
#ifndef BOARDLESS_KERNELS_DSP_SIMD_H_
#define BOARDLESS_KERNELS_DSP_SIMD_H_

#include <stdint.h>

#define DSP_INLINE static inline __attribute__((always_inline))

// Armv7E-M loads and stores words at any address; packed bytes seldom come aligned.
struct dsp_any_word {
  uint32_t value;
} __attribute__((packed, may_alias));

DSP_INLINE uint32_t dsp_load_word(const void* from) {
  return ((const struct dsp_any_word*)from)->value;
}

DSP_INLINE void dsp_store_word(void* to, uint32_t value) {
  ((struct dsp_any_word*)to)->value = value;
}

DSP_INLINE uint32_t dsp_even_pair(uint32_t bytes) {
  uint32_t pair;
  __asm__("sxtb16 %0, %1" : "=r"(pair) : "r"(bytes));
  return pair;
}

DSP_INLINE uint32_t dsp_odd_pair(uint32_t bytes) {
  uint32_t pair;
  __asm__("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(bytes));
  return pair;
}

DSP_INLINE uint32_t dsp_add_even_pair(uint32_t pair, uint32_t bytes) {
  uint32_t sum;
  __asm__("sxtab16 %0, %1, %2" : "=r"(sum) : "r"(pair), "r"(bytes));
  return sum;
}

DSP_INLINE uint32_t dsp_add_odd_pair(uint32_t pair, uint32_t bytes) {
  uint32_t sum;
  __asm__("sxtab16 %0, %1, %2, ror #8" : "=r"(sum) : "r"(pair), "r"(bytes));
  return sum;
}

DSP_INLINE uint32_t dsp_add_pairs(uint32_t a, uint32_t b) {
  uint32_t sum;
  __asm__("sadd16 %0, %1, %2" : "=r"(sum) : "r"(a), "r"(b));
  return sum;
}

DSP_INLINE uint32_t dsp_add_saturated_pairs(uint32_t a, uint32_t b) {
  uint32_t sum;
  __asm__("qadd16 %0, %1, %2" : "=r"(sum) : "r"(a), "r"(b));
  return sum;
}

// The low halves of two words: low's in the low half, high's in the high half.
DSP_INLINE uint32_t dsp_pack_bottoms(uint32_t low, uint32_t high) {
  uint32_t word;
  __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(word) : "r"(low), "r"(high));
  return word;
}

// The high halves of two words, likewise.
DSP_INLINE uint32_t dsp_pack_tops(uint32_t low, uint32_t high) {
  uint32_t word;
  __asm__("pkhtb %0, %1, %2, asr #16" : "=r"(word) : "r"(high), "r"(low));
  return word;
}

// The same int16 in both lanes.
DSP_INLINE uint32_t dsp_both_lanes(int32_t value) {
  return dsp_pack_bottoms((uint32_t)value, (uint32_t)value);
}

// sum + a.low * b.low + a.high * b.high, modulo 2^32.
DSP_INLINE int32_t dsp_dot(uint32_t a, uint32_t b, int32_t sum) {
  __asm__("smlad %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}

// a.low * b.low + a.high * b.high.
DSP_INLINE int32_t dsp_products(uint32_t a, uint32_t b) {
  int32_t sum;
  __asm__("smuad %0, %1, %2" : "=r"(sum) : "r"(a), "r"(b));
  return sum;
}

// a.low * b.low.
DSP_INLINE int32_t dsp_product_low_low(uint32_t a, uint32_t b) {
  int32_t product;
  __asm__("smulbb %0, %1, %2" : "=r"(product) : "r"(a), "r"(b));
  return product;
}

// sum + one lane of a * one lane of b; the name gives a's lane, then b's.
DSP_INLINE int32_t dsp_mac_low_low(uint32_t a, uint32_t b, int32_t sum) {
  __asm__("smlabb %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}

DSP_INLINE int32_t dsp_mac_low_high(uint32_t a, uint32_t b, int32_t sum) {
  __asm__("smlabt %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}

DSP_INLINE int32_t dsp_mac_high_low(uint32_t a, uint32_t b, int32_t sum) {
  __asm__("smlatb %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}

DSP_INLINE int32_t dsp_mac_high_high(uint32_t a, uint32_t b, int32_t sum) {
  __asm__("smlatt %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}

// (a * b + 2^31) >> 32.
DSP_INLINE int32_t dsp_high_multiply(int32_t a, int32_t b) {
  int32_t product;
  __asm__("smmulr %0, %1, %2" : "=r"(product) : "r"(a), "r"(b));
  return product;
}

// sum + ((a * b + 2^31) >> 32).
DSP_INLINE int32_t dsp_high_multiply_add(int32_t a, int32_t b, int32_t sum) {
  int32_t result;
  __asm__("smmlar %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
  return result;
}

// ((sum << 32) - a * b + 2^31) >> 32.
DSP_INLINE int32_t dsp_high_multiply_subtract(int32_t a, int32_t b, int32_t sum) {
  int32_t result;
  __asm__("smmlsr %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
  return result;
}

DSP_INLINE int32_t dsp_saturate_to_int8(int32_t value) {
  int32_t result;
  __asm__("ssat %0, #8, %1" : "=r"(result) : "r"(value));
  return result;
}

DSP_INLINE int32_t dsp_saturate_to_int16(int32_t value) {
  int32_t result;
  __asm__("ssat %0, #16, %1" : "=r"(result) : "r"(value));
  return result;
}

DSP_INLINE int32_t dsp_clamp(int32_t value, int32_t low, int32_t high) {
  value = value < low ? low : value;
  return value > high ? high : value;
}

#endif  // BOARDLESS_KERNELS_DSP_SIMD_H_
