// The operators that give an image another height and width: RESIZE_NEAREST_NEIGHBOR and
// RESIZE_BILINEAR.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

// TFLite takes an absent table for one of zeros.
template <class Table>
Attributes read_resize(const tflite::Operator& stored) {
  const Table* options = stored.builtin_options_as<Table>();
  if (options == nullptr) return ResizeAttributes{};
  return ResizeAttributes{options->align_corners(), options->half_pixel_centers()};
}

template <class Table, MakesTable<Table, bool, bool>* create>
WrittenOptions write_resize(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                            const Operator& op) {
  const auto& a = attributes_of<ResizeAttributes>(op);
  return {kTypeOf<Table>, create(builder, a.align_corners, a.half_pixel_centers).Union()};
}

int resize_version(const Graph& graph, const Operator& op) {
  return attributes_of<ResizeAttributes>(op).half_pixel_centers ? 3 : version_by_type(graph, op);
}

constexpr OptionsCodec kResizeBilinearOptions{
    read_resize<tflite::ResizeBilinearOptions>,
    write_resize<tflite::ResizeBilinearOptions, tflite::CreateResizeBilinearOptions>,
    resize_version};
constexpr OptionsCodec kResizeNearestOptions{
    read_resize<tflite::ResizeNearestNeighborOptions>,
    write_resize<tflite::ResizeNearestNeighborOptions, tflite::CreateResizeNearestNeighborOptions>,
    resize_version};

// `depth_unit` is what an element counts as in the kernel's depth.
PreparedOperator resize(const OperatorView& view, int depth_unit) {
  const std::vector<std::int64_t> size = view.integers(1, "size");
  if (size.size() != 2)
    view.fail("has a size of {} numbers; it takes height and width", size.size());
  const std::vector<std::int32_t>& input = view.input().shape;
  const std::vector<std::int32_t>& output = view.output().shape;
  if (output[1] != size[0] || output[2] != size[1] || output[0] != input[0] ||
      output[3] != input[3]) {
    view.fail("makes {} of {}; its definition gives {}x{}x{}x{}", shape_text(view.output()),
              shape_text(view.input()), input[0], size[0], size[1], input[3]);
  }
  // Places are kept in 10 fraction bits, and in the 24 that a float has.
  constexpr std::int32_t kMost = 1 << 20;
  for (const std::int32_t extent : {input[1], input[2], output[1], output[2]}) {
    if (extent > kMost) view.not_modelled("an extent of {}; supported: up to {}", extent, kMost);
  }
  const auto& a = view.attributes<ResizeAttributes>();
  const bl_resize_params params{.batches = input[0],
                                .input_h = input[1],
                                .input_w = input[2],
                                .depth = input[3] * depth_unit,
                                .output_h = output[1],
                                .output_w = output[2],
                                .align_corners = a.align_corners,
                                .half_pixel_centers = a.half_pixel_centers};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_nearest(const OperatorView& view) {
  return resize(view, data_type_size(view.input().type));
}

// How far one step in the output is in the input.
float step(std::int32_t input, std::int32_t output, bool align_corners) {
  if (align_corners && output > 1) {
    return static_cast<float>(input - 1) / static_cast<float>(output - 1);
  }
  return static_cast<float>(input) / static_cast<float>(output);
}

std::vector<std::int32_t> nearest(const bl_resize_params& p, std::int32_t input,
                                  std::int32_t output) {
  const float by = step(input, output, p.align_corners != 0);
  const float shift = p.half_pixel_centers != 0 ? 0.5F : 0.0F;
  std::vector<std::int32_t> chosen;
  for (std::int32_t i = 0; i < output; ++i) {
    const float place = (static_cast<float>(i) + shift) * by;
    const float pixel = p.align_corners != 0 ? std::round(place) : std::floor(place);
    chosen.push_back(std::clamp(static_cast<std::int32_t>(pixel), 0, input - 1));
  }
  return chosen;
}

void answer_nearest(const KernelCall& call) {
  const auto p = call.params<bl_resize_params>();
  const std::vector<std::int32_t> rows = nearest(p, p.input_h, p.output_h);
  const std::vector<std::int32_t> columns = nearest(p, p.input_w, p.output_w);
  auto* output = call.output<std::uint8_t>();
  for (std::int64_t b = 0; b < p.batches; ++b) {
    for (const std::int32_t y : rows) {
      for (const std::int32_t x : columns) {
        const std::int64_t pixel = (b * p.input_h + y) * p.input_w + x;
        output = std::copy_n(call.input<std::uint8_t>(0) + pixel * p.depth, p.depth, output);
      }
    }
  }
}

// Two neighbours in the input and how much of each is taken.
template <class Weight>
struct Between {
  std::int32_t lower = 0, upper = 0;
  Weight of_lower = 0, of_upper = 0;
};

// Weights in 1/1024; a place before the first pixel or behind the last is taken as far as TFLite
// does, so that weights may lie outside 0 to 1.
std::vector<Between<std::int64_t>> fixed_places(const bl_resize_params& p, std::int32_t input,
                                                std::int32_t output) {
  const bool corners = p.align_corners != 0 && output > 1;
  const std::int64_t steps = corners ? output - 1 : output;
  const std::int64_t by = (1024 * std::int64_t{corners ? input - 1 : input} + steps / 2) / steps;
  std::vector<Between<std::int64_t>> places;
  for (std::int64_t i = 0; i < output; ++i) {
    const std::int64_t place = i * by + (p.half_pixel_centers != 0 ? by / 2 - 512 : 0);
    const std::int64_t lower = std::max<std::int64_t>(place / 1024, 0);
    const std::int64_t upper = std::min<std::int64_t>((place + 1023) / 1024, input - 1);
    const std::int64_t beyond = place - 1024 * lower;
    places.push_back({static_cast<std::int32_t>(lower), static_cast<std::int32_t>(upper),
                      1024 - beyond, beyond});
  }
  return places;
}

PreparedOperator prepare_bilinear(const OperatorView& view) {
  const auto& a = view.attributes<ResizeAttributes>();
  if (a.align_corners && a.half_pixel_centers) {
    view.fail("aligns corners and takes half pixel centres; it is one of them at most");
  }
  PreparedOperator prepared = resize(view, 1);
  if (view.kernel().input != DataType::kInt8) return prepared;
  const auto p = prepared.params_as<bl_resize_params>();
  for (const auto& [input, output] : {std::pair{p.input_h, p.output_h}, {p.input_w, p.output_w}}) {
    if (fixed_places(p, input, output).back().lower < input) continue;
    view.not_modelled("a step from {} to {} that rounds to places behind the input", input, output);
  }
  return prepared;
}

std::vector<Between<float>> float_places(const bl_resize_params& p, std::int32_t input,
                                         std::int32_t output) {
  const float by = step(input, output, p.align_corners != 0);
  std::vector<Between<float>> places;
  for (std::int32_t i = 0; i < output; ++i) {
    const auto at = static_cast<float>(i);
    const float place = p.half_pixel_centers != 0 ? (at + 0.5F) * by - 0.5F : at * by;
    const std::int32_t lower = std::max(static_cast<std::int32_t>(std::floor(place)), 0);
    const std::int32_t upper = std::min(static_cast<std::int32_t>(std::ceil(place)), input - 1);
    const float beyond = place - static_cast<float>(lower);
    places.push_back({lower, upper, 1.0F - beyond, beyond});
  }
  return places;
}

// Half away from zero.
std::int8_t rounded(std::int64_t sum) {
  constexpr std::int64_t kHalf = 1 << 19;
  return static_cast<std::int8_t>((sum > 0 ? sum + kHalf : sum - kHalf) / (1 << 20));
}
float rounded(float sum) { return sum; }

template <class T, class Weight>
void bilinear(const KernelCall& call, const std::vector<Between<Weight>>& rows,
              const std::vector<Between<Weight>>& columns) {
  const auto p = call.params<bl_resize_params>();
  T* output = call.output<T>();
  for (std::int64_t b = 0; b < p.batches; ++b) {
    const auto pixel = [&](std::int32_t y, std::int32_t x, std::int32_t c) {
      return static_cast<Weight>(
          call.input<T>(0)[((b * p.input_h + y) * p.input_w + x) * p.depth + c]);
    };
    for (const Between<Weight>& y : rows) {
      for (const Between<Weight>& x : columns) {
        for (std::int32_t c = 0; c < p.depth; ++c) {
          const Weight sum = pixel(y.lower, x.lower, c) * y.of_lower * x.of_lower +
                             pixel(y.upper, x.lower, c) * y.of_upper * x.of_lower +
                             pixel(y.lower, x.upper, c) * y.of_lower * x.of_upper +
                             pixel(y.upper, x.upper, c) * y.of_upper * x.of_upper;
          *output++ = rounded(sum);
        }
      }
    }
  }
}

void answer_bilinear_s8(const KernelCall& call) {
  const auto p = call.params<bl_resize_params>();
  bilinear<std::int8_t>(call, fixed_places(p, p.input_h, p.output_h),
                        fixed_places(p, p.input_w, p.output_w));
}
void answer_bilinear_f32(const KernelCall& call) {
  const auto p = call.params<bl_resize_params>();
  bilinear<float>(call, float_places(p, p.input_h, p.output_h),
                  float_places(p, p.input_w, p.output_w));
}

constexpr auto kNearest =
    byte_kernels<Int8, UInt8, Int16, Float32>("resize_nearest_neighbor", answer_nearest);
constexpr Kernel kBilinear[] = {kernel<Int8>("resize_bilinear", answer_bilinear_s8),
                                kernel<Float32>("resize_bilinear", answer_bilinear_f32)};

constexpr Signature kResize{.min_inputs = 2, .max_inputs = 2, .data_rank = 4};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kResizeNearestNeighbor,
     .signature = kResize,
     .options = &kResizeNearestOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_nearest,
     .kernels = kNearest},
    // Weighs neighbours: computed, not moved.
    {.kind = OpKind::kResizeBilinear,
     .signature = kResize,
     .options = &kResizeBilinearOptions,
     .prepare = prepare_bilinear,
     .kernels = kBilinear},
};

}  // namespace

std::span<const OperatorRecord> resizing_operators() { return kRecords; }

}  // namespace boardless::workloads
