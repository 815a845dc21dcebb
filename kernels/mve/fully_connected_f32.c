// FULLY_CONNECTED on floats for Helium: sixteen outputs at a time, four a vector, or four.
#include "kernels/abi.h"
#include "kernels/mve/float.h"
#include "kernels/mve/mve_kernels.h"

enum { kVectors = 4 };

// clang-format off: one step a line

// A value's products with four vectors of weights, which are gathered while others are multiplied and
// summed up: both are done in one pipe. The first two vectors are loaded; `next` loads the next two.
#define VALUE(value, rows, next_v, next_w)              \
  "vmul.f32 %[v], %[v], %[" #value "]\n\t"              \
  "vmul.f32 %[w], %[w], %[" #value "]\n\t"              \
  "vadd.f32 %[s0], %[s0], %[v]\n\t"                     \
  "vldrw.u32 %[v], [%[w2], %[" #rows "], uxtw #2]\n\t"  \
  "vadd.f32 %[s1], %[s1], %[w]\n\t"                     \
  "vldrw.u32 %[w], [%[w3], %[" #rows "], uxtw #2]\n\t"  \
  "vmul.f32 %[v], %[v], %[" #value "]\n\t"              \
  "vmul.f32 %[w], %[w], %[" #value "]\n\t"              \
  "vadd.f32 %[s2], %[s2], %[v]\n\t"                     \
  next_v                                                \
  "vadd.f32 %[s3], %[s3], %[w]\n\t"                     \
  next_w
#define FIRST_OF(rows) "vldrw.u32 %[v], [%[w0], %[" #rows "], uxtw #2]\n\t"
#define SECOND_OF(rows) "vldrw.u32 %[w], [%[w1], %[" #rows "], uxtw #2]\n\t"

// clang-format on

// Adds to the sums of sixteen outputs the products of `pairs` times two values. `rows` says where
// the weights of four outputs lie.
MVE_INLINE void add_pairs(float32x4_t* sums, const float** input, const float** weights,
                          uint32x4_t rows, int32_t pairs) {
  float32x4_t v, w;
  float x0, x1;
  const uint32x4_t next_rows = vaddq_n_u32(rows, 1);
  __asm__ volatile(
      "dls lr, %[pairs]\n\t"
      ".balign 4\n"
      "1:\n\t"
      "ldrd %[x0], %[x1], [%[input]], #8\n\t" FIRST_OF(rows) SECOND_OF(rows)
          VALUE(x0, rows, FIRST_OF(next_rows), SECOND_OF(next_rows)) VALUE(x1, next_rows, "", "")
      "add %[w0], #8\n\t"
      "add %[w1], #8\n\t"
      "add %[w2], #8\n\t"
      "add %[w3], #8\n\t"
      "le lr, 1b"
      : [s0] "+w"(sums[0]), [s1] "+w"(sums[1]), [s2] "+w"(sums[2]), [s3] "+w"(sums[3]),
        [v] "=&w"(v), [w] "=&w"(w), [input] "+r"(*input), [w0] "+r"(weights[0]),
        [w1] "+r"(weights[1]), [w2] "+r"(weights[2]), [w3] "+r"(weights[3]), [x0] "=&r"(x0),
        [x1] "=&r"(x1)
      : [rows] "w"(rows), [next_rows] "w"(next_rows), [pairs] "r"(pairs)
      : "lr", "memory");
}

// Sixteen outputs, which are all there.
MVE_INLINE void connect_all(const struct bl_typed_fully_connected_params* typed, const float* input,
                            const float* filter, const float* bias, float* output) {
  const int32_t depth = typed->fully_connected.input_depth;
  const uint32x4_t rows = vmulq_n_u32(vidupq_n_u32(0, 1), (uint32_t)depth);
  const float* weights[kVectors];
  float32x4_t sums[kVectors];
  for (int32_t i = 0; i < kVectors; ++i) {
    weights[i] = filter + i * kMveWords * depth;
    sums[i] = vdupq_n_f32(0);
  }
  if (depth > 1) add_pairs(sums, &input, weights, rows, depth / 2);
  for (int32_t i = 0; i < kVectors; ++i) {
    if (depth % 2 != 0) {
      const float32x4_t last = vldrwq_gather_shifted_offset_f32(weights[i], rows);
      sums[i] = vaddq_f32(sums[i], vmulq_n_f32(last, *input));
    }
    const int32_t first = i * kMveWords;
    mve_store_floats(output + first, sums[i], bias ? bias + first : 0, typed->activation,
                     vctp32q(kMveWords));
  }
}

// Four outputs, of which `live` are there.
MVE_INLINE void connect_four(const struct bl_typed_fully_connected_params* typed,
                             const float* input, const float* filter, const float* bias,
                             float* output, int32_t live) {
  const int32_t depth = typed->fully_connected.input_depth;
  uint32x4_t rows = mve_float_rows(filter, depth, live);
  float32x4_t sums = vdupq_n_f32(0);
  for (int32_t left = depth; left > 0; --left) {
    sums = vaddq_f32(sums, vmulq_n_f32(vldrwq_gather_base_f32(rows, 0), *input++));
    rows = vaddq_n_u32(rows, sizeof(float));
  }
  mve_store_floats(output, sums, bias, typed->activation, vctp32q((uint32_t)live));
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
      if (outputs - first >= kVectors * kMveWords) {
        connect_all(typed, input, filter, bias, output + first);
        first += kVectors * kMveWords;
      } else {
        connect_four(typed, input, filter, bias, output + first, outputs - first);
        first += kMveWords;
      }
    }
    input += depth;
    output += outputs;
  }
  return 0;
}
