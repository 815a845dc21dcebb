// Walks a dense 4-D array of which some dimensions are reduced away.
#ifndef BOARDLESS_KERNELS_REFERENCE_REDUCE_H_
#define BOARDLESS_KERNELS_REFERENCE_REDUCE_H_

#include <stdint.h>

static inline int32_t reduced_count(const int32_t* extent, const int32_t* reduce) {
  int32_t count = 1;
  for (int i = 0; i < 4; ++i) {
    if (!reduce[i]) count *= extent[i];
  }
  return count;
}

// Offset of `index` in the dense array of the dimensions that are kept; all of them without
// `reduce`.
static inline int32_t reduced_offset(const int32_t* extent, const int32_t* index,
                                     const int32_t* reduce) {
  int32_t offset = 0;
  for (int i = 0; i < 4; ++i) {
    if (reduce && reduce[i]) continue;
    offset = offset * extent[i] + index[i];
  }
  return offset;
}

// Moves `index` to the next element in memory order; 0 after the last.
static inline int next_index(const int32_t* extent, int32_t* index) {
  for (int i = 3; i >= 0; --i) {
    if (++index[i] < extent[i]) return 1;
    index[i] = 0;
  }
  return 0;
}

// Has every element of `input` join its result: results[…] = JOIN(results[…], element).
#define REDUCE(EXTENT, FLAGS, INPUT, RESULTS, JOIN)                             \
  do {                                                                          \
    int32_t index[4] = {0, 0, 0, 0};                                            \
    do {                                                                        \
      const int32_t at = reduced_offset(EXTENT, index, FLAGS);                  \
      RESULTS[at] = JOIN(RESULTS[at], INPUT[reduced_offset(EXTENT, index, 0)]); \
    } while (next_index(EXTENT, index));                                        \
  } while (0)

#endif  // BOARDLESS_KERNELS_REFERENCE_REDUCE_H_
