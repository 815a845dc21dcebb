// DIV, FLOOR_DIV and FLOOR_MOD.
#include <bit>
#include <cmath>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/affine_input.h"
#include "workloads/operators/arithmetic.h"
#include "workloads/operators/families.h"
#include "workloads/operators/fixed_exponential.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kDivOptions{
    .read = read_activation_table<tflite::DivOptions>,
    .write = write_activation_table<tflite::DivOptions, tflite::CreateDivOptions>,
    .version = first_version};
constexpr OptionsCodec kFloorDivOptions{
    read_nothing, write_empty_table<tflite::FloorDivOptions, tflite::CreateFloorDivOptions>};
constexpr OptionsCodec kFloorModOptions{
    read_nothing, write_empty_table<tflite::FloorModOptions, tflite::CreateFloorModOptions>};

// The quotient is formed with up to 31 + 31 bits below it, which the shift takes off again.
PreparedOperator prepare_div(const OperatorView& view) {
  view.require_type(view.input(1), "input 1", view.kernel().input);
  if (is_plain(view.kernel().input)) return prepare_plain_arithmetic(view);
  const float real = view.scale(view.input(0), "input 0") /
                     (view.scale(view.input(1), "input 1") * view.scale(view.output(), "output"));
  const FixedMultiplier by = view.multiplier(double{real}, kLargestValue);
  const ValueRange clamp = view.clamp_for(view.attributes<ArithmeticAttributes>().activation);
  const bl_mul_params params{.broadcast = broadcast(view),
                             .input1_offset = affine_input(view, 0).offset,
                             .input2_offset = affine_input(view, 1).offset,
                             .output_offset = view.zero_point(view.output(), "output"),
                             .output_multiplier = by.multiplier,
                             .output_shift = by.shift,
                             .activation_min = clamp.min,
                             .activation_max = clamp.max};
  return view.finish(params, view.all_operands());
}

// The dividend times the reciprocal of the divisor, (1 + x) * 2^bits with x the fraction under its
// highest bit; a divisor of zero gives the limit on the dividend's side.
void answer_div(const KernelCall& call) {
  using T = std::int8_t;
  const auto p = call.params<bl_mul_params>();
  answer_broadcast<T, T, T>(call, p.broadcast, [&](std::int32_t a, std::int32_t b) {
    std::int32_t dividend = a + p.input1_offset;
    const std::int32_t divisor = b + p.input2_offset;
    if (divisor == 0) return dividend < 0 ? p.activation_min : p.activation_max;
    if (divisor < 0) dividend = -dividend;
    const auto magnitude = static_cast<std::uint32_t>(std::abs(divisor));
    const int bits = 31 - std::countl_zero(magnitude);
    const auto fraction = static_cast<std::int32_t>((magnitude << (31 - bits)) & 0x7FFFFFFFU);
    // As many bits as the dividend has above its sign are used: all but those that repeat it.
    const int headroom =
        std::countl_zero(static_cast<std::uint32_t>(dividend < 0 ? ~dividend : dividend)) - 1;
    const auto shifted =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(dividend) << headroom);
    const std::int32_t quotient = high_multiply(shifted, reciprocal_of_one_plus(fraction));
    const int shift = p.output_shift - bits - headroom;
    // Further than 31 bits nothing is left.
    const std::int32_t result =
        shift < -31 ? 0 : call.rescale(quotient, {p.output_multiplier, shift});
    return std::clamp(result + p.output_offset, p.activation_min, p.activation_max);
  });
}

void answer_floor_div(const KernelCall& call) {
  answer_broadcast<float, float, float>(
      call, call.params<bl_binary_params>().broadcast,
      [](float a, float b) { return static_cast<float>(std::floor(double{a} / b)); });
}

// The remainder has the divisor's sign.
void answer_floor_mod(const KernelCall& call) {
  answer_broadcast<float, float, float>(call, call.params<bl_binary_params>().broadcast,
                                        [](float a, float b) {
                                          const float rest = std::fmod(a, b);
                                          const bool is_across = rest != 0 && (b < 0) != (rest < 0);
                                          return is_across ? rest + b : rest;
                                        });
}

constexpr Kernel kDiv[] = {kernel<Int8>("div", answer_div),
                           kernel<Int32>("div", answer_integers<Arithmetic::kDiv>),
                           kernel<Float32>("div", answer_floats<Arithmetic::kDiv>)};
constexpr Kernel kFloorDiv[] = {kernel<Float32>("floor_div", answer_floor_div)};
constexpr Kernel kFloorMod[] = {kernel<Float32>("floor_mod", answer_floor_mod)};

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kDiv,
     .signature = kTwoInputs,
     .options = &kDivOptions,
     .prepare = prepare_div,
     .kernels = kDiv,
     .note =
         "int8: quotients of small dividends are rounded to 0, by zero they are the limit on the "
         "dividend's side; there shifts beyond 31 bits decide. int32: by zero 0"},
    {.kind = OpKind::kFloorDiv,
     .signature = kTwoInputs,
     .options = &kFloorDivOptions,
     .prepare = prepare_binary,
     .kernels = kFloorDiv},
    {.kind = OpKind::kFloorMod,
     .signature = kTwoInputs,
     .options = &kFloorModOptions,
     .prepare = prepare_binary,
     .kernels = kFloorMod},
};

}  // namespace

std::span<const OperatorRecord> division_operators() { return kRecords; }

}  // namespace boardless::workloads
