// Squared magnitudes of a spectrum.
#include <string.h>

#include "kernels/abi_signal.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(reference_signal_energy_s16_u32)
int32_t reference_signal_energy_s16_u32(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_energy_params* p = params;
  const int16_t* input = operands[0];
  uint32_t* output = operands[1];
  (void)scratch;
  memset(output, 0, (size_t)p->start * sizeof *output);
  for (int32_t i = p->start; i < p->end; ++i) {
    const int32_t real = input[2 * i], imaginary = input[2 * i + 1];
    output[i] = (uint32_t)(real * real) + (uint32_t)(imaginary * imaginary);
  }
  memset(output + p->end, 0, (size_t)(p->count - p->end) * sizeof *output);
  return 0;
}
