// The functions of one element: ABS, NEG, EXP, LOG, SQRT, RSQRT, SQUARE, SIN, COS, CEIL, FLOOR,
// ROUND and LOGICAL_NOT.
#include <cmath>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/float_functions.h"
#include "workloads/operators/inverse_root.h"
#include "workloads/operators/mapping.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {

PreparedOperator prepare_map(const OperatorView& view) {
  return view.finish(bl_map_params{element_count(view)}, view.all_operands());
}

namespace {

template <class Table, MakesTable<Table>* create>
constexpr OptionsCodec kEmptyTable{
    .read = read_nothing, .write = write_empty_table<Table, create>, .version = first_version};

constexpr OptionsCodec kAbsOptions{read_nothing,
                                   write_empty_table<tflite::AbsOptions, tflite::CreateAbsOptions>};

PreparedOperator requantized(const OperatorView& view, FixedMultiplier by) {
  const ValueRange range = type_range(view.output().type);
  return view.finish(bl_requantize_params{.count = element_count(view),
                                          .input_offset = affine_input(view, 0).offset,
                                          .output_offset = view.zero_point(view.output(), "output"),
                                          .output_multiplier = by.multiplier,
                                          .output_shift = by.shift,
                                          .activation_min = range.min,
                                          .activation_max = range.max},
                     view.all_operands());
}

PreparedOperator prepare_abs(const OperatorView& view) {
  if (view.kernel().input == DataType::kFloat32) return prepare_map(view);
  require_symmetric(view);
  const double real = affine_input(view, 0).scale / view.scale(view.output(), "output");
  return requantized(view, view.multiplier(real, largest_value(view.kernel().input)));
}

// Twenty bits below the root's units, which the second rescaling takes off again.
constexpr int kRootShift = 20;

PreparedOperator prepare_rsqrt(const OperatorView& view) {
  if (view.kernel().input == DataType::kFloat32) return prepare_map(view);
  require_symmetric(view);
  const float root = std::sqrt(view.scale(view.input(), "input"));
  const double real = 1.0 / double{root * view.scale(view.output(), "output")};
  const FixedMultiplier by = view.multiplier(real, 0);
  view.require_fits({by.multiplier, by.shift - kRootShift}, 1 << kRootShift);
  if (by.shift < kRootShift - 31) {
    view.not_modelled("output scale {} is too large for the reciprocal root of the input's",
                      view.scale(view.output(), "output"));
  }
  return requantized(view, by);
}

template <float (*function)(float)>
void answer_float(const KernelCall& call) {
  answer_map<float, float, bl_map_params>(
      call, [](float x, const bl_map_params&) { return function(x); });
}

std::int32_t requantized(const KernelCall& call, std::int32_t value, const bl_requantize_params& p,
                         int shift) {
  const std::int32_t scaled =
      call.rescale(value, {p.output_multiplier, p.output_shift - shift}) + p.output_offset;
  return std::clamp(scaled, p.activation_min, p.activation_max);
}

template <class E>
void answer_abs(const KernelCall& call) {
  using T = typename E::Storage;
  answer_map<T, T, bl_requantize_params>(call, [&](std::int32_t x, const bl_requantize_params& p) {
    return requantized(call, std::abs(x + p.input_offset), p, 0);
  });
}

// 0, and what has no root, has the largest value.
template <class E>
void answer_rsqrt(const KernelCall& call) {
  using T = typename E::Storage;
  answer_map<T, T, bl_requantize_params>(call, [&](std::int32_t x, const bl_requantize_params& p) {
    const std::int32_t steps = x + p.input_offset;
    if (steps <= 0) return p.activation_max;
    FixedMultiplier root = inverse_square_root(steps);
    root.shift += kRootShift;
    return requantized(call, call.rescale(1, root), p, kRootShift);
  });
}

void answer_not(const KernelCall& call) {
  answer_map<std::uint8_t, std::uint8_t, bl_map_params>(
      call, [](std::uint8_t x, const bl_map_params&) { return x == 0; });
}

float minus(float x) { return -x; }
float squared(float x) { return x * x; }
float one_over_root(float x) { return 1.0F / std::sqrt(x); }
// To the nearest integer, a half to the even one.
float nearest_even(float x) {
  const float below = std::floor(x);
  const float rest = x - below;
  if (rest < 0.5F) return below;
  const bool is_even = std::fmod(below, 2.0F) == 0;
  return rest == 0.5F && is_even ? below : below + 1.0F;
}

template <float (*function)(float)>
constexpr Kernel float_kernel(std::string_view stem) {
  return kernel<Float32>(stem, answer_float<function>);
}

constexpr Kernel kAbs[] = {kernel<Int8>("abs", answer_abs<Int8>),
                           kernel<Int16>("abs", answer_abs<Int16>), float_kernel<std::fabs>("abs")};
constexpr Kernel kRsqrt[] = {kernel<Int8>("rsqrt", answer_rsqrt<Int8>),
                             kernel<Int16>("rsqrt", answer_rsqrt<Int16>),
                             float_kernel<one_over_root>("rsqrt")};
constexpr Kernel kNeg[] = {float_kernel<minus>("neg")};
constexpr Kernel kSqrt[] = {float_kernel<std::sqrt>("sqrt")};
constexpr Kernel kSquare[] = {float_kernel<squared>("square")};
constexpr Kernel kCeil[] = {float_kernel<std::ceil>("ceil")};
constexpr Kernel kFloor[] = {float_kernel<std::floor>("floor")};
constexpr Kernel kRound[] = {float_kernel<nearest_even>("round")};
constexpr Kernel kExp[] = {within(kExpWithin, float_kernel<std::exp>("exp"))};
constexpr Kernel kLog[] = {within(kLogWithin, float_kernel<std::log>("log"))};
constexpr Kernel kSin[] = {within(kSineWithin, float_kernel<std::sin>("sin"))};
constexpr Kernel kCos[] = {within(kSineWithin, float_kernel<std::cos>("cos"))};
constexpr Kernel kLogicalNot[] = {kernel<Bool>("logical_not", answer_not)};

constexpr OperatorRecord record(OpKind kind, std::span<const Kernel> kernels,
                                const OptionsCodec* options = &kNoOptions,
                                PreparedOperator (*prepare)(const OperatorView&) = prepare_map,
                                LayerClass layer_class = LayerClass::kElementwise,
                                std::string_view note = {}) {
  return {.kind = kind,
          .signature = Signature{},
          .options = options,
          .layer_class = layer_class,
          .prepare = prepare,
          .kernels = kernels,
          .note = note};
}

constexpr OperatorRecord kRecords[] = {
    unlike_lite("int16: between two scales some answers are 1 apart",
                record(OpKind::kAbs, kAbs, &kAbsOptions, prepare_abs)),
    record(OpKind::kRsqrt, kRsqrt, &kNoOptions, prepare_rsqrt, LayerClass::kTable,
           "int8, int16: below the zero point the largest value; there the run ends"),
    record(OpKind::kNeg, kNeg, &kEmptyTable<tflite::NegOptions, tflite::CreateNegOptions>),
    record(OpKind::kSqrt, kSqrt, &kNoOptions, prepare_map, LayerClass::kTable),
    record(OpKind::kSquare, kSquare,
           &kEmptyTable<tflite::SquareOptions, tflite::CreateSquareOptions>),
    record(OpKind::kExp, kExp, &kEmptyTable<tflite::ExpOptions, tflite::CreateExpOptions>,
           prepare_map, LayerClass::kTable),
    record(OpKind::kLog, kLog, &kNoOptions, prepare_map, LayerClass::kTable),
    record(OpKind::kSin, kSin, &kNoOptions, prepare_map, LayerClass::kTable),
    record(OpKind::kCos, kCos, &kEmptyTable<tflite::CosOptions, tflite::CreateCosOptions>,
           prepare_map, LayerClass::kTable),
    record(OpKind::kCeil, kCeil),
    record(OpKind::kFloor, kFloor),
    record(OpKind::kRound, kRound),
    record(OpKind::kLogicalNot, kLogicalNot,
           &kEmptyTable<tflite::LogicalNotOptions, tflite::CreateLogicalNotOptions>),
};

}  // namespace

std::span<const OperatorRecord> elementary_operators() { return kRecords; }

}  // namespace boardless::workloads
