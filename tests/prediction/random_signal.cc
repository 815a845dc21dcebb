// Draws the Signal library's operators, several invocations of each where they keep a state.
#include <algorithm>
#include <bit>
#include <vector>

#include "tests/prediction/random_custom.h"
#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

// Numbers of every size: what a full range of random ones never is.
template <class T>
std::vector<T> spread(RandomBuilder& b, std::int32_t count) {
  std::vector<T> values;
  for (std::int32_t i = 0; i < count; ++i) {
    std::uint64_t bits = 0;
    for (int byte = 0; byte < 8; ++byte) bits = bits << 8U | b.dice.byte();
    const int width = b.dice.between(0, 8 * static_cast<int>(sizeof(T)));
    values.push_back(static_cast<T>(width == 0 ? 0 : bits >> (64 - width)));
  }
  return values;
}

template <class T>
void spread_input(RandomBuilder& b, DataType type, const Shape& shape) {
  b.input_bytes(type, shape, bytes_of(spread<T>(b, elements_of(shape) * b.invocations())));
}

void int16_input(RandomBuilder& b, const Shape& shape) {
  const int loudest = b.dice.of({3, 100, 2000, 32767});
  std::vector<std::int16_t> values;
  for (std::int32_t i = 0; i < elements_of(shape) * b.invocations(); ++i) {
    values.push_back(static_cast<std::int16_t>(b.dice.between(-loudest, loudest)));
  }
  b.input_bytes(DataType::kInt16, shape, bytes_of(values));
}

void window(RandomBuilder& b) {
  const int size = b.dice.between(1, 40);
  const Shape shape = b.dice.one_in(2) ? Shape{size} : Shape{b.dice.between(1, 3), size};
  const int shift = b.dice.between(8, 15);
  options(b, [&](flexbuffers::Builder& o) { o.Int("shift", shift); });
  b.note("shift {}", shift);
  int16_input(b, shape);
  std::vector<std::int16_t> weights;
  for (int i = 0; i < size; ++i) {
    weights.push_back(static_cast<std::int16_t>(b.dice.between(-32768, 32767)));
  }
  b.constant_bytes(DataType::kInt16, {size}, bytes_of(weights));
  b.output(DataType::kInt16, shape, {});
}

void auto_scale(RandomBuilder& b) {
  const Shape shape{b.dice.between(1, 60)};
  options(b, [](flexbuffers::Builder&) {});
  int16_input(b, shape);
  b.output(DataType::kInt16, shape, {});
  b.output(DataType::kInt32, {}, {});
}

void transform_input(RandomBuilder& b, DataType type, const Shape& shape) {
  if (type == DataType::kInt16) return int16_input(b, shape);
  if (type == DataType::kInt32) return spread_input<std::int32_t>(b, type, shape);
  std::vector<float> values;
  for (std::int32_t i = 0; i < elements_of(shape); ++i) {
    values.push_back(static_cast<float>(b.dice.real(-10, 10)));
  }
  b.input_bytes(type, shape, bytes_of(values));
}

void transform(RandomBuilder& b, bool inverse) {
  const auto type = static_cast<DataType>(
      b.dice.of({static_cast<int>(DataType::kInt16), static_cast<int>(DataType::kInt32),
                 static_cast<int>(DataType::kFloat32)}));
  const int length = b.dice.of({4, 8, 12, 16, 20, 24, 32, 40, 48, 60, 64, 96, 120, 128, 256, 512});
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("T", static_cast<int>(type));
    o.Int("fft_length", length);
  });
  b.note("{} fft_length {}", data_type_name(type), length);
  const int rows = b.dice.between(1, 2);
  if (inverse) {
    transform_input(b, type, {rows, length + 2});
    b.output(type, {rows, length}, {});
  } else {
    transform_input(b, type, {rows, b.dice.between(length / 2, length)});
    b.output(type, {rows, length + 2}, {});
  }
}
void rfft(RandomBuilder& b) { transform(b, false); }
void irfft(RandomBuilder& b) { transform(b, true); }

void energy(RandomBuilder& b) {
  const int count = b.dice.between(1, 60);
  // What lies outside is nobody's: TensorFlow Lite Micro leaves it as it was.
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("start_index", 0);
    o.Int("end_index", count);
  });
  int16_input(b, {2 * count});
  b.output(DataType::kUInt32, {count}, {});
}

void filter_bank(RandomBuilder& b) {
  const int channels = b.dice.between(1, 12);
  const int energies = b.dice.between(8, 60);
  std::vector<std::int16_t> starts, weight_starts, widths, weights, unweights;
  for (int i = 0; i <= channels; ++i) {
    const int width = b.dice.between(0, 7);
    starts.push_back(static_cast<std::int16_t>(b.dice.between(0, energies - width)));
    weight_starts.push_back(static_cast<std::int16_t>(weights.size()));
    widths.push_back(static_cast<std::int16_t>(width));
    for (int j = 0; j < width; ++j) {
      const int weight = b.dice.between(0, 4096);
      weights.push_back(static_cast<std::int16_t>(weight));
      unweights.push_back(static_cast<std::int16_t>(4096 - weight));
    }
  }
  weights.push_back(0);
  unweights.push_back(0);
  options(b, [&](flexbuffers::Builder& o) { o.Int("num_channels", channels); });
  b.note("{} channels", channels);
  spread_input<std::uint32_t>(b, DataType::kUInt32, {energies});
  for (const std::vector<std::int16_t>& table :
       {weights, unweights, starts, weight_starts, widths}) {
    b.constant_bytes(DataType::kInt16, {static_cast<std::int32_t>(table.size())}, bytes_of(table));
  }
  b.output(DataType::kUInt64, {channels}, {});
}

void square_root(RandomBuilder& b) {
  const Shape shape{b.dice.between(1, 40)};
  options(b, [](flexbuffers::Builder&) {});
  spread_input<std::uint64_t>(b, DataType::kUInt64, shape);
  b.input_bytes(DataType::kInt32, {}, bytes_of(std::vector<std::int32_t>{b.dice.between(0, 15)}));
  b.output(DataType::kUInt32, shape, {});
}

void spectral_subtraction(RandomBuilder& b) {
  b.invoke(3);
  const int channels = b.dice.between(1, 20);
  const int smoothing = b.dice.between(0, 1 << 14), alternate = b.dice.between(0, 1 << 14);
  const bool clamps = b.dice.one_in(2);
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("alternate_one_minus_smoothing", (1 << 14) - alternate);
    o.Int("alternate_smoothing", alternate);
    o.Bool("clamping", clamps);
    o.Int("min_signal_remaining", 819);
    o.Int("num_channels", channels);
    o.Int("one_minus_smoothing", (1 << 14) - smoothing);
    o.Int("smoothing", smoothing);
    o.Int("smoothing_bits", 10);
    o.Int("spectral_subtraction_bits", 14);
  });
  b.note("smoothing {} and {}{}", smoothing, alternate, clamps ? ", clamping" : "");
  spread_input<std::uint32_t>(b, DataType::kUInt32, {channels});
  b.output(DataType::kUInt32, {channels}, {});
  b.output(DataType::kUInt32, {channels}, {});
}

void pcan(RandomBuilder& b) {
  const Shape shape{b.dice.between(1, 40)};
  const int shift = b.dice.between(0, 20);
  options(b, [&](flexbuffers::Builder& o) { o.Int("snr_shift", shift); });
  b.note("snr_shift {}", shift);
  spread_input<std::uint32_t>(b, DataType::kUInt32, shape);
  spread_input<std::uint32_t>(b, DataType::kUInt32, shape);
  std::vector<std::int16_t> table;
  for (int i = 0; i < 125; ++i) {
    table.push_back(static_cast<std::int16_t>(b.dice.between(-500, 500)));
  }
  b.constant_bytes(DataType::kInt16, {125}, bytes_of(table));
  b.output(DataType::kUInt32, shape, {});
}

void filter_bank_log(RandomBuilder& b) {
  const Shape shape{b.dice.between(1, 40)};
  const int scale = b.dice.of({1, 64, 1600, 4096}), bits = b.dice.between(0, 4);
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("output_scale", scale);
    o.Int("input_correction_bits", bits);
  });
  b.note("output_scale {}, input_correction_bits {}", scale, bits);
  spread_input<std::uint32_t>(b, DataType::kUInt32, shape);
  b.output(DataType::kInt16, shape, {});
}

void delay(RandomBuilder& b) {
  b.invoke(4);
  const Shape shape{b.dice.between(1, 2), b.dice.between(1, 20)};
  const int length = b.dice.between(0, 30);
  options(b, [&](flexbuffers::Builder& o) { o.Int("delay_length", length); });
  b.note("delay_length {}", length);
  int16_input(b, shape);
  b.output(DataType::kInt16, shape, {});
}

void framer(RandomBuilder& b) {
  b.invoke(4);
  const int step = b.dice.between(1, 10), size = step + b.dice.between(0, 15);
  const int outer = b.dice.between(1, 2), frames = b.dice.between(1, 3);
  // Frames that are not complete are nobody's: TensorFlow Lite Micro leaves them as they were.
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("frame_size", size);
    o.Int("frame_step", step);
    o.Bool("prefill", true);
  });
  b.note("frame_size {}, frame_step {}", size, step);
  int16_input(b, {outer, frames * step});
  b.output(DataType::kInt16, {outer, frames, size}, {});
  b.output(DataType::kBool, {}, {});
}

void stacker(RandomBuilder& b) {
  b.invoke(4);
  const int channels = b.dice.between(1, 10), left = b.dice.between(0, 3);
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("num_channels", channels);
    o.Int("stacker_left_context", left);
    o.Int("stacker_right_context", 0);
    o.Int("stacker_step", 1);
  });
  b.note("{} channels, left context {}", channels, left);
  int16_input(b, {channels});
  b.output(DataType::kInt16, {channels * (left + 1)}, {});
  b.output(DataType::kBool, {}, {});
}

void overlap_add(RandomBuilder& b) {
  b.invoke(3);
  const int size = b.dice.between(1, 20), step = b.dice.between(1, size);
  const int frames = b.dice.between(1, 3), outer = b.dice.between(1, 2);
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("T", static_cast<int>(DataType::kInt16));
    o.Int("frame_step", step);
  });
  b.note("frame_step {}", step);
  int16_input(b, {outer, frames, size});
  b.output(DataType::kInt16, {outer, frames * step}, {});
}

constexpr Drawn kDrawn[] = {
    {custom_kind("SignalWindow", 40), window},
    {custom_kind("SignalFftAutoScale", 40), auto_scale},
    {custom_kind("SignalRfft", 60), rfft},
    {custom_kind("SignalIrfft", 60), irfft},
    {custom_kind("SignalEnergy", 20), energy},
    {custom_kind("SignalFilterBank", 40), filter_bank},
    {custom_kind("SignalFilterBankSquareRoot", 40), square_root},
    {custom_kind("SignalFilterBankSpectralSubtraction", 40), spectral_subtraction},
    {custom_kind("SignalPCAN", 40), pcan},
    {custom_kind("SignalFilterBankLog", 40), filter_bank_log},
    {custom_kind("SignalDelay", 20), delay},
    {custom_kind("SignalFramer", 40), framer},
    {custom_kind("SignalStacker", 40), stacker},
    {custom_kind("SignalOverlapAdd", 40), overlap_add},
};

}  // namespace

std::span<const Drawn> signal_draws() { return kDrawn; }

}  // namespace boardless::prediction
