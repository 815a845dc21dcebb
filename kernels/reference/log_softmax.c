// LOG_SOFTMAX on int8, row by row, in fixed point.
#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"

// Integer bits of the sum of exponentials, and of a logarithm with a bit of headroom.
enum { kSumIntegerBits = 12, kLogIntegerBits = 6 };

static inline int32_t saturating_sum(int32_t a, int32_t b) {
  const int64_t sum = (int64_t)a + b;
  return sum > INT32_MAX ? INT32_MAX : sum < INT32_MIN ? INT32_MIN : (int32_t)sum;
}

// ln(x), Q5.26, for x >= 1 in Q12.19. x is r * 2^k with r near 2^(-1/4), which of two ways is
// nearer: ln(x) = k ln(2) + a rational function of r. Constants are Q0.31, powers of two Q6.25.
static int32_t log_of(int32_t x) {
  const int32_t ln2 = 1488522236, root_half = 1518500250, fourth_root_half = 1805811301;
  const int32_t quarter = 1 << (31 - kLogIntegerBits - 2);

  const int32_t zeros = __builtin_clz((uint32_t)x);
  const int32_t half_to_one = bl_saturating_shift_left(x, zeros - 1);
  const int32_t r_a = bl_saturating_shift_left(bl_high_multiply(half_to_one, root_half), 1);
  const int32_t power_a =
      saturating_sum((kSumIntegerBits - zeros) * (1 << (31 - kLogIntegerBits)), quarter);

  const int32_t zeros_b = __builtin_clz((uint32_t)bl_high_multiply(x, root_half)) - 1;
  const int32_t r_b = bl_saturating_shift_left(x, zeros_b);
  const int32_t power_b =
      saturating_sum((kSumIntegerBits - zeros_b) * (1 << (31 - kLogIntegerBits)), -quarter);

  const int32_t r = bl_min(r_a, r_b);
  const int32_t power = bl_max(power_a, power_b);
  const int64_t sum = (int64_t)r + fourth_root_half;
  const int32_t p = (int32_t)((sum + (sum < 0 ? -1 : 1)) / 2);
  const int32_t q = 2 * (r - fourth_root_half);
  const int32_t square = bl_high_multiply(q, q);
  const int32_t numerator =
      bl_high_multiply(q, r) + bl_high_multiply(bl_high_multiply(q, square), 117049297);
  const int32_t denominator =  // less one
      bl_high_multiply(p, 1057819769 + q + bl_high_multiply(127690142, square)) +
      bl_high_multiply(638450708, q);
  const int32_t quotient = bl_high_multiply(bl_rounding_shift_right(numerator, kLogIntegerBits),
                                            bl_one_over_one_plus(denominator));
  return bl_saturating_shift_left(bl_high_multiply(power, ln2) + quotient, 1);
}

static inline int32_t scaled_difference(int32_t difference, const struct bl_log_softmax_params* p) {
  return bl_high_multiply(bl_shift_left(difference, p->input_left_shift), p->input_multiplier);
}

BL_ADDED_KERNEL(reference_log_softmax_s8)
int32_t reference_log_softmax_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_log_softmax_params p = *(const struct bl_log_softmax_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    int32_t largest = INT8_MIN;
    for (int32_t i = 0; i < p.depth; ++i) largest = bl_max(largest, input[i]);
    int32_t sum = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[i] - largest;
      if (difference < p.diff_min) continue;
      const int32_t exponential = bl_exp_on_negative(scaled_difference(difference, &p));
      sum += bl_rounding_shift_right(exponential, kSumIntegerBits);
    }
    const int32_t log_sum = log_of(sum);
    // Below this a difference less the logarithm leaves Q5.26.
    const int32_t lowest =
        bl_max(p.diff_min - 1, bl_rescale(log_sum + INT32_MIN, p.back_multiplier, p.back_shift));
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[i] - largest;
      int32_t result = INT8_MIN;
      if (difference > lowest) {
        result =
            bl_rounding_shift_right(scaled_difference(difference, &p) - log_sum, 22) + INT8_MAX;
      }
      output[i] = (int8_t)bl_clamp(result, INT8_MIN, INT8_MAX);
    }
  }
  return 0;
}
