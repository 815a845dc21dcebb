// Fixed-point multipliers and activation ranges, by TFLite's rules.
#include "workloads/operators/quantization.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/error.h"
#include "workloads/graph/element_type.h"

namespace boardless::workloads {
namespace {

constexpr std::int64_t kOne = std::int64_t{1} << 31;

// The quantised value that stands for `real`, kept within the type. The division is in float, as
// TFLite's is: another precision would round some limits differently.
std::int32_t quantize_limit(float real, float scale, std::int32_t zero_point, ValueRange range) {
  const double value = static_cast<double>(std::round(real / scale)) + zero_point;
  return static_cast<std::int32_t>(
      std::clamp(value, static_cast<double>(range.min), static_cast<double>(range.max)));
}

}  // namespace

FixedMultiplier quantize_multiplier(double real) {
  check(std::isfinite(real), "a rescaling factor is a finite number");
  int exponent = 0;
  const double fraction = std::frexp(real, &exponent);
  std::int64_t multiplier = std::llround(fraction * static_cast<double>(kOne));
  if (multiplier == kOne) {
    multiplier /= 2;
    ++exponent;
  }
  if (exponent < -31) return {};
  return {static_cast<std::int32_t>(multiplier), exponent};
}

FixedMultiplier divide_by_count(FixedMultiplier by, std::int64_t count) {
  check(count > 0, "a mean is taken over at least one element");
  const int log2 = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(count))) - 1;
  // 32 keeps the shifted multiplier within 64 bits; the right shift may reach 31 at most.
  const int bits = std::min({log2, 32, 31 + by.shift});
  return {
      static_cast<std::int32_t>(std::int64_t{by.multiplier} * (std::int64_t{1} << bits) / count),
      by.shift - bits};
}

ValueRange type_range(DataType type) {
  const ElementType& element = element_type(type);
  constexpr auto kLargest = std::numeric_limits<std::int32_t>::max();
  check(!element.is_float && element.highest <= kLargest, "quantised values fit 32 bits");
  return {static_cast<std::int32_t>(element.lowest), static_cast<std::int32_t>(element.highest)};
}

bool is_clamp(Activation activation) {
  return activation == Activation::kNone || activation == Activation::kRelu ||
         activation == Activation::kReluN1To1 || activation == Activation::kRelu6;
}

ValueRange activation_range(Activation activation, DataType type, float scale,
                            std::int32_t zero_point) {
  check(is_clamp(activation), "only an activation that clamps has a range");
  ValueRange range = type_range(type);
  const auto limit = [&](float real) {
    return quantize_limit(real, scale, zero_point, type_range(type));
  };
  if (activation == Activation::kRelu || activation == Activation::kRelu6) range.min = limit(0.0F);
  if (activation == Activation::kReluN1To1) range.min = limit(-1.0F);
  if (activation == Activation::kReluN1To1) range.max = limit(1.0F);
  if (activation == Activation::kRelu6) range.max = limit(6.0F);
  return range;
}

}  // namespace boardless::workloads
