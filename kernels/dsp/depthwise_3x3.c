// Depthwise 3x3 filters with stride 1 or 2, four channels at a time, strip by strip (strips.h).
// Padding is the input's zero point in the strip, and the input's offset is part of the bias.
#include "kernels/dsp/bytes.h"
#include "kernels/dsp/depthwise.h"
#include "kernels/dsp/strips.h"

int dsp_depthwise_3x3_takes(const struct bl_conv_2d_params* p) {
  return p->filter_h == kDspFilter && p->filter_w == kDspFilter && p->stride_h == p->stride_w &&
         p->stride_h <= 2 && p->dilation_h == 1 && p->dilation_w == 1 && p->output_w >= 2;
}

static int32_t strip_columns(const struct bl_conv_2d_params* p) {
  return (p->output_w - 1) * p->stride_w + kDspFilter;
}

int32_t dsp_depthwise_3x3_scratch_bytes(const struct bl_conv_2d_params* p) {
  return strip_columns(p) * kDspColumnWords * (int32_t)sizeof(uint32_t);
}

// The columns of the strip that lie inside the input.
struct columns {
  int32_t before, within, all;
};

static struct columns columns_of(const struct bl_conv_2d_params* p) {
  const int32_t all = strip_columns(p);
  const int32_t before = bl_min(p->pad_left, all);
  return (struct columns){before, bl_min(p->input_w, all - before), all};
}

// Both places of the columns outside the input; they stay as they are for a whole layer.
static void put_padding(uint32_t* strip, const struct columns* columns, int32_t zero_point) {
  const uint32_t pair = dsp_both_lanes(zero_point);
  for (int32_t x = 0; x < columns->all; ++x, strip += kDspColumnWords) {
    if (x >= columns->before && x < columns->before + columns->within) continue;
    for (int32_t i = 0; i < 2 * kDspLanes; ++i) strip[i] = pair;
  }
}

DSP_INLINE void put_pair(uint32_t* to, uint32_t upper, uint32_t lower) {
  const uint32_t low = dsp_pack_bottoms(upper, lower), high = dsp_pack_tops(upper, lower);
  to[0] = dsp_even_pair(low);
  to[1] = dsp_odd_pair(low);
  to[2] = dsp_even_pair(high);
  to[3] = dsp_odd_pair(high);
}

// Widens input rows y and y + 1 into a place of the strip. `image` points at the first lane's
// channel.
static void put_rows(uint32_t* strip, const struct columns* columns,
                     const struct bl_conv_2d_params* p, const int8_t* image, int32_t y) {
  const uint32_t zero_points = dsp_repeat_byte(-p->input_offset);
  const int32_t step = p->input_c;
  const int32_t row = p->input_w * step;
  const int upper_inside = y >= 0 && y < p->input_h;
  const int lower_inside = y + 1 >= 0 && y + 1 < p->input_h;
  const int8_t* upper = image + y * row;
  const int8_t* lower = upper + row;
  uint32_t* to = strip + columns->before * kDspColumnWords;
  int32_t count = columns->within;
  if (upper_inside && lower_inside) {
    for (; count >= 2; count -= 2, to += 2 * kDspColumnWords) {
      const uint32_t upper0 = dsp_load_word(upper), lower0 = dsp_load_word(lower);
      put_pair(to, upper0, lower0);
      const uint32_t upper1 = dsp_load_word(upper + step), lower1 = dsp_load_word(lower + step);
      put_pair(to + kDspColumnWords, upper1, lower1);
      upper += 2 * step;
      lower += 2 * step;
    }
  }
  for (; count > 0; --count, to += kDspColumnWords, upper += step, lower += step) {
    put_pair(to, upper_inside ? dsp_load_word(upper) : zero_points,
             lower_inside ? dsp_load_word(lower) : zero_points);
  }
}

// Moves a strip's results of one output row to where they belong.
static void take_results(const uint32_t* results, int32_t stride, int8_t* output, int32_t count,
                         int32_t channels) {
  const int32_t step = stride * kDspColumnWords;
  for (; count >= 2; count -= 2, results += 2 * step, output += 2 * channels) {
    const uint32_t first = results[0], second = results[step];
    dsp_store_word(output, first);
    dsp_store_word(output + channels, second);
  }
  if (count) dsp_store_word(output, results[0]);
}

// Returns 0 if the channel needs the long form.
static int put_lane(struct dsp_lane* lane, const struct dsp_depthwise_layer* layer, int32_t c) {
  const int32_t channels = layer->p.output_c;
  const int8_t* filter = layer->filter + c;
  int32_t sum = 0;
  for (int32_t x = 0; x < kDspFilter; ++x, filter += channels) {
    const int32_t w0 = filter[0];
    const int32_t w1 = filter[kDspFilter * channels];
    const int32_t w2 = filter[2 * kDspFilter * channels];
    lane->weights[2 * x] = dsp_pack_bottoms((uint32_t)(2 * w0), (uint32_t)(2 * w1));
    lane->weights[2 * x + 1] = dsp_pack_bottoms((uint32_t)(2 * w1), (uint32_t)(2 * w2));
    sum += w0 + w1 + w2;
  }
  struct dsp_channel constants;
  const int is_short = dsp_put_depthwise_channel(&constants, layer, c);
  lane->bias = bl_shift_left(constants.bias + layer->p.input_offset * sum, 1);
  lane->multiplier = constants.multiplier;
  lane->power = constants.power;
  return is_short;
}

int dsp_depthwise_3x3(const struct dsp_depthwise_layer* layer, int32_t channel, void* scratch) {
  const struct bl_conv_2d_params* p = &layer->p;
  const struct columns columns = columns_of(p);
  const int32_t stride = p->stride_h;
  const int32_t rows = stride == 1 ? 2 : 1;  // of the output per strip
  const int32_t row_step = p->output_w * p->output_c;
  struct dsp_lane lanes[kDspLanes];
  int left = 0;
  for (int32_t i = 0; i < kDspLanes; ++i) {
    if (!put_lane(&lanes[i], layer, channel + i)) left |= 1 << i;
  }

  uint32_t* strip = scratch;
  if (channel == 0) put_padding(strip, &columns, -p->input_offset);
  const int8_t* image = layer->input + channel;
  int8_t* output = layer->output + channel;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int32_t in_y = -p->pad_top;
    int32_t place = 0;
    put_rows(strip, &columns, p, image, in_y);
    for (int32_t y = 0; y < p->output_h; y += rows, place ^= 1) {
      in_y += 2;
      put_rows(strip + (place ^ 1) * kDspLanes, &columns, p, image, in_y);
      dsp_run_strip(lanes, strip, p->output_w, p->output_offset, stride, place);
      const uint32_t* results = strip + kDspResultWord;
      take_results(results, stride, output, p->output_w, p->output_c);
      output += row_step;
      if (rows == 2 && y + 1 < p->output_h) {
        take_results(results + 1, stride, output, p->output_w, p->output_c);
        output += row_step;
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  return left;
}
