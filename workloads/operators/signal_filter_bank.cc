// The Signal library's operators on channels of a filter bank: TensorFlow Lite Micro's audio
// preprocessor.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "kernels/abi_signal.h"
#include "workloads/operators/custom_options.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/signal_record.h"

namespace boardless::workloads {
namespace {

constexpr std::int32_t kMostChannels = 1 << 16;

// Channels of operators whose every tensor is a vector of one value a channel.
std::int32_t channels_of(const OperatorView& view) {
  require_rank(view, view.input(), "input", 1);
  require_same_shape(view, view.output(), view.input());
  return view.input().shape[0];
}

// That filter `i` of each table lies within what it takes from. Row 0 is no channel: what its
// weights leave goes to channel 0.
void check_filters(const OperatorView& view, std::int32_t rows) {
  const std::int64_t energies = view.input().elements();
  const std::int64_t weights =
      std::min(vector_size(view, view.input(1), "weights", DataType::kInt16),
               vector_size(view, view.input(2), "unweights", DataType::kInt16));
  const std::vector<std::int64_t> starts = view.integers(3, "frequency starts");
  const std::vector<std::int64_t> weight_starts = view.integers(4, "weight starts");
  const std::vector<std::int64_t> widths = view.integers(5, "widths");
  for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i) {
    if (starts[i] >= 0 && weight_starts[i] >= 0 && widths[i] >= 0 &&
        starts[i] + widths[i] <= energies && weight_starts[i] + widths[i] <= weights) {
      continue;
    }
    view.fail("filter {} takes {} of {} energies from {} on, and of {} weights from {} on", i,
              widths[i], energies, starts[i], weights, weight_starts[i]);
  }
}

PreparedOperator prepare_filter_bank(const OperatorView& view) {
  const CustomOptions options(view);
  require_rank(view, view.input(), "input", 1);
  const std::int32_t channels = options.integer("num_channels", 1, kMostChannels);
  view.require_shape(view.output(), "output", std::array{channels});
  for (const std::size_t table : {3, 4, 5}) {
    view.require_type(view.input(table), "filter table", DataType::kInt16);
    view.require_shape(view.input(table), "filter table", std::array{channels + 1});
  }
  check_filters(view, channels + 1);
  const bl_signal_filter_bank_params params{.channels = channels};
  std::vector<Operand> operands;
  for (std::size_t i = 0; i < 6; ++i) operands.push_back(view.tensor_operand(i));
  operands.push_back(view.state(DataType::kUInt64, {channels + 1}));
  operands.push_back(view.output_operand());
  return view.finish(params, std::move(operands));
}

// The product of a weight and an energy as the unsigned numbers that TensorFlow Lite Micro adds.
std::uint64_t weighted(std::int16_t weight, std::uint32_t energy) {
  return static_cast<std::uint64_t>(std::int64_t{weight}) * energy;
}

void answer_filter_bank(const KernelCall& call) {
  const auto p = call.params<bl_signal_filter_bank_params>();
  const auto* energies = call.input<std::uint32_t>(0);
  const auto* weights = call.input<std::int16_t>(1);
  const auto* unweights = call.input<std::int16_t>(2);
  auto* sums = reinterpret_cast<std::uint64_t*>(call.operands[6]);
  std::fill_n(sums, p.channels + 1, 0);
  for (std::int32_t i = 0; i <= p.channels; ++i) {
    const std::int16_t start = call.input<std::int16_t>(3)[i];
    const std::int16_t weight_start = call.input<std::int16_t>(4)[i];
    for (int j = 0; j < call.input<std::int16_t>(5)[i]; ++j) {
      sums[i] += weighted(weights[weight_start + j], energies[start + j]);
      if (i < p.channels) sums[i + 1] += weighted(unweights[weight_start + j], energies[start + j]);
    }
  }
  std::copy_n(sums + 1, p.channels, call.output<std::uint64_t>());
}

PreparedOperator prepare_square_root(const OperatorView& view) {
  require_one(view, view.input(1), "shift", DataType::kInt32);
  const bl_signal_square_root_params params{.channels = channels_of(view)};
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

// The whole part of the root of `number`, by halving what it may be.
std::uint64_t whole_root(std::uint64_t number) {
  std::uint64_t low = 0;
  std::uint64_t high = std::uint64_t{1} << 32;
  while (high - low > 1) {
    const std::uint64_t middle = (low + high) / 2;
    (middle * middle <= number ? low : high) = middle;
  }
  return low;
}

void answer_square_root(const KernelCall& call) {
  const auto p = call.params<bl_signal_square_root_params>();
  const int shift = *call.input<std::int32_t>(1) & 31;
  for (std::int32_t i = 0; i < p.channels; ++i) {
    const std::uint64_t number = call.input<std::uint64_t>(0)[i];
    // What fits 32 bits has a root that is held at 16.
    const std::uint64_t most = number >> 32U == 0 ? 0xFFFF : 0xFFFF'FFFF;
    const std::uint64_t root = whole_root(number);
    const bool rounds_up = number - root * root > root && root != most;
    call.output<std::uint32_t>()[i] =
        static_cast<std::uint32_t>(root + (rounds_up ? 1 : 0)) >> shift;
  }
}

PreparedOperator prepare_spectral_subtraction(const OperatorView& view) {
  const CustomOptions options(view);
  const std::int32_t channels = channels_of(view);
  if (const std::int32_t said = options.integer("num_channels"); said != channels) {
    view.fail("input {} has not the {} channels of its options", shape_text(view.input()), said);
  }
  view.require_type(view.output(1), "noise estimate", DataType::kUInt32);
  require_same_shape(view, view.output(1), view.input());
  const auto factor = [&](std::string_view key) {
    return static_cast<std::uint32_t>(options.integer(key));
  };
  const bl_signal_spectral_subtraction_params params{
      .channels = channels,
      .smoothing = {factor("smoothing"), factor("alternate_smoothing")},
      .one_minus_smoothing = {factor("one_minus_smoothing"),
                              factor("alternate_one_minus_smoothing")},
      .min_signal_remaining = factor("min_signal_remaining"),
      .clamping = options.boolean("clamping", false) ? 1 : 0,
      .smoothing_bits = options.integer("smoothing_bits", 0, 31),
      .spectral_subtraction_bits = options.integer("spectral_subtraction_bits", 0, 63)};
  return view.finish(params, {view.tensor_operand(0), view.state(DataType::kUInt32, {channels}),
                              view.output_operand(), view.output_operand(1)});
}

void answer_spectral_subtraction(const KernelCall& call) {
  const auto p = call.params<bl_signal_spectral_subtraction_params>();
  auto* noise = reinterpret_cast<std::uint32_t*>(call.operands[1]);
  auto* output = reinterpret_cast<std::uint32_t*>(call.operands[2]);
  for (std::int32_t i = 0; i < p.channels; ++i) {
    const std::uint32_t input = call.input<std::uint32_t>(0)[i];
    const std::uint32_t scaled = input << p.smoothing_bits;
    const std::uint64_t mixed = std::uint64_t{scaled} * p.smoothing[i % 2] +
                                std::uint64_t{noise[i]} * p.one_minus_smoothing[i % 2];
    const auto estimate = static_cast<std::uint32_t>(mixed >> p.spectral_subtraction_bits);
    const std::uint32_t taken = std::min(estimate, scaled);
    noise[i] = p.clamping != 0 ? taken : estimate;
    const auto least = static_cast<std::uint32_t>(std::uint64_t{input} * p.min_signal_remaining >>
                                                  p.spectral_subtraction_bits);
    output[i] = std::max((scaled - taken) >> p.smoothing_bits, least);
  }
  std::copy_n(noise, p.channels, call.output<std::uint32_t>());
}

PreparedOperator prepare_pcan(const OperatorView& view) {
  constexpr std::int32_t kEntries = 125;  // up to a gain of 32 bits
  const CustomOptions options(view);
  const bl_signal_pcan_params params{.channels = channels_of(view),
                                     .snr_shift = options.integer("snr_shift", 0, 63)};
  view.require_type(view.input(1), "noise estimate", DataType::kUInt32);
  view.require_shape(view.input(1), "noise estimate", view.input().shape);
  if (const std::int32_t entries = vector_size(view, view.input(2), "gains", DataType::kInt16);
      entries < kEntries) {
    view.fail("gains {}; {} are needed", entries, kEntries);
  }
  return view.finish(params, {view.tensor_operand(0), view.tensor_operand(1),
                              view.tensor_operand(2), view.output_operand()});
}

// The gain for a noise estimate: a parabola within each power of two.
std::int16_t gain(std::uint32_t noise, const std::int16_t* table) {
  if (noise <= 2) return table[noise];
  const int bits = std::bit_width(noise);
  const std::int16_t* c = table + 4 * bits - 6;
  // Ten bits below the highest.
  const auto fraction =
      static_cast<std::int64_t>((std::uint64_t{noise} << 32U >> (bits + 21)) % 1024);
  const std::int64_t slope = (c[2] * fraction >> 5) + std::int64_t{c[1]} * 32;
  // 32 bits wide.
  const auto product = static_cast<std::int32_t>(slope * fraction + (1 << 14));
  return static_cast<std::int16_t>((product >> 15) + c[0]);
}

void answer_pcan(const KernelCall& call) {
  const auto p = call.params<bl_signal_pcan_params>();
  for (std::int32_t i = 0; i < p.channels; ++i) {
    const auto factor = static_cast<std::uint32_t>(
        gain(call.input<std::uint32_t>(1)[i], call.input<std::int16_t>(2)));
    const auto ratio = static_cast<std::uint32_t>(
        std::uint64_t{call.input<std::uint32_t>(0)[i]} * factor >> p.snr_shift);
    // 12 bits behind the point in, 6 out.
    const std::uint32_t parabola = (ratio * ratio) >> 20U;
    call.output<std::uint32_t>()[i] = ratio < 2 * 4096 ? parabola : ratio / 64 - 64;
  }
}

PreparedOperator prepare_log(const OperatorView& view) {
  constexpr int kSegments = 128;
  const CustomOptions options(view);
  const bl_signal_log_params params{
      .channels = channels_of(view),
      .output_scale = options.integer("output_scale"),
      .correction_bits = options.integer("input_correction_bits", 0, 31)};
  std::vector<std::uint16_t> table;
  for (int i = 0; i <= kSegments; ++i) {
    const double x = static_cast<double>(i) / kSegments;
    table.push_back(static_cast<std::uint16_t>(std::lround(65536 * (std::log2(1 + x) - x))));
  }
  table.push_back(0);
  return view.finish(params, {view.tensor_operand(0), view.constant(table), view.output_operand()});
}

void answer_log(const KernelCall& call) {
  const auto p = call.params<bl_signal_log_params>();
  const auto* table = call.input<std::uint16_t>(1);
  for (std::int32_t i = 0; i < p.channels; ++i) {
    std::int16_t& output = call.output<std::int16_t>()[i];
    output = 0;
    const std::uint32_t x = call.input<std::uint32_t>(0)[i] << p.correction_bits;
    if (x <= 1) continue;
    const int whole = std::bit_width(x) - 1;
    const auto fraction = static_cast<std::int64_t>((std::uint64_t{x} << 16U >> whole) % 65536);
    const std::int64_t segment = fraction / 512;
    const std::int64_t rise = table[segment + 1] - table[segment];
    const std::int64_t log2 =
        whole * 65536 + fraction + table[segment] + (rise * (fraction % 512) >> 16);
    const std::int64_t natural = (45426 * log2 + 32768) >> 16;  // times ln 2
    const auto scaled =
        static_cast<std::uint32_t>(std::int64_t{p.output_scale} * natural + 32768) >> 16U;
    output = static_cast<std::int16_t>(std::min<std::uint32_t>(scaled, 32767));
  }
}

constexpr Kernel kFilterBank[] = {
    converting_kernel<UInt32, UInt64>("signal_filter_bank", answer_filter_bank)};
constexpr Kernel kSquareRoot[] = {
    converting_kernel<UInt64, UInt32>("signal_square_root", answer_square_root)};
constexpr Kernel kSubtraction[] = {
    kernel<UInt32>("signal_spectral_subtraction", answer_spectral_subtraction)};
constexpr Kernel kPcan[] = {kernel<UInt32>("signal_pcan", answer_pcan)};
constexpr Kernel kLog[] = {converting_kernel<UInt32, Int16>("signal_filter_bank_log", answer_log)};

constexpr OperatorRecord kRecords[] = {
    signal_record("SignalFilterBank", 6, 1, prepare_filter_bank, kFilterBank),
    signal_record("SignalFilterBankSquareRoot", 2, 1, prepare_square_root, kSquareRoot),
    signal_record("SignalFilterBankSpectralSubtraction", 1, 2, prepare_spectral_subtraction,
                  kSubtraction),
    signal_record("SignalPCAN", 3, 1, prepare_pcan, kPcan),
    signal_record("SignalFilterBankLog", 1, 1, prepare_log, kLog),
};

}  // namespace

std::span<const OperatorRecord> filter_bank_operators() { return kRecords; }

}  // namespace boardless::workloads
