"""A kernel library that is one: a dot product, and an adapter that has fully connected layers."""

HEADER = b"int tiny_dot(const signed char* a, int a_offset, const signed char* b, int n);\n"
SOURCE = b"""#include "tiny.h"
int tiny_dot(const signed char* a, int a_offset, const signed char* b, int n) {
  int sum = 0;
  for (int i = 0; i < n; ++i) sum += (a[i] + a_offset) * b[i];
  return sum;
}
"""
DESCRIPTOR = b"""name: tiny-nn
prefix: tiny_nn
recognised_by: [include/tiny.h]
version: {file: VERSION, pattern: '([0-9.]+)'}
sources: ["source/*.c"]
include: [include]
architecture: arm
adapter: [tiny_nn.c]
"""
ADAPTER = b"""#include <tiny.h>
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
int32_t tiny_nn_fully_connected_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p = params;
  (void)scratch;
  for (int32_t out = 0; out < p->output_depth; ++out) {
    const int8_t* row = (const int8_t*)operands[1] + out * p->input_depth;
    int32_t sum = tiny_dot(operands[0], p->input_offset, row, p->input_depth);
    if (operands[2]) sum += ((const int32_t*)operands[2])[out];
    const int32_t channel = p->per_channel ? out : 0;
    sum = bl_rescale(sum, ((const int32_t*)operands[3])[channel], ((const int32_t*)operands[4])[channel]) +
          p->output_offset;
    ((int8_t*)operands[5])[out] = (int8_t)bl_clamp(sum, p->activation_min, p->activation_max);
  }
  return 0;
}
"""

FILES = {"lib/include/tiny.h": HEADER, "lib/source/dot.c": SOURCE, "lib/VERSION": b"1.2.3\n"}
# Of the bundled data: what makes it a library that is known.
DATA = {"kernel_sources/kernels/adapters/tiny_nn.yaml": DESCRIPTOR,
        "kernel_sources/kernels/adapters/tiny_nn.c": ADAPTER}
