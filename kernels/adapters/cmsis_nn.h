// Calls CMSIS-NN by the kernels' ABI (kernels/abi.h): its wrapper functions, which choose among its
// kernels as they do for TensorFlow Lite Micro. Written against the library's public headers; the
// HAS_… macros say what the version at hand has (cmsis_nn.yaml).
//
// The library reads dimensions, quantisation and clamp from structs of its own. Filling them is
// what TensorFlow Lite Micro's glue does on every call as well, so it belongs to the cost.
#ifndef BOARDLESS_KERNELS_ADAPTERS_CMSIS_NN_H_
#define BOARDLESS_KERNELS_ADAPTERS_CMSIS_NN_H_

#include "arm_nnfunctions.h"
#include "kernels/abi.h"
#include "kernels/abi_elementwise.h"

static inline cmsis_nn_dims dims_of(const int32_t* extent) {
  const cmsis_nn_dims dims = {extent[0], extent[1], extent[2], extent[3]};
  return dims;
}

static inline int32_t elements(const struct bl_broadcast* space) {
  return space->extent[0] * space->extent[1] * space->extent[2] * space->extent[3];
}

// Takes `bytes` from the scratch, which stays aligned to words.
static inline void* take(char** scratch, int32_t bytes) {
  void* taken = *scratch;
  *scratch += (bytes + 3) & ~3;
  return taken;
}

static inline int32_t words(int32_t bytes) { return (bytes + 3) & ~3; }

#endif  // BOARDLESS_KERNELS_ADAPTERS_CMSIS_NN_H_
