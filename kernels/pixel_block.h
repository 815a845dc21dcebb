// The pixels of a convolution's output, in blocks of which all pixels have the same taps inside the
// input: what is computed side by side then leaves out the same taps.
#ifndef BOARDLESS_KERNELS_PIXEL_BLOCK_H_
#define BOARDLESS_KERNELS_PIXEL_BLOCK_H_

#include <stdint.h>

#include "kernels/abi.h"
#include "kernels/window.h"

#define BL_BLOCK_INLINE __attribute__((always_inline)) static inline

// A block of which everything is 0 stands before the first. `y` and `x` are the taps of its first
// pixel.
struct bl_pixel_block {
  struct bl_taps y, x;
  int32_t first_y, end_y, first_x, end_x;
};

// The first tap inside the input and the pixel, in elements from where an image of each begins.
struct bl_pixel {
  int32_t input, output;
};

// Behind the last of the outputs from `first` on that have its taps.
BL_BLOCK_INLINE int32_t bl_end_of_alike(struct bl_taps* taps, int32_t first, int32_t outputs,
                                        int32_t stride, int32_t pad, int32_t filter,
                                        int32_t dilation, int32_t input) {
  *taps = bl_taps_inside(first * stride - pad, filter, dilation, input);
  for (int32_t at = first + 1; at < outputs; ++at) {
    const struct bl_taps next = bl_taps_inside(at * stride - pad, filter, dilation, input);
    if (next.first != taps->first || next.end != taps->end) return at;
  }
  return outputs;
}

// Goes on to the next block; 0 where there is none.
BL_BLOCK_INLINE int bl_next_block(const struct bl_conv_2d_params* p, struct bl_pixel_block* block) {
  if (block->end_x == 0 || block->end_x == p->output_w) {
    if (block->end_y == p->output_h) return 0;
    block->first_y = block->end_y;
    block->end_y = bl_end_of_alike(&block->y, block->first_y, p->output_h, p->stride_h, p->pad_top,
                                   p->filter_h, p->dilation_h, p->input_h);
    block->end_x = 0;
  }
  block->first_x = block->end_x;
  block->end_x = bl_end_of_alike(&block->x, block->first_x, p->output_w, p->stride_w, p->pad_left,
                                 p->filter_w, p->dilation_w, p->input_w);
  return 1;
}

BL_BLOCK_INLINE int32_t bl_pixels_of(const struct bl_pixel_block* block) {
  return (block->end_y - block->first_y) * (block->end_x - block->first_x);
}

// Goes through a block's pixels, row by row.
struct bl_pixel_walk {
  struct bl_pixel at;
  int32_t left, columns;           // in this row, and in each
  struct bl_pixel step, row_step;  // to the next pixel, and from a row's last to the next row
};

BL_BLOCK_INLINE struct bl_pixel_walk bl_first_pixel(const struct bl_conv_2d_params* p,
                                                    const struct bl_pixel_block* block) {
  const int32_t columns = block->end_x - block->first_x;
  const struct bl_pixel step = {p->stride_w * p->input_c, p->output_c};
  return (struct bl_pixel_walk){
      .at = {(block->y.at * p->input_w + block->x.at) * p->input_c,
             (block->first_y * p->output_w + block->first_x) * p->output_c},
      .left = columns,
      .columns = columns,
      .step = step,
      .row_step = {p->stride_h * p->input_w * p->input_c - (columns - 1) * step.input,
                   p->output_w * p->output_c - (columns - 1) * step.output}};
}

BL_BLOCK_INLINE void bl_next_pixel(struct bl_pixel_walk* walk) {
  const int is_row = --walk->left == 0;
  const struct bl_pixel* step = is_row ? &walk->row_step : &walk->step;
  walk->at.input += step->input;
  walk->at.output += step->output;
  if (is_row) walk->left = walk->columns;
}

#endif  // BOARDLESS_KERNELS_PIXEL_BLOCK_H_
