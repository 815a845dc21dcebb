// A ring of int16 that is stored twice (struct bl_ring), as the Signal library keeps it.
#ifndef BOARDLESS_KERNELS_REFERENCE_RING_H_
#define BOARDLESS_KERNELS_REFERENCE_RING_H_

#include <string.h>

#include "kernels/abi_signal.h"

static inline int16_t* ring_values(struct bl_ring* ring) { return (int16_t*)(ring + 1); }

static inline int32_t ring_available(const struct bl_ring* ring, int32_t capacity) {
  const int32_t difference = ring->write - ring->read;
  if (difference > 0) return difference;
  if (difference < 0) return capacity + difference;
  return ring->is_empty ? 0 : capacity;
}

// `count` values, for which there must be room.
static inline void ring_write(struct bl_ring* ring, int32_t capacity, const int16_t* values,
                              int32_t count) {
  if (count == 0) return;
  int16_t* buffer = ring_values(ring);
  const int32_t room = capacity - ring->write;
  const int32_t first = count < room ? count : room;
  memcpy(buffer + ring->write, values, (size_t)count * sizeof *values);
  memcpy(buffer + capacity + ring->write, values, (size_t)first * sizeof *values);
  if (count > first) memcpy(buffer, values + first, (size_t)(count - first) * sizeof *values);
  ring->write = count < room ? ring->write + count : count - room;
  ring->is_empty = 0;
}

// The oldest `count` values, which must be there.
static inline void ring_get(struct bl_ring* ring, int32_t count, int16_t* values) {
  memcpy(values, ring_values(ring) + ring->read, (size_t)count * sizeof *values);
}

static inline void ring_discard(struct bl_ring* ring, int32_t capacity, int32_t count) {
  ring->read += count;
  if (ring->read >= capacity) ring->read -= capacity;
  if (ring->read == ring->write) ring->is_empty = 1;
}

#endif  // BOARDLESS_KERNELS_REFERENCE_RING_H_
