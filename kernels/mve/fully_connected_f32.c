// FULLY_CONNECTED on floats for Helium: up to sixteen outputs at a time, four a vector.
#include "kernels/abi.h"
#include "kernels/mve/float.h"
#include "kernels/mve/mve_kernels.h"

enum { kVectors = 4 };

// `vectors` (a constant) of outputs, of which `live` are there.
MVE_INLINE void connect(const struct bl_typed_fully_connected_params* typed, const float* input,
                        const float* filter, const float* bias, float* output, int32_t live,
                        int32_t vectors) {
  const int32_t depth = typed->fully_connected.input_depth;
  uint32x4_t rows[kVectors];
  float32x4_t sums[kVectors];
  for (int32_t i = 0; i < vectors; ++i) {
    const int32_t first = i * kMveWords;
    rows[i] = mve_float_rows(filter + first * depth, depth, live - first);
    sums[i] = vdupq_n_f32(0);
  }
  for (int32_t left = depth; left > 0; --left) {
    const float value = *input++;
    for (int32_t i = 0; i < vectors; ++i) {
      const float32x4_t weights = vldrwq_gather_base_f32(rows[i], 0);
      rows[i] = vaddq_n_u32(rows[i], sizeof(float));
      sums[i] = vaddq_f32(sums[i], vmulq_n_f32(weights, value));
    }
  }
  for (int32_t i = 0; i < vectors; ++i) {
    const int32_t first = i * kMveWords;
    mve_store_floats(output + first, sums[i], bias ? bias + first : 0, typed->activation,
                     vctp32q((uint32_t)(live - first)));
  }
}

BL_ADDED_KERNEL(mve_fully_connected_f32)
int32_t mve_fully_connected_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_typed_fully_connected_params* typed = params;
  const int32_t depth = typed->fully_connected.input_depth;
  const int32_t outputs = typed->fully_connected.output_depth;
  const float* input = operands[0];
  float* output = operands[5];
  (void)scratch;
  for (int32_t batch = 0; batch < typed->fully_connected.batches; ++batch) {
    for (int32_t first = 0; first < outputs;) {
      const float* filter = (const float*)operands[1] + first * depth;
      const float* bias = operands[2] ? (const float*)operands[2] + first : 0;
      const int32_t live = outputs - first;
      if (live > (kVectors - 1) * kMveWords) {
        connect(typed, input, filter, bias, output + first, live, kVectors);
        first += kVectors * kMveWords;
      } else {
        connect(typed, input, filter, bias, output + first, live, 1);
        first += kMveWords;
      }
    }
    input += depth;
    output += outputs;
  }
  return 0;
}
