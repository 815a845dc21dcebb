// FULLY_CONNECTED on int8 for cores without SIMD: several rows of weights share every input.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/requantize.h"
#include "kernels/scalar/rows.h"
#include "kernels/scalar/scalar_kernels.h"

enum { kRun = 16 };  // outputs that are rescaled together

struct dense_layer {
  const struct bl_fully_connected_params* p;
  const int8_t* filter;
  const int32_t* bias;
  const int32_t* multiplier;
  const int32_t* shift;
  int32_t bias_room;
  struct scalar_range range;
};

// The rest is left to the reference: zero points that no int8 has.
static int is_taken(const struct bl_fully_connected_params* p) {
  return p->input_offset >= -INT8_MAX && p->input_offset <= -INT8_MIN;
}

// Sums of rows [first, first + count), from their biases and `correction`. Where fewer than
// kScalarRows are left, the last is computed again.
static void sum_rows(const struct dense_layer* layer, const int8_t* input, int32_t first,
                     int32_t count, int32_t correction, int32_t* sums) {
  const int32_t depth = layer->p->input_depth;
  const struct scalar_inputs inputs = {input, depth, layer->p->input_offset};
  const int8_t* weights = layer->filter + first * depth;
  for (int32_t i = 0; i < count; ++i) {
    sums[i] = correction + (layer->bias ? layer->bias[first + i] : 0);
  }
  for (; count >= kScalarRows;
       count -= kScalarRows, sums += kScalarRows, weights += kScalarRows * depth) {
    scalar_add_rows(sums, &inputs, weights, depth);
  }
  for (; count > 0; --count, ++sums, weights += depth) {
    int32_t same[kScalarRows] = {*sums};
    scalar_add_rows(same, &inputs, weights, 0);
    *sums = same[0];
  }
}

// Rescales rows [first, first + count).
static void put_rows(const struct dense_layer* layer, int32_t first, int32_t count,
                     const int32_t* sums, int8_t* output) {
  const int32_t together = layer->p->per_channel ? 1 : count;
  for (int32_t i = 0; i < count; i += together) {
    const int32_t channel = layer->p->per_channel ? first + i : 0;
    struct scalar_scale scale = {layer->multiplier[channel], layer->shift[channel], 1};
    for (int32_t j = i; j < i + together; ++j) {
      const int32_t bias = layer->bias ? layer->bias[first + j] : 0;
      scale.is_short &=
          scalar_scale_of(layer->bias_room, bias, scale.multiplier, scale.shift).is_short;
    }
    scalar_requantize(sums + i, together, &scale, &layer->range, output + first + i);
  }
}

BL_ADDED_KERNEL(scalar_fully_connected_s8)
int32_t scalar_fully_connected_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p = params;
  if (!is_taken(p)) return reference_fully_connected_s8(params, operands, scratch);
  const struct dense_layer layer = {
      .p = p,
      .filter = operands[1],
      .bias = operands[2],
      .multiplier = operands[3],
      .shift = operands[4],
      // A filter's offset adds to the sums more than their bounds know of.
      .bias_room = p->filter_offset == 0 ? scalar_bias_room(p->input_depth) : -1,
      .range = {p->output_offset, p->activation_min, p->activation_max, 1},
  };
  const int8_t* input = operands[0];
  int8_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int32_t correction = 0;
    if (p->filter_offset != 0) {
      for (int32_t i = 0; i < p->input_depth; ++i) correction += input[i] + p->input_offset;
      correction *= p->filter_offset;
    }
    for (int32_t first = 0; first < p->output_depth; first += kRun) {
      const int32_t count = bl_min(kRun, p->output_depth - first);
      int32_t sums[kRun];
      sum_rows(&layer, input, first, count, correction, sums);
      put_rows(&layer, first, count, sums, output);
    }
    input += p->input_depth;
    output += p->output_depth;
  }
  return 0;
}
