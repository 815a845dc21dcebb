// PAD, MEAN and the copy behind RESHAPE on the host.
#include <cstring>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/reference_kernels.h"

namespace boardless::workloads {

void reference_copy(const KernelCall& call) {
  const auto p = call.params<bl_copy_params>();
  std::memcpy(call.output<std::uint8_t>(), call.input<std::uint8_t>(0),
              static_cast<std::size_t>(p.bytes));
}

// The padding is written everywhere first; then each row of the input is copied into place.
template <class T>
void reference_pad(const KernelCall& call) {
  const auto p = call.params<bl_pad_params>();
  const T* input = call.input<T>(0);
  T* output = call.output<T>();
  std::int64_t extent[4];
  for (std::size_t i = 0; i < 4; ++i) {
    extent[i] = std::int64_t{p.before[i]} + p.input_extent[i] + p.after[i];
  }
  std::fill_n(output, extent[0] * extent[1] * extent[2] * extent[3], static_cast<T>(p.pad_value));
  for (std::int32_t i = 0; i < p.input_extent[0]; ++i) {
    for (std::int32_t j = 0; j < p.input_extent[1]; ++j) {
      for (std::int32_t k = 0; k < p.input_extent[2]; ++k) {
        const std::int64_t row =
            ((p.before[0] + i) * extent[1] + p.before[1] + j) * extent[2] + p.before[2] + k;
        std::copy_n(input, p.input_extent[3], output + row * extent[3] + p.before[3]);
        input += p.input_extent[3];
      }
    }
  }
}

// One pass in memory order: the stride of a reduced dimension in the array of sums is 0.
template <class T>
void reference_mean(const KernelCall& call) {
  const auto p = call.params<bl_mean_params>();
  const T* input = call.input<T>(0);
  T* output = call.output<T>();
  std::int64_t stride[4];
  std::int64_t outputs = 1;
  for (std::size_t i = 4; i-- > 0;) {
    stride[i] = p.reduce[i] != 0 ? 0 : outputs;
    if (p.reduce[i] == 0) outputs *= p.extent[i];
  }

  std::vector<std::int32_t> sums(static_cast<std::size_t>(outputs), p.count * p.input_offset);
  for (std::int32_t i = 0; i < p.extent[0]; ++i) {
    for (std::int32_t j = 0; j < p.extent[1]; ++j) {
      for (std::int32_t k = 0; k < p.extent[2]; ++k) {
        const std::int64_t row = i * stride[0] + j * stride[1] + k * stride[2];
        for (std::int32_t l = 0; l < p.extent[3]; ++l) {
          sums[static_cast<std::size_t>(row + l * stride[3])] += *input++;
        }
      }
    }
  }
  std::ranges::transform(sums, output, [&](std::int32_t sum) {
    const std::int32_t mean = call.rescale(sum, {p.output_multiplier, p.output_shift});
    return clamp_to_type<T>(mean + p.output_offset);
  });
}

template void reference_pad<std::int8_t>(const KernelCall&);
template void reference_pad<std::uint8_t>(const KernelCall&);
template void reference_mean<std::int8_t>(const KernelCall&);
template void reference_mean<std::uint8_t>(const KernelCall&);

}  // namespace boardless::workloads
