// ADD, MUL, QUANTIZE, DEQUANTIZE and the rescaling behind RELU and RELU6 on the host.
#include <cmath>

#include "kernels/abi.h"
#include "workloads/operators/reference_kernels.h"

namespace boardless::workloads {
namespace {

// Stores combine(a, b) for every element of the output.
template <class T, class Combine>
void broadcast(const KernelCall& call, const bl_broadcast& space, Combine combine) {
  const T* a = call.input<T>(0);
  const T* b = call.input<T>(1);
  T* output = call.output<T>();
  const auto& n = space.extent;
  const std::int64_t count = std::int64_t{n[0]} * n[1] * n[2] * n[3];
  for (std::int64_t number = 0; number < count; ++number) {
    std::int64_t rest = number;
    std::int64_t at_a = 0;
    std::int64_t at_b = 0;
    for (std::size_t i = 4; i-- > 0; rest /= n[i]) {
      at_a += rest % n[i] * space.stride1[i];
      at_b += rest % n[i] * space.stride2[i];
    }
    output[number] = combine(std::int32_t{a[at_a]}, std::int32_t{b[at_b]});
  }
}

}  // namespace

template <class T>
void reference_add(const KernelCall& call) {
  const auto p = call.params<bl_add_params>();
  const std::int32_t unit = 1 << p.left_shift;
  broadcast<T>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    const std::int32_t sum =
        call.rescale((a + p.input1_offset) * unit, {p.input1_multiplier, p.input1_shift}) +
        call.rescale((b + p.input2_offset) * unit, {p.input2_multiplier, p.input2_shift});
    const std::int32_t result = call.rescale(sum, {p.output_multiplier, p.output_shift});
    return clamp_to<T>(result + p.output_offset, p.activation_min, p.activation_max);
  });
}

template <class T>
void reference_mul(const KernelCall& call) {
  const auto p = call.params<bl_mul_params>();
  broadcast<T>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    const std::int32_t product = (a + p.input1_offset) * (b + p.input2_offset);
    const std::int32_t result = call.rescale(product, {p.output_multiplier, p.output_shift});
    return clamp_to<T>(result + p.output_offset, p.activation_min, p.activation_max);
  });
}

template <class In, class Out>
void reference_requantize(const KernelCall& call) {
  const auto p = call.params<bl_requantize_params>();
  const In* input = call.input<In>(0);
  std::transform(input, input + p.count, call.output<Out>(), [&](In value) {
    const std::int32_t result =
        call.rescale(value + p.input_offset, {p.output_multiplier, p.output_shift});
    return clamp_to<Out>(result + p.output_offset, p.activation_min, p.activation_max);
  });
}

// In float, as TFLite divides and rounds. Not a number becomes the lowest value.
template <class T>
void reference_quantize(const KernelCall& call) {
  const auto p = call.params<bl_quantize_params>();
  const float* input = call.input<float>(0);
  const auto lowest = static_cast<float>(std::numeric_limits<T>::min() - p.zero_point);
  const auto highest = static_cast<float>(std::numeric_limits<T>::max() - p.zero_point);
  std::transform(input, input + p.count, call.output<T>(), [&](float value) {
    const float steps = std::round(value / p.scale);
    const float kept = steps > lowest ? std::min(steps, highest) : lowest;
    return static_cast<T>(static_cast<std::int32_t>(kept) + p.zero_point);
  });
}

template <class T>
void reference_dequantize(const KernelCall& call) {
  const auto p = call.params<bl_dequantize_params>();
  const T* input = call.input<T>(0);
  std::transform(input, input + p.count, call.output<float>(),
                 [&](T value) { return p.scale * static_cast<float>(value - p.zero_point); });
}

template void reference_add<std::int8_t>(const KernelCall&);
template void reference_add<std::uint8_t>(const KernelCall&);
template void reference_mul<std::int8_t>(const KernelCall&);
template void reference_mul<std::uint8_t>(const KernelCall&);
template void reference_requantize<std::int8_t, std::int8_t>(const KernelCall&);
template void reference_requantize<std::int8_t, std::uint8_t>(const KernelCall&);
template void reference_requantize<std::uint8_t, std::int8_t>(const KernelCall&);
template void reference_requantize<std::uint8_t, std::uint8_t>(const KernelCall&);
template void reference_quantize<std::int8_t>(const KernelCall&);
template void reference_quantize<std::uint8_t>(const KernelCall&);
template void reference_dequantize<std::int8_t>(const KernelCall&);
template void reference_dequantize<std::uint8_t>(const KernelCall&);

}  // namespace boardless::workloads
