// What remembers a signal from one call to the next: delays, frames, stacks of frames and their
// sum.
#include <string.h>

#include "kernels/abi_signal.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/ring.h"

// The ring of outer row `row`.
static inline struct bl_ring* ring_of(void* state, int32_t row, int32_t capacity) {
  const size_t bytes = sizeof(struct bl_ring) + 2 * (size_t)capacity * sizeof(int16_t);
  return (struct bl_ring*)((char*)state + (size_t)row * bytes);
}

BL_ADDED_KERNEL(reference_signal_delay_s16)
int32_t reference_signal_delay_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_ring_params* p = params;
  const int16_t* input = operands[0];
  int16_t* output = operands[2];
  (void)scratch;
  for (int32_t row = 0; row < p->outer; ++row) {
    struct bl_ring* ring = ring_of(operands[1], row, p->capacity);
    ring_write(ring, p->capacity, input + row * p->length, p->length);
    ring_get(ring, p->length, output + row * p->length);
    ring_discard(ring, p->capacity, p->length);
  }
  return 0;
}

BL_ADDED_KERNEL(reference_signal_framer_s16)
int32_t reference_signal_framer_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_ring_params* p = params;
  const int16_t* input = operands[0];
  int16_t* output = operands[2];
  uint8_t* valid = operands[3];
  const int32_t frames = p->length / p->step;
  (void)scratch;
  *valid = 1;
  for (int32_t row = 0; row < p->outer; ++row) {
    struct bl_ring* ring = ring_of(operands[1], row, p->capacity);
    for (int32_t frame = 0; frame < frames; ++frame) {
      const int32_t index = row * frames + frame;
      ring_write(ring, p->capacity, input + index * p->step, p->step);
      if (ring_available(ring, p->capacity) >= p->size) {
        ring_get(ring, p->size, output + index * p->size);
        ring_discard(ring, p->capacity, p->step);
      } else {
        memset(output + index * p->size, 0, (size_t)p->size * sizeof *output);
        *valid = 0;
      }
    }
  }
  return 0;
}

BL_ADDED_KERNEL(reference_signal_stacker_s16)
int32_t reference_signal_stacker_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_stacker_params* p = params;
  const int16_t* input = operands[0];
  struct bl_ring* ring = operands[1];
  uint8_t* valid = operands[3];
  (void)scratch;
  // The first frame stands for those before it.
  const int32_t times = ring->flag ? 1 : 1 + p->left_context;
  for (int32_t i = 0; i < times; ++i) ring_write(ring, p->capacity, input, p->channels);
  ring->flag = 1;
  *valid = ring_available(ring, p->capacity) >= p->capacity;
  if (*valid) {
    ring_get(ring, p->capacity, operands[2]);
    ring_discard(ring, p->capacity, p->step);
  } else {
    memset(operands[2], 0, (size_t)p->capacity * sizeof(int16_t));
  }
  return 0;
}

#define OVERLAP_ADD(NAME, TYPE, SUM)                                               \
  BL_ADDED_KERNEL(NAME)                                                            \
  int32_t NAME(const void* params, void* const* operands, void* scratch) {         \
    const struct bl_signal_overlap_add_params* p = params;                         \
    const TYPE* input = operands[0];                                               \
    TYPE* output = operands[2];                                                    \
    (void)scratch;                                                                 \
    for (int32_t row = 0; row < p->outer; ++row) {                                 \
      TYPE* sums = (TYPE*)operands[1] + row * p->size;                             \
      for (int32_t frame = 0; frame < p->frames; ++frame) {                        \
        for (int32_t i = 0; i < p->size; ++i) sums[i] = SUM(sums[i], *input++);    \
        memcpy(output, sums, (size_t)p->step * sizeof *output);                    \
        memmove(sums, sums + p->step, (size_t)(p->size - p->step) * sizeof *sums); \
        memset(sums + p->size - p->step, 0, (size_t)p->step * sizeof *sums);       \
        output += p->step;                                                         \
      }                                                                            \
    }                                                                              \
    return 0;                                                                      \
  }
#define SUM_S16(a, b) (int16_t)bl_clamp((int32_t)(a) + (b), INT16_MIN, INT16_MAX)
#define SUM_F32(a, b) ((a) + (b))
OVERLAP_ADD(reference_signal_overlap_add_s16, int16_t, SUM_S16)
OVERLAP_ADD(reference_signal_overlap_add_f32, float, SUM_F32)
