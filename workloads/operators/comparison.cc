// EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, LOGICAL_AND and LOGICAL_OR.
#include <functional>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/arithmetic.h"
#include "workloads/operators/families.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

template <class Table, MakesTable<Table>* create>
constexpr OptionsCodec kEmptyTable{.read = read_nothing, .write = write_empty_table<Table, create>};

// Each input by its own scale, in TFLite below 1; eight bits below it are kept.
FixedMultiplier scale_below_one(const OperatorView& view, std::size_t i, int left_shift) {
  const double scale = affine_input(view, i).scale;
  if (scale >= 1.0) view.not_modelled("input {} has scale {}; supported: below 1", i, scale);
  return view.multiplier(scale, largest_value(view.kernel().input) << left_shift);
}

PreparedOperator prepare_comparison(const OperatorView& view) {
  constexpr int kLeftShift = 8;
  view.require_type(view.input(1), "input 1", view.kernel().input);
  if (is_plain(view.kernel().input)) return prepare_binary(view);
  const FixedMultiplier by_a = scale_below_one(view, 0, kLeftShift);
  const FixedMultiplier by_b = scale_below_one(view, 1, kLeftShift);
  return view.finish(bl_comparison_params{.broadcast = broadcast(view),
                                          .left_shift = kLeftShift,
                                          .input1_offset = affine_input(view, 0).offset,
                                          .input1_multiplier = by_a.multiplier,
                                          .input1_shift = by_a.shift,
                                          .input2_offset = affine_input(view, 1).offset,
                                          .input2_multiplier = by_b.multiplier,
                                          .input2_shift = by_b.shift},
                     view.all_operands());
}

template <class E, class Compare>
void answer_plain(const KernelCall& call) {
  using T = typename E::Storage;
  answer_broadcast<T, T, std::uint8_t>(call, call.params<bl_binary_params>().broadcast,
                                       [](T a, T b) { return Compare{}(a, b) ? 1 : 0; });
}

template <class E, class Compare>
void answer_quantized(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_comparison_params>();
  const std::int32_t unit = 1 << p.left_shift;
  answer_broadcast<T, T, std::uint8_t>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    const std::int32_t first =
        call.rescale((a + p.input1_offset) * unit, {p.input1_multiplier, p.input1_shift});
    const std::int32_t second =
        call.rescale((b + p.input2_offset) * unit, {p.input2_multiplier, p.input2_shift});
    return Compare{}(first, second) ? 1 : 0;
  });
}

// Of the operator STEM on elements E, whose output is bool.
template <class E>
constexpr Kernel to_bool(std::string_view stem, HostAnswer host) {
  return {KernelName(stem, {E::kSuffix}), E::kType, DataType::kBool, host, {}};
}

template <class Compare>
struct Kernels {
  static constexpr std::array<Kernel, 4> of(std::string_view stem) {
    return {to_bool<Int8>(stem, answer_quantized<Int8, Compare>),
            to_bool<Int32>(stem, answer_plain<Int32, Compare>),
            to_bool<Int64>(stem, answer_plain<Int64, Compare>),
            to_bool<Float32>(stem, answer_plain<Float32, Compare>)};
  }
  static constexpr std::array<Kernel, 5> with(std::string_view stem, const Kernel& further) {
    const std::array<Kernel, 4> all = of(stem);
    return {all[0], all[1], all[2], all[3], further};
  }
};

constexpr auto kEqual = Kernels<std::equal_to<>>::with(
    "equal", to_bool<Bool>("equal", answer_plain<Bool, std::equal_to<>>));
constexpr auto kNotEqual = Kernels<std::not_equal_to<>>::with(
    "not_equal", to_bool<Bool>("not_equal", answer_plain<Bool, std::not_equal_to<>>));
// TFLite Micro takes int16 for GREATER alone.
constexpr auto kGreater = Kernels<std::greater<>>::with(
    "greater", to_bool<Int16>("greater", answer_quantized<Int16, std::greater<>>));
constexpr auto kGreaterEqual = Kernels<std::greater_equal<>>::of("greater_equal");
constexpr auto kLess = Kernels<std::less<>>::of("less");
constexpr auto kLessEqual = Kernels<std::less_equal<>>::of("less_equal");
constexpr Kernel kAnd[] = {to_bool<Bool>("logical_and", answer_plain<Bool, std::logical_and<>>)};
constexpr Kernel kOr[] = {to_bool<Bool>("logical_or", answer_plain<Bool, std::logical_or<>>)};

constexpr OperatorRecord record(OpKind kind, const OptionsCodec* options,
                                std::span<const Kernel> kernels, std::string_view note = {}) {
  return {.kind = kind,
          .signature = Signature{.min_inputs = 2, .max_inputs = 2},
          .options = options,
          .prepare = prepare_comparison,
          .kernels = kernels,
          .note = note};
}

constexpr OperatorRecord kRecords[] = {
    record(OpKind::kEqual, &kEmptyTable<tflite::EqualOptions, tflite::CreateEqualOptions>, kEqual),
    record(OpKind::kNotEqual, &kEmptyTable<tflite::NotEqualOptions, tflite::CreateNotEqualOptions>,
           kNotEqual),
    record(OpKind::kGreater, &kEmptyTable<tflite::GreaterOptions, tflite::CreateGreaterOptions>,
           kGreater, "int16: compared; there the scales are not prepared, and the answer is false"),
    record(OpKind::kGreaterEqual,
           &kEmptyTable<tflite::GreaterEqualOptions, tflite::CreateGreaterEqualOptions>,
           kGreaterEqual),
    record(OpKind::kLess, &kEmptyTable<tflite::LessOptions, tflite::CreateLessOptions>, kLess),
    record(OpKind::kLessEqual,
           &kEmptyTable<tflite::LessEqualOptions, tflite::CreateLessEqualOptions>, kLessEqual),
    record(OpKind::kLogicalAnd,
           &kEmptyTable<tflite::LogicalAndOptions, tflite::CreateLogicalAndOptions>, kAnd),
    record(OpKind::kLogicalOr,
           &kEmptyTable<tflite::LogicalOrOptions, tflite::CreateLogicalOrOptions>, kOr),
};

}  // namespace

std::span<const OperatorRecord> comparison_operators() { return kRecords; }

}  // namespace boardless::workloads
