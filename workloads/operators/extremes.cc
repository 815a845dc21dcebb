// MAXIMUM and MINIMUM of two tensors. TFLite compares numbers as they are stored, so all operands
// must be quantised alike.
#include "kernels/abi_elementwise.h"
#include "workloads/operators/arithmetic.h"
#include "workloads/operators/families.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kMaximumMinimumOptions{
    read_nothing,
    write_empty_table<tflite::MaximumMinimumOptions, tflite::CreateMaximumMinimumOptions>};

PreparedOperator prepare_extreme(const OperatorView& view) {
  if (!is_plain(view.kernel().input)) {
    for (std::size_t i = 0; i < 2; ++i) view.require_quantized_as_output(i);
  }
  return prepare_binary(view);
}

template <class E, bool larger>
void answer_extreme(const KernelCall& call) {
  using T = typename E::Storage;
  answer_broadcast<T, T, T>(call, call.params<bl_binary_params>().broadcast, [](T a, T b) {
    if constexpr (larger) return a > b ? a : b;
    return a < b ? a : b;
  });
}

constexpr Kernel kMaximum[] = {kernel<Int8>("maximum", answer_extreme<Int8, true>),
                               kernel<UInt8>("maximum", answer_extreme<UInt8, true>),
                               kernel<Int16>("maximum", answer_extreme<Int16, true>),
                               kernel<Int32>("maximum", answer_extreme<Int32, true>),
                               kernel<Int64>("maximum", answer_extreme<Int64, true>),
                               kernel<Float32>("maximum", answer_extreme<Float32, true>)};
constexpr Kernel kMinimum[] = {kernel<Int8>("minimum", answer_extreme<Int8, false>),
                               kernel<UInt8>("minimum", answer_extreme<UInt8, false>),
                               kernel<Int16>("minimum", answer_extreme<Int16, false>),
                               kernel<Int32>("minimum", answer_extreme<Int32, false>),
                               kernel<Int64>("minimum", answer_extreme<Int64, false>),
                               kernel<Float32>("minimum", answer_extreme<Float32, false>)};

constexpr OperatorRecord record(OpKind kind, std::span<const Kernel> kernels) {
  return {.kind = kind,
          .signature = Signature{.min_inputs = 2, .max_inputs = 2},
          .options = &kMaximumMinimumOptions,
          .prepare = prepare_extreme,
          .kernels = kernels,
          .note = "operands quantised differently are refused; there what is stored is compared"};
}

constexpr OperatorRecord kRecords[] = {record(OpKind::kMaximum, kMaximum),
                                       record(OpKind::kMinimum, kMinimum)};

}  // namespace

std::span<const OperatorRecord> extreme_operators() { return kRecords; }

}  // namespace boardless::workloads
