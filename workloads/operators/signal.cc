// The Signal library's operators before and behind a transform: windows, scaling, energies. Custom
// operators of TensorFlow Lite Micro.
#include <algorithm>
#include <bit>
#include <cstdint>

#include "kernels/abi_signal.h"
#include "workloads/operators/custom_options.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/signal_record.h"

namespace boardless::workloads {
namespace {

PreparedOperator prepare_window(const OperatorView& view) {
  const CustomOptions options(view);
  view.require_type(view.input(1), "weights", DataType::kInt16);
  require_rank(view, view.input(1), "weights", 1);
  require_same_shape(view, view.output(), view.input());
  const std::int32_t size = view.input(1).shape[0];
  const std::int64_t count = view.input().elements();
  if (count % size != 0) {
    view.fail("input {} is not made of windows of {}", shape_text(view.input()), size);
  }
  const bl_signal_window_params params{.frames = static_cast<std::int32_t>(count / size),
                                       .size = size,
                                       .shift = options.integer("shift", 0, 31)};
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

void answer_window(const KernelCall& call) {
  const auto p = call.params<bl_signal_window_params>();
  const auto* input = call.input<std::int16_t>(0);
  const auto* weights = call.input<std::int16_t>(1);
  for (std::int64_t i = 0; i < std::int64_t{p.frames} * p.size; ++i) {
    call.output<std::int16_t>()[i] =
        clamp_to_type<std::int16_t>((input[i] * weights[i % p.size]) >> p.shift);
  }
}

PreparedOperator prepare_auto_scale(const OperatorView& view) {
  require_rank(view, view.input(), "input", 1);
  require_same_shape(view, view.output(), view.input());
  require_one(view, view.output(1), "output 1", DataType::kInt32);
  const bl_signal_auto_scale_params params{.count = view.input().shape[0]};
  return view.finish(params,
                     {view.tensor_operand(0), view.output_operand(), view.output_operand(1)});
}

// TensorFlow Lite Micro keeps the largest magnitude in 16 bits: that of -32768 is negative, and the
// next value is larger.
void answer_auto_scale(const KernelCall& call) {
  const auto p = call.params<bl_signal_auto_scale_params>();
  const std::span input(call.input<std::int16_t>(0), static_cast<std::size_t>(p.count));
  std::int16_t largest = 0;
  for (const std::int16_t value : input) {
    const int magnitude = value > largest ? value : -value;
    if (magnitude > largest) largest = static_cast<std::int16_t>(magnitude);
  }
  const int bits = largest > 0 ? 15 - std::bit_width(static_cast<unsigned>(largest)) : 0;
  auto* output = reinterpret_cast<std::int16_t*>(call.operands[1]);
  for (const std::int16_t value : input) {
    *output++ = static_cast<std::int16_t>(value * (1 << bits));
  }
  *call.output<std::int32_t>() = bits;
}

PreparedOperator prepare_energy(const OperatorView& view) {
  const CustomOptions options(view);
  require_rank(view, view.input(), "input", 1);
  require_rank(view, view.output(), "output", 1);
  const std::int32_t count = view.output().shape[0];
  const std::int32_t end = options.integer("end_index", 0, count);
  const bl_signal_energy_params params{
      .count = count, .start = options.integer("start_index", 0, end), .end = end};
  if (view.input().shape[0] / 2 < end) {
    view.fail("input {} ends before the energies that are asked for, at {}",
              shape_text(view.input()), end);
  }
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

void answer_energy(const KernelCall& call) {
  const auto p = call.params<bl_signal_energy_params>();
  const auto* input = call.input<std::int16_t>(0);
  for (std::int32_t i = 0; i < p.count; ++i) {
    const std::int64_t real = input[2 * i];
    const std::int64_t imaginary = input[2 * i + 1];
    const bool is_asked = i >= p.start && i < p.end;
    call.output<std::uint32_t>()[i] =
        is_asked ? static_cast<std::uint32_t>(real * real + imaginary * imaginary) : 0;
  }
}

constexpr Kernel kWindow[] = {kernel<Int16>("signal_window", answer_window)};
constexpr Kernel kAutoScale[] = {kernel<Int16>("signal_fft_auto_scale", answer_auto_scale)};
constexpr Kernel kEnergy[] = {converting_kernel<Int16, UInt32>("signal_energy", answer_energy)};

constexpr OperatorRecord kRecords[] = {
    signal_record("SignalWindow", 2, 1, prepare_window, kWindow),
    signal_record("SignalFftAutoScale", 1, 2, prepare_auto_scale, kAutoScale),
    signal_record(
        "SignalEnergy", 1, 1, prepare_energy, kEnergy,
        "energies outside start_index and end_index are 0; there they keep what the arena held"),
};

}  // namespace

std::span<const OperatorRecord> signal_operators() { return kRecords; }

}  // namespace boardless::workloads
