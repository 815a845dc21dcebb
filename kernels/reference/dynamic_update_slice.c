// DYNAMIC_UPDATE_SLICE on bytes: the input, with a block of it written over.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

// The first element that is written, so that the block stays inside.
static int32_t start_of(const struct bl_dynamic_update_slice_params* p, const void* start,
                        int32_t dimension) {
  const int32_t last = p->input_extent[dimension] - p->update_extent[dimension];
  if (!p->has_wide_start) return bl_clamp(((const int32_t*)start)[dimension], 0, last);
  const int64_t wide = ((const int64_t*)start)[dimension];
  return wide < 0 ? 0 : wide > last ? last : (int32_t)wide;
}

// A stride of the last dimension is an element's bytes.
static void update_dimension(const struct bl_dynamic_update_slice_params* p, int32_t dimension,
                             const int32_t* start, const int8_t* update, int8_t* output) {
  if (dimension >= BL_DIMENSIONS) return;  // for the compiler: there are not more
  const int32_t extent = p->update_extent[dimension];
  const int32_t to = p->input_stride_bytes[dimension], from = p->update_stride_bytes[dimension];
  output += start[dimension] * to;
  if (dimension == p->dimensions - 1) {
    memcpy(output, update, (size_t)(extent * from));
    return;
  }
  for (int32_t i = 0; i < extent; ++i, output += to, update += from) {
    update_dimension(p, dimension + 1, start, update, output);
  }
}

BL_ADDED_KERNEL(reference_dynamic_update_slice_b8)
int32_t reference_dynamic_update_slice_b8(const void* params, void* const* operands,
                                          void* scratch) {
  const struct bl_dynamic_update_slice_params* p = params;
  int8_t* output = operands[3];
  (void)scratch;
  memcpy(output, operands[p->is_whole ? 1 : 0], (size_t)p->input_bytes);
  if (p->is_whole) return 0;
  int32_t start[BL_DIMENSIONS] = {0};
  for (int32_t i = 0; i < p->dimensions; ++i) start[i] = start_of(p, operands[2], i);
  update_dimension(p, 0, start, operands[1], output);
  return 0;
}
