// PACK and UNPACK on elements of any width.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

#define PACK(bits)                                                                           \
  BL_ADDED_KERNEL(reference_pack_b##bits)                                                    \
  int32_t reference_pack_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_pack_params p = *(const struct bl_pack_params*)params;                   \
    int##bits##_t* output = operands[p.count];                                               \
    (void)scratch;                                                                           \
    for (int32_t i = 0; i < p.count; ++i) {                                                  \
      const int##bits##_t* input = operands[i];                                              \
      for (int32_t k = 0; k < p.outer; ++k) {                                                \
        const int##bits##_t* from = input + p.copied * k;                                    \
        int##bits##_t* to = output + (k * p.count + i) * p.copied;                           \
        for (int32_t j = 0; j < p.copied; ++j) to[j] = from[j];                              \
      }                                                                                      \
    }                                                                                        \
    return 0;                                                                                \
  }

PACK(8)
PACK(16)
PACK(32)
PACK(64)

#define UNPACK(bits)                                                                           \
  BL_ADDED_KERNEL(reference_unpack_b##bits)                                                    \
  int32_t reference_unpack_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_pack_params p = *(const struct bl_pack_params*)params;                     \
    const int##bits##_t* input = operands[0];                                                  \
    (void)scratch;                                                                             \
    for (int32_t i = 0; i < p.count; ++i) {                                                    \
      int##bits##_t* output = operands[1 + i];                                                 \
      for (int32_t k = 0; k < p.outer; ++k) {                                                  \
        int##bits##_t* to = output + p.copied * k;                                             \
        const int##bits##_t* from = input + (k * p.count + i) * p.copied;                      \
        for (int32_t j = 0; j < p.copied; ++j) to[j] = from[j];                                \
      }                                                                                        \
    }                                                                                          \
    return 0;                                                                                  \
  }

UNPACK(8)
UNPACK(16)
UNPACK(32)
