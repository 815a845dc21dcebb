// GATHER, GATHER_ND and EMBEDDING_LOOKUP: runs of bytes by index.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(reference_gather_b8)
int32_t reference_gather_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_gather_params p = *(const struct bl_gather_params*)params;
  const int8_t* input = operands[0];
  const int32_t* coordinates = operands[1];
  int8_t* output = operands[2];
  (void)scratch;
  for (int32_t b = 0; b < p.batches; ++b) {
    for (int32_t o = 0; o < p.outer; ++o) {
      for (int32_t c = 0; c < p.coordinates; ++c) {
        const int32_t block = b * p.outer + o;
        const int32_t chosen = coordinates[b * p.coordinates + c];
        memcpy(output + (block * p.coordinates + c) * p.inner_bytes,
               input + (block * p.axis + chosen) * p.inner_bytes, (size_t)p.inner_bytes);
      }
    }
  }
  return 0;
}

BL_ADDED_KERNEL(reference_gather_nd_b8)
int32_t reference_gather_nd_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_gather_nd_params p = *(const struct bl_gather_nd_params*)params;
  const int8_t* input = operands[0];
  const int32_t* indices = operands[1];
  int8_t* output = operands[2];
  (void)scratch;
  for (int32_t i = 0; i < p.slices; ++i) {
    int32_t from = 0;
    for (int32_t j = 0; j < p.dimensions; ++j) from += *indices++ * p.stride_bytes[j];
    if (from < 0 || from + p.slice_bytes > p.input_bytes) return 1;
    memcpy(output + i * p.slice_bytes, input + from, (size_t)p.slice_bytes);
  }
  return 0;
}

BL_ADDED_KERNEL(reference_embedding_lookup_b8)
int32_t reference_embedding_lookup_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_embedding_lookup_params p = *(const struct bl_embedding_lookup_params*)params;
  const int32_t* lookup = operands[0];
  const int8_t* values = operands[1];
  int8_t* output = operands[2];
  (void)scratch;
  for (int32_t i = 0; i < p.lookups; ++i) {
    if (lookup[i] < 0 || lookup[i] >= p.rows) return 1;
    memcpy(output + i * p.row_bytes, values + lookup[i] * p.row_bytes, (size_t)p.row_bytes);
  }
  return 0;
}

BL_ADDED_KERNEL(reference_embedding_lookup_s8_f32)
int32_t reference_embedding_lookup_s8_f32(const void* params, void* const* operands,
                                          void* scratch) {
  const struct bl_embedding_lookup_params p = *(const struct bl_embedding_lookup_params*)params;
  const int32_t* lookup = operands[0];
  float* output = operands[2];
  (void)scratch;
  for (int32_t i = 0; i < p.lookups; ++i) {
    if (lookup[i] < 0 || lookup[i] >= p.rows) return 1;
    const int8_t* row = (const int8_t*)operands[1] + lookup[i] * p.row_bytes;
    for (int32_t j = 0; j < p.row_bytes; ++j) *output++ = p.scale * (float)row[j];
  }
  return 0;
}
