// CONV_2D on int8 for cores without SIMD: the patches of a block of pixels are laid out as rows,
// and pass by the filters of two channels at a time.
//
// The input's offset is part of every channel's bias, as its sum of weights times that. Pixels of
// a 1x1 filter are rows already; where rows are packed, they and the weights of the two channels
// are packed into the scratch memory, which is what the size of a block bounds.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/patch.h"
#include "kernels/scalar/scalar_kernels.h"
#include "kernels/scalar/tile.h"

enum { kBlockBytes = 2304, kLeastBlock = 4 };

struct conv_layer {
  const struct bl_conv_2d_params* p;
  const int8_t* filter;
  const int32_t* bias;
  const int32_t* multiplier;
  const int32_t* shift;
  int32_t taps, row_bytes;
  int32_t bias_room;
  struct scalar_range range;
  int32_t* packed_weights;
};

static int32_t taps_of(const struct bl_conv_2d_params* p) {
  return p->filter_h * p->filter_w * p->input_c;
}

// The rest is left to the reference: zero points that padding cannot have.
static int is_taken(const struct bl_conv_2d_params* p) {
  return p->input_offset >= -INT8_MAX && p->input_offset <= -INT8_MIN;
}

// Whether the input is one row of pixels, each with its taps at a stretch.
static int is_row_of_pixels(const struct bl_conv_2d_params* p) {
  return p->filter_h == 1 && p->filter_w == 1 && p->stride_h == 1 && p->stride_w == 1 &&
         p->pad_top == 0 && p->pad_left == 0;
}

static int is_in_place(const struct bl_conv_2d_params* p) {
  return !SCALAR_PACKS && is_row_of_pixels(p);
}

static int32_t block_of(const struct bl_conv_2d_params* p) {
  const int32_t pixels = p->output_h * p->output_w;
  if (is_in_place(p)) return pixels;
  const int32_t fitting = kBlockBytes / scalar_row_bytes(taps_of(p)) & ~(kLeastBlock - 1);
  return bl_min(pixels, bl_clamp(fitting, kLeastBlock, kScalarTile));
}

static int32_t packed_weights_bytes(const struct bl_conv_2d_params* p) {
  return SCALAR_PACKS ? kScalarChannels * scalar_row_bytes(taps_of(p)) : 0;
}

BL_ADDED_KERNEL(scalar_conv_2d_s8_scratch_bytes)
int32_t scalar_conv_2d_s8_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = params;
  if (!is_taken(p) || is_in_place(p)) return 0;
  const int32_t patch = SCALAR_PACKS && !is_row_of_pixels(p) ? taps_of(p) : 0;
  return packed_weights_bytes(p) + block_of(p) * scalar_row_bytes(taps_of(p)) + patch;
}

// Lays out the rows of `count` pixels. Behind them is room for a patch.
static void put_rows(int8_t* rows, int32_t block, const struct conv_layer* layer,
                     const int8_t* image, int32_t first, int32_t count) {
  const struct bl_conv_2d_params* p = layer->p;
  int32_t y = first / p->output_w, x = first - y * p->output_w;
  int8_t* patch = rows + block * layer->row_bytes;
  for (; count > 0; --count, rows += layer->row_bytes) {
#if SCALAR_PACKS
    const int8_t* from = patch;
    if (is_row_of_pixels(p)) {
      from = image + (y * p->input_w + x) * p->input_c;
    } else {
      scalar_gather(patch, p, image, y, x);
    }
    scalar_pack_pixel((int32_t*)(void*)rows, from, layer->taps);
#else
    (void)patch;
    scalar_gather(rows, p, image, y, x);
#endif
    if (++x == p->output_w) {
      x = 0;
      ++y;
    }
  }
}

// Puts down the weights and biases of channels `c` and the next, or twice `c` if it is the last.
static void put_channels(struct scalar_tile* tile, const struct conv_layer* layer, int32_t c) {
  tile->is_wide = 0;
  for (int32_t i = 0; i < kScalarChannels; ++i) {
    const int32_t channel = bl_min(c + i, layer->p->output_c - 1);
    const int8_t* weights = layer->filter + channel * layer->taps;
    int32_t sum = 0;
#if SCALAR_PACKS
    const struct scalar_weights packed =
        scalar_pack_weights(layer->packed_weights + i, weights, layer->taps);
    sum = packed.sum;
    tile->is_wide |= packed.is_wide;
    tile->weights[i] = layer->packed_weights;
#else
    for (int32_t tap = 0; tap < layer->taps; ++tap) sum += weights[tap];
    tile->weights[i] = weights;
#endif
    tile->bias[i] = layer->p->input_offset * sum + (layer->bias ? layer->bias[channel] : 0);
  }
}

static void run_block(const struct conv_layer* layer, const int8_t* rows, int32_t count,
                      int8_t* output) {
  const int32_t output_c = layer->p->output_c;
  int32_t sums[kScalarChannels * kScalarTile];
  struct scalar_tile tile;
  tile.row_bytes = layer->row_bytes;
  tile.taps = layer->taps;
  tile.sums = sums;
  for (int32_t c = 0; c < output_c; c += kScalarChannels) {
    put_channels(&tile, layer, c);
    const int32_t channels = bl_min(kScalarChannels, output_c - c);
    struct scalar_scale scales[kScalarChannels];
    for (int32_t i = 0; i < channels; ++i) {
      scales[i] = scalar_scale_of(layer->bias_room, layer->bias ? layer->bias[c + i] : 0,
                                  layer->multiplier[c + i], layer->shift[c + i]);
    }
    for (int32_t first = 0; first < count; first += kScalarTile) {
      tile.pixels = rows + first * layer->row_bytes;
      tile.count = bl_min(kScalarTile, count - first);
      scalar_run_tile(&tile);
      for (int32_t i = 0; i < channels; ++i) {
        scalar_requantize(sums + i * kScalarTile, tile.count, &scales[i], &layer->range,
                          output + first * output_c + c + i);
      }
    }
  }
}

BL_ADDED_KERNEL(scalar_conv_2d_s8)
int32_t scalar_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = params;
  if (!is_taken(p)) return reference_conv_2d_s8(params, operands, scratch);
  const int32_t taps = taps_of(p);
  const struct conv_layer layer = {
      .p = p,
      .filter = operands[1],
      .bias = operands[2],
      .multiplier = operands[3],
      .shift = operands[4],
      .taps = taps,
      .row_bytes = scalar_row_bytes(taps),
      .bias_room = scalar_bias_room(taps),
      .range = {p->output_offset, p->activation_min, p->activation_max, p->output_c},
      .packed_weights = scratch,
  };
  const int32_t block = block_of(p), pixels = p->output_h * p->output_w;
  int8_t* gathered = (int8_t*)scratch + packed_weights_bytes(p);
  const int8_t* image = operands[0];
  int8_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t first = 0; first < pixels; first += block) {
      const int32_t count = bl_min(block, pixels - first);
      const int8_t* rows = image + first * p->input_c;
      if (!is_in_place(p)) {
        put_rows(gathered, block, &layer, image, first, count);
        rows = gathered;
      }
      run_block(&layer, rows, count, output + first * p->output_c);
    }
    image += p->input_h * p->input_w * p->input_c;
    output += pixels * p->output_c;
  }
  return 0;
}
