// Constants of the short form for channels whose bias or shift is outside its bounds.
//
// Such channels come from training: where a channel has died, its weights' scale is so small that
// the bias is cut off at 2^30, and the output is the same number, or one of two, whatever the input
// is. As the output never falls while the sum rises, it is then a single step, and a bias and a
// power of two that put a step of the short form in the same place give the same output.
#include "kernels/dsp/channels.h"

struct step {
  int64_t at;      // the first sum above the step
  int32_t before;  // the output below it
};

static int32_t output_of(const struct dsp_sums* sums, int32_t sum, int32_t multiplier,
                         int32_t shift) {
  return dsp_clamp(dsp_rescale(sum, multiplier, shift), sums->low, sums->high);
}

// Finds the only step between two sums, or behind them.
static int find_step(struct step* step, const struct dsp_sums* sums, int32_t bias,
                     int32_t multiplier, int32_t shift) {
  int64_t first = (int64_t)bias - sums->reach, last = (int64_t)bias + sums->reach;
  if (multiplier < 0 || shift > 0 || first < INT32_MIN || last > INT32_MAX) return 0;
  step->before = output_of(sums, (int32_t)first, multiplier, shift);
  step->at = last + 1;
  const int32_t steps = output_of(sums, (int32_t)last, multiplier, shift) - step->before;
  if (steps == 0) return 1;
  while (last - first > 1) {
    const int64_t middle = (first + last) >> 1;
    if (output_of(sums, (int32_t)middle, multiplier, shift) > step->before) {
      last = middle;
    } else {
      first = middle;
    }
  }
  step->at = last;
  return steps == 1;
}

int dsp_fit_step(struct dsp_channel* channel, const struct dsp_sums* sums, int32_t bias,
                 int32_t multiplier, int32_t shift) {
  struct step step;
  if (!find_step(&step, sums, bias, multiplier, shift)) return 0;
  // With the multiplier 2^30, the short form rounds (sum + 1) >> 1, and then that divided by 2^e,
  // where a half is rounded away from zero.
  const int64_t half = ((2 * (int64_t)step.before + 1) << sums->step_bits) >> 1;
  const int64_t at = 2 * (half + (step.before < 0)) - 1;
  const int64_t limit = (INT64_C(1) << 30) - 2 * ((int64_t)sums->reach + 1);
  if (at >= limit || at <= -limit) return 0;
  *channel = (struct dsp_channel){(int32_t)(bias + at - step.at), INT32_C(1) << 30,
                                  dsp_power_of_shift(-sums->step_bits)};
  return 1;
}
