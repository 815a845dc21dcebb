// CAST: each element as the nearest value of another type, whatever its scale.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

#include "kernels/abi.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kCastOptions{
    .read = read_nothing,
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph& graph, const Operator& op) {
          const auto from = static_cast<std::int8_t>(operand(graph, op.inputs, 0).type);
          const auto to = static_cast<std::int8_t>(operand(graph, op.outputs, 0).type);
          return WrittenOptions{tflite::BuiltinOptions::CastOptions,
                                tflite::CreateCastOptions(builder, from, to).Union()};
        },
    .version = first_version};

PreparedOperator prepare_cast(const OperatorView& view) {
  view.require_shape(view.output(), "output", view.input().shape);
  const bl_cast_params params{.count = static_cast<std::int32_t>(view.input().elements())};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// C++ leaves a float outside an integer's range undefined; it becomes the nearest in it,
// not-a-number 0.
template <class To, class From>
To cast(From value) {
  if constexpr (std::is_same_v<From, float> && std::is_integral_v<To>) {
    if (std::isnan(value)) return 0;
    const auto wide = static_cast<double>(value);
    return static_cast<To>(std::clamp(wide, static_cast<double>(std::numeric_limits<To>::min()),
                                      static_cast<double>(std::numeric_limits<To>::max())));
  }
  return static_cast<To>(value);
}

template <class In, class Out>
void answer_cast(const KernelCall& call) {
  using From = typename In::Storage;
  using To = typename Out::Storage;
  const auto p = call.params<bl_cast_params>();
  const From* input = call.input<From>(0);
  std::transform(input, input + p.count, call.output<To>(), cast<To, From>);
}

constexpr std::size_t kOutputs = 5;

template <class In>
constexpr std::array<Kernel, kOutputs> casts_from() {
  return {converting_kernel<In, Int8>("cast", answer_cast<In, Int8>),
          converting_kernel<In, Int16>("cast", answer_cast<In, Int16>),
          converting_kernel<In, Int32>("cast", answer_cast<In, Int32>),
          converting_kernel<In, UInt32>("cast", answer_cast<In, UInt32>),
          converting_kernel<In, Float32>("cast", answer_cast<In, Float32>)};
}

constexpr std::array kByInput{casts_from<Int8>(),   casts_from<Int16>(), casts_from<Int32>(),
                              casts_from<UInt32>(), casts_from<Bool>(),  casts_from<Float32>()};

template <std::size_t... i>
constexpr std::array<Kernel, sizeof...(i)> one_after_another(std::index_sequence<i...>) {
  return {kByInput[i / kOutputs][i % kOutputs]...};
}

constexpr auto kCast = one_after_another(std::make_index_sequence<kOutputs * kByInput.size()>{});

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kCast,
     .signature = Signature{},
     .options = &kCastOptions,
     .prepare = prepare_cast,
     .kernels = kCast},
};

}  // namespace

std::span<const OperatorRecord> casting_operators() { return kRecords; }

}  // namespace boardless::workloads
