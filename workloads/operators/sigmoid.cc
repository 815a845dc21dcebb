// LOGISTIC and TANH: in fixed point on int8, by an interpolated table on int16, as the C library
// has them on floats.
#include <array>
#include <cmath>
#include <limits>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/families.h"
#include "workloads/operators/fixed_exponential.h"
#include "workloads/operators/float_functions.h"
#include "workloads/operators/mapping.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

void require_output(const OperatorView& view, float scale, std::int32_t zero_point) {
  const Tensor& output = view.output();
  const float given = view.scale(output, "output");
  if (std::abs(given / scale - 1.0F) <= 1e-3F && view.zero_point(output, "output") == zero_point) {
    return;
  }
  view.fail("output has scale {} and zero point {}; its definition gives {} and {}", given,
            view.zero_point(output, "output"), scale, zero_point);
}

constexpr int kInputIntegerBits = 4;  // Q4.27

// Steps from zero on that are past what Q4.27 holds are at the limit.
bl_sigmoid_params int8_params(const OperatorView& view) {
  constexpr int kFractionBits = 31 - kInputIntegerBits;
  const AffineInput input = affine_input(view, 0);
  const FixedMultiplier by = quantize_multiplier(std::ldexp(input.scale, kFractionBits));
  if (by.shift < 0 || by.shift > 30) {
    view.not_modelled("input scale {} is outside what {} fraction bits hold", input.scale,
                      kFractionBits);
  }
  const double most = (1 << kInputIntegerBits) - 1;
  return {.count = element_count(view),
          .input_offset = input.offset,
          .radius = static_cast<std::int32_t>(std::ldexp(most, kFractionBits - by.shift)),
          .input_multiplier = by.multiplier,
          .input_shift = by.shift};
}

// The scale in steps of a third of 2^-12 as a multiplier of 15 bits, truncated; exactly three times
// a power of two where the scale is 2^-12, or up to `most_exact_shift` steps above.
bl_sigmoid_params int16_params(const OperatorView& view, int most_exact_shift) {
  require_symmetric(view);
  const double scale = affine_input(view, 0).scale;
  bl_sigmoid_params params{.count = element_count(view),
                           .input_offset = 0,
                           .radius = 0,
                           .input_multiplier = 0,
                           .input_shift = 0};
  for (int shift = 0; shift <= most_exact_shift; ++shift) {
    // A power of two within a thousandth is taken for one.
    const double nearest = std::ldexp(1.0, shift - 12);
    if (std::abs(std::log2(scale / nearest)) < 1e-3) {
      params.input_multiplier = 3 << shift;
      return params;
    }
  }
  double multiplier = scale * 4096 * 3;
  for (; multiplier <= 32767.0 / 2 && params.input_shift <= 30; ++params.input_shift) {
    multiplier *= 2;
  }
  if (multiplier >= 32768) view.not_modelled("input scale {}; supported: up to 2.66", scale);
  params.input_multiplier = static_cast<std::int32_t>(multiplier);
  return params;
}

PreparedOperator prepare_sigmoid(const OperatorView& view) {
  const bool is_tanh = view.op().kind == OpKind::kTanh;
  const DataType type = view.kernel().input;
  if (type == DataType::kFloat32) return prepare_map(view);
  if (type == DataType::kInt16) {
    require_output(view, 1.0F / 32768, 0);
    return view.finish(int16_params(view, is_tanh ? 1 : 0), view.all_operands());
  }
  require_output(view, is_tanh ? 1.0F / 128 : 1.0F / 256, is_tanh ? 0 : -128);
  return view.finish(int8_params(view), view.all_operands());
}

// 1 / (1 + exp(-x)) and tanh(x) for x in Q4.27, as Q0.31.
std::int32_t fixed_logistic(std::int32_t x) {
  if (x == 0) return 1 << 30;
  const std::int32_t positive =
      reciprocal_of_one_plus(exp_of_negative(-std::abs(x), kInputIntegerBits));
  return x > 0 ? positive : std::numeric_limits<std::int32_t>::max() - positive;
}

std::int32_t fixed_tanh(std::int32_t x) {
  if (x == 0) return 0;
  // 2 x is x with one integer bit more; (1 - e) / (1 + e) is 2 / (1 + e) less one.
  const std::int32_t e = exp_of_negative(-std::abs(x), kInputIntegerBits + 1);
  const std::int32_t positive = saturating_shift_left(two_over_one_plus(e) - (1 << 29), 2);
  return x < 0 ? -positive : positive;
}

template <bool is_tanh>
void answer_int8(const KernelCall& call) {
  answer_map<std::int8_t, std::int8_t, bl_sigmoid_params>(
      call, [&](std::int32_t value, const bl_sigmoid_params& p) {
        const std::int32_t steps = value + p.input_offset;
        if (std::abs(steps) >= p.radius) return steps < 0 ? -128 : 127;
        const std::int32_t x = call.rescale(steps, {p.input_multiplier, p.input_shift});
        const std::int32_t result = is_tanh ? rounding_shift_right(fixed_tanh(x), 24)
                                            : rounding_shift_right(fixed_logistic(x), 23) - 128;
        return std::clamp(result, -128, 127);
      });
}

// The sigmoid of k / 24 in units of 2^-16, raised by half of what the chord to the next lies below
// the curve in its middle; the last is at the limit.
std::array<std::int32_t, 256> sigmoid_table() {
  std::array<std::int32_t, 256> table{};
  const auto curve = [](double k) { return 65536 / (1 + std::exp(-k / 24)); };
  for (std::size_t k = 0; k + 1 < table.size(); ++k) {
    const auto at = static_cast<double>(k);
    const double chord = (curve(at) + curve(at + 1)) / 2;
    table[k] = static_cast<std::int32_t>(std::lround(curve(at) + (curve(at + 0.5) - chord) / 2));
  }
  table.back() = 65535;
  return table;
}

// The sigmoid of x >= 0 in steps of 2^-fraction_bits / 24, with `fraction_bits` more than 16 bits.
std::int32_t interpolated(std::int32_t x, int fraction_bits, std::int32_t limit) {
  static const std::array<std::int32_t, 256> kTable = sigmoid_table();
  const auto at = static_cast<std::size_t>(x >> fraction_bits);
  if (at >= 255) return limit;
  const std::int32_t fraction = x & ((1 << fraction_bits) - 1);
  return kTable[at] * (1 << fraction_bits) + fraction * (kTable[at + 1] - kTable[at]);
}

template <bool is_tanh>
void answer_int16(const KernelCall& call) {
  answer_map<std::int16_t, std::int16_t, bl_sigmoid_params>(
      call, [](std::int32_t value, const bl_sigmoid_params& p) {
        const std::int32_t half = p.input_shift > 0 ? 1 << (p.input_shift - 1) : 0;
        const std::int32_t x = (value * p.input_multiplier + half) >> p.input_shift;
        // The negative side mirrors the positive one before its half is added, less one.
        if constexpr (is_tanh) {
          const std::int32_t above = interpolated(std::abs(x), 8, 0xFFFF << 8) - (1 << 23);
          return ((x >= 0 ? above : -above - 1) + 128) >> 8;
        } else {
          const std::int32_t y = interpolated(std::abs(x), 9, 0x7FFF << 10);
          return ((x >= 0 ? y : (1 << 25) - y - 1) + 512) >> 10;
        }
      });
}

template <float (*function)(float)>
void answer_float(const KernelCall& call) {
  answer_map<float, float, bl_map_params>(
      call, [](float x, const bl_map_params&) { return function(x); });
}

constexpr Kernel kLogistic[] = {
    kernel<Int8>("logistic", answer_int8<false>), kernel<Int16>("logistic", answer_int16<false>),
    within(kLogisticWithin, kernel<Float32>("logistic", answer_float<logistic>))};
constexpr Kernel kTanh[] = {kernel<Int8>("tanh", answer_int8<true>),
                            kernel<Int16>("tanh", answer_int16<true>),
                            within(kTanhWithin, kernel<Float32>("tanh", answer_float<std::tanh>))};

constexpr OperatorRecord record(OpKind kind, std::span<const Kernel> kernels,
                                std::string_view note) {
  return {.kind = kind,
          .signature = Signature{},
          .options = &kNoOptions,
          .layer_class = LayerClass::kTable,
          .prepare = prepare_sigmoid,
          .kernels = kernels,
          .note = note};
}

constexpr OperatorRecord kRecords[] = {
    record(OpKind::kLogistic, kLogistic,
           "an output scale other than the definition's is refused; there it is not looked at"),
    record(OpKind::kTanh, kTanh,
           "int8: an output quantised otherwise than by the definition is refused; there it is not "
           "looked at"),
};

}  // namespace

std::span<const OperatorRecord> sigmoid_operators() { return kRecords; }

}  // namespace boardless::workloads
