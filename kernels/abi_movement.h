// Parameters of the kernels that move values without computing: part of the contract in abi.h.
// Their names end in the width of an element (_b8, _b16, _b32, _b64), whatever its type; where only
// _b8 is there, the parameters count bytes. Shapes have up to five dimensions, with extents of 1
// put in front unless `dimensions` is given.
#ifndef BOARDLESS_KERNELS_ABI_MOVEMENT_H_
#define BOARDLESS_KERNELS_ABI_MOVEMENT_H_

#include <stdint.h>

#define BL_DIMENSIONS 5

#ifdef __cplusplus
extern "C" {
#endif

// pack. Operands: input 0, …, output: the output is `outer` times the next `copied` elements of
// every input in turn. unpack: operands input, output 0, …: the reverse.
struct bl_pack_params {
  int32_t count;  // of the tensors that are joined or separated
  int32_t outer, copied;
};

// split. Operands: row_elements int32[outputs], input, output 0, …: each of `rows` rows of the
// input is the next row_elements[i] elements of every output i in turn.
struct bl_split_params {
  int32_t outputs, rows;
};

// transpose. Operands: input, output. Output dimension i is input dimension permutation[i].
struct bl_transpose_params {
  int32_t dimensions;
  int32_t permutation[BL_DIMENSIONS];
  int32_t input_stride[BL_DIMENSIONS];   // in elements, by input dimension
  int32_t output_stride[BL_DIMENSIONS];  // by output dimension
  int32_t output_extent[BL_DIMENSIONS];
};

// slice. Operands: input, output: the elements from `start` to before `stop`.
struct bl_slice_params {
  int32_t input_extent[BL_DIMENSIONS];
  int32_t start[BL_DIMENSIONS], stop[BL_DIMENSIONS];
};

// strided_slice. Operands: input, output. A negative stride goes from `start` down to after `stop`.
struct bl_strided_slice_params {
  int32_t input_extent[BL_DIMENSIONS];
  int32_t start[BL_DIMENSIONS], stop[BL_DIMENSIONS], stride[BL_DIMENSIONS];
};

// pad of other widths than pad_s8's, with five dimensions and any value. Operands: input, value
// (one element), output.
struct bl_pad_value_params {
  int32_t input_extent[BL_DIMENSIONS];
  int32_t before[BL_DIMENSIONS], after[BL_DIMENSIONS];
};

// mirror_pad. Operands: input, output. `edge` is 1 where the mirror leaves out the element at the
// edge, 0 where it repeats it.
struct bl_mirror_pad_params {
  int32_t dimensions;
  int32_t output_elements;
  int32_t edge;
  int32_t input_extent[BL_DIMENSIONS];
  int32_t before[BL_DIMENSIONS];
  int32_t input_stride[BL_DIMENSIONS], output_stride[BL_DIMENSIONS];
};

// reverse. Operands: input, output: each of `upper` blocks is `middle` runs of `lower` elements,
// whose order is turned.
struct bl_reverse_params {
  int32_t upper, middle, lower;
};

// space_to_depth, depth_to_space. Operands: input, output.
struct bl_depth_block_params {
  int32_t input_extent[4], output_extent[4];
  int32_t block;
};

// space_to_batch_nd_b8, batch_to_space_nd_b8. Operands: input, output. The last extents are bytes.
// `top` and `left` are the padding that is added, or the crop.
struct bl_batch_block_params {
  int32_t input_extent[4], output_extent[4];
  int32_t block_h, block_w;
  int32_t top, left;
  int32_t pad_byte;
};

// gather_b8. Operands: input, coordinates int32[batches][coordinates], output.
struct bl_gather_params {
  int32_t batches, outer, coordinates;
  int32_t axis;         // the extent that coordinates choose from
  int32_t inner_bytes;  // behind each of it
};

// gather_nd_b8. Operands: input, indices int32[slices][dimensions], output. Returns 1 for an index
// outside.
struct bl_gather_nd_params {
  int32_t slices, dimensions;
  int32_t slice_bytes, input_bytes;
  int32_t stride_bytes[BL_DIMENSIONS];
};

// embedding_lookup_b8. Operands: lookup int32[lookups], values [rows][row_bytes], output.
// embedding_lookup_s8_f32: the same with values int8, times `scale`. Both return 1 for an index
// outside.
struct bl_embedding_lookup_params {
  int32_t lookups, rows, row_bytes;
  float scale;
};

// dynamic_update_slice_b8. Operands: input, update, start int32[dimensions] or int64, output.
struct bl_dynamic_update_slice_params {
  int32_t dimensions;
  int32_t input_bytes;
  int32_t has_wide_start;  // start is int64
  int32_t is_whole;        // the update is as large as the input
  int32_t input_extent[BL_DIMENSIONS], update_extent[BL_DIMENSIONS];
  int32_t input_stride_bytes[BL_DIMENSIONS], update_stride_bytes[BL_DIMENSIONS];
};

// broadcast_to_b8. Operands: input, output. A stride of 0 repeats; the output's are in elements.
struct bl_broadcast_to_params {
  int32_t dimensions;
  int32_t element_bytes, output_elements;
  int32_t input_stride[BL_DIMENSIONS], output_stride[BL_DIMENSIONS];
};

// broadcast_args_s32, broadcast_args_s64. Operands: shape 1, shape 2, output. Returns 1 where they
// do not go together.
struct bl_broadcast_args_params {
  int32_t count1, count2, output_count;
};

// fill. Operands: value (one element), output. zeros_b8: operand output; `count` is bytes.
struct bl_fill_params {
  int32_t count;
};

// select. Operands: condition bool, x, y, output. Dimensions from the last to the first, as few as
// the strides allow; a stride of 0 repeats. Whole rows are copied where the condition is one for
// all.
struct bl_select_params {
  int32_t dimensions;
  int32_t extent[BL_DIMENSIONS];
  int32_t condition_stride[BL_DIMENSIONS], x_stride[BL_DIMENSIONS], y_stride[BL_DIMENSIONS];
  int32_t output_stride[BL_DIMENSIONS];
};

// resize_nearest_neighbor_b8, where `depth` is bytes, and resize_bilinear_s8 and _f32. Operands:
// input, output.
struct bl_resize_params {
  int32_t batches;
  int32_t input_h, input_w, depth;
  int32_t output_h, output_w;
  int32_t align_corners, half_pixel_centers;
};

// cast_IN_OUT. Operands: input, output. A float outside the output's range becomes the nearest
// value in it, not-a-number 0.
struct bl_cast_params {
  int32_t count;
};

// arg_max_IN_s32, arg_min_IN_s32. Operands: input [outer][axis][inner], output int32[outer][inner].
// The first of equals.
struct bl_arg_params {
  int32_t outer, axis, inner;
};

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // BOARDLESS_KERNELS_ABI_MOVEMENT_H_
