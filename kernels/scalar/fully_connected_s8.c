// FULLY_CONNECTED on int8 for cores without SIMD: several rows of weights share every input.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/high_registers.h"
#include "kernels/scalar/requantize.h"
#include "kernels/scalar/scalar_kernels.h"

enum { kRows = 4, kRun = 16 };  // rows at once; outputs that are rescaled together

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

// A row of inputs, and by how much each is larger.
struct inputs {
  const int8_t* values;
  int32_t depth, offset;
};

#ifdef __ARM_ARCH_6M__
// clang-format off: one instruction a line
#define ROW(row, sum)              \
  "ldrsb r5, [" row ", r3]\n\t"    \
  "muls r5, r4, r5\n\t"            \
  "add " sum ", r5\n\t"
#define TAP                        \
  "ldrsb r4, [r0, r3]\n\t"         \
  "add r4, r12\n\t"                \
  ROW("r1", "r8") ROW("r2", "r9") ROW("r6", "r10") ROW("r7", "r11") \
  "adds r3, #1\n\t"

// Adds to the sums of `kRows` rows, `step` bytes apart. In assembly, because compilers do not add
// to high registers.
//
// Registers: r0 end of the inputs, r1, r2, r6 and r7 of the rows, r3 minus the taps that are left,
// r4 an input, r5 a weight, r8..r11 sums, r12 offset.
__attribute__((naked)) static void add_rows(
    int32_t* sums __attribute__((unused)), const struct inputs* inputs __attribute__((unused)),
    const int8_t* weights __attribute__((unused)), int32_t step __attribute__((unused))) {
  __asm__(
      ".syntax unified\n\t"
      "push {r0, r4-r7, lr}\n\t"
      PUSH_HIGH_REGISTERS
      "ldmia r0!, {r4-r7}\n\t"
      "mov r8, r4\n\t"
      "mov r9, r5\n\t"
      "mov r10, r6\n\t"
      "mov r11, r7\n\t"
      "ldmia r1!, {r0, r4, r5}\n\t"
      "mov r12, r5\n\t"
      "adds r0, r0, r4\n\t"
      "adds r1, r2, r4\n\t"
      "adds r2, r1, r3\n\t"
      "adds r6, r2, r3\n\t"
      "adds r7, r6, r3\n\t"
      "rsbs r3, r4, #0\n\t"
      "beq 3f\n"
      "1:\n\t"
      "lsls r4, r3, #30\n\t"
      "beq 2f\n\t" TAP
      "b 1b\n\t"
      ".balign 4\n"
      "4:\n\t" TAP TAP TAP TAP
      "2:\n\t"
      "cmp r3, #0\n\t"
      "bne 4b\n"
      "3:\n\t"
      "mov r0, r8\n\t"
      "mov r1, r9\n\t"
      "mov r2, r10\n\t"
      "mov r3, r11\n\t"
      POP_HIGH_REGISTERS
      "pop {r4}\n\t"
      "stmia r4!, {r0-r3}\n\t"
      "pop {r4-r7, pc}\n\t"
      ".syntax divided\n\t");
}
// clang-format on
#undef ROW
#undef TAP
#else
// Adds to the sums of `kRows` rows, `step` bytes apart.
static __attribute__((noinline)) void add_rows(int32_t* sums, const struct inputs* inputs,
                                               const int8_t* w0, int32_t step) {
  const int8_t* input = inputs->values;
  const int8_t* const end = input + inputs->depth;
  const int8_t* const even_end = input + (inputs->depth & ~1);
  const int8_t *w1 = w0 + step, *w2 = w1 + step, *w3 = w2 + step;
  const int32_t offset = inputs->offset;
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
#define TAP(i)                           \
  {                                      \
    const int32_t x = input[i] + offset; \
    s0 += w0[i] * x;                     \
    s1 += w1[i] * x;                     \
    s2 += w2[i] * x;                     \
    s3 += w3[i] * x;                     \
  }
  for (; input != even_end; input += 2, w0 += 2, w1 += 2, w2 += 2, w3 += 2) {
    TAP(0) TAP(1)
  }
  if (input != end) TAP(0)
#undef TAP
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}
#endif

// Sums of rows [first, first + count), from their biases and `correction`. Where fewer than kRows
// are left, the last is computed again.
static void sum_rows(const struct dense_layer* layer, const int8_t* input, int32_t first,
                     int32_t count, int32_t correction, int32_t* sums) {
  const int32_t depth = layer->p->input_depth;
  const struct inputs inputs = {input, depth, layer->p->input_offset};
  const int8_t* weights = layer->filter + first * depth;
  for (int32_t i = 0; i < count; ++i) {
    sums[i] = correction + (layer->bias ? layer->bias[first + i] : 0);
  }
  for (; count >= kRows; count -= kRows, sums += kRows, weights += kRows * depth) {
    add_rows(sums, &inputs, weights, depth);
  }
  for (; count > 0; --count, ++sums, weights += depth) {
    int32_t same[kRows] = {*sums};
    add_rows(same, &inputs, weights, 0);
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
