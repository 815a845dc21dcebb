// The operators that put values around a tensor: PAD, PADV2 and MIRROR_PAD.
#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/four_dimensions.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

int pad_version(const Graph& graph, const Operator& op) {
  return operand(graph, op.inputs, 0).shape.size() > 4 ? 4 : version_by_type(graph, op);
}

constexpr OptionsCodec kPadOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::PadOptions, tflite::CreatePadOptions>,
    .version = pad_version};
constexpr OptionsCodec kPadV2Options{
    .read = read_nothing,
    .write = write_empty_table<tflite::PadV2Options, tflite::CreatePadV2Options>,
    .version = pad_version};

constexpr OptionsCodec kMirrorPadOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::MirrorPadOptions>(stored, "MirrorPadOptions");
      if (options.mode() != 0 && options.mode() != 1) {
        throw InputError(
            fmt::format("has mode {}, 0 (reflect) and 1 (symmetric) are known", options.mode()));
      }
      return MirrorPadAttributes{options.mode() == 1};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const std::int8_t mode = attributes_of<MirrorPadAttributes>(op).is_symmetric ? 1 : 0;
          return WrittenOptions{BuiltinOptions::MirrorPadOptions,
                                tflite::CreateMirrorPadOptions(builder, mode).Union()};
        }};

struct Margins {
  std::vector<std::int32_t> before, after;
};

// A constant second operand of two integers for each dimension, with which the output is as large
// as it says.
Margins margins(const OperatorView& view) {
  const std::vector<std::int32_t>& input = view.input().shape;
  const auto rank = static_cast<std::int32_t>(input.size());
  view.require_shape(view.input(1), "paddings", std::array{rank, 2});
  const std::vector<std::int64_t> amounts = view.integers(1, "paddings");
  Margins margins;
  std::vector<std::int32_t> expected;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const std::int64_t before = amounts[2 * i];
    const std::int64_t after = amounts[2 * i + 1];
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max() / 4;
    if (before < 0 || after < 0) {
      view.fail("pads dimension {} by {} and {}; it must be 0 or more", i, before, after);
    }
    if (before > kMost || after > kMost || input[i] > kMost) {
      view.not_modelled("pads dimension {} by {} and {}; supported: 0 to {}", i, before, after,
                        kMost);
    }
    margins.before.push_back(static_cast<std::int32_t>(before));
    margins.after.push_back(static_cast<std::int32_t>(after));
    expected.push_back(static_cast<std::int32_t>(input[i] + before + after));
  }
  view.require_shape(view.output(), "output", expected);
  return margins;
}

// On 8 bits in up to four dimensions, with a value that is known.
PreparedOperator pad_by_byte(const OperatorView& view, std::int32_t value) {
  const Extents extents = four_dimensions(view, view.input(), "input");
  const Margins margin = margins(view);
  bl_pad_params params{};
  params.pad_value = value;
  std::ranges::copy(extents, params.input_extent);
  for (std::size_t i = 0; i < margin.before.size(); ++i) {
    const std::size_t at = padded_axis(margin.before.size(), i);
    params.before[at] = margin.before[i];
    params.after[at] = margin.after[i];
  }
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// The kernel that takes any value: in a tensor, or one of `bytes`.
PreparedOperator pad_by_value(const OperatorView& view, const Operand& value) {
  require_rank(view, view.input(), "input", 0, BL_DIMENSIONS);
  const Margins margin = margins(view);
  bl_pad_value_params params{};
  std::ranges::copy(five_extents(view.input()), params.input_extent);
  std::ranges::copy(five_of<std::int32_t>(margin.before, 0), params.before);
  std::ranges::copy(five_of<std::int32_t>(margin.after, 0), params.after);
  const auto bytes = static_cast<std::size_t>(data_type_size(view.input().type));
  return view.finish(KernelName("pad", {width_suffix(bytes)}).text(), params,
                     {view.tensor_operand(0), value, view.output_operand()});
}

bool is_by_byte(const OperatorView& view) {
  return data_type_size(view.input().type) == 1 && view.input().shape.size() <= 4;
}

PreparedOperator prepare_pad(const OperatorView& view) {
  const bool is_byte = data_type_size(view.input().type) == 1;
  if (is_byte) view.require_same_quantization();
  const std::int32_t zero = is_byte ? view.zero_point(view.output(), "output") : 0;
  if (is_by_byte(view)) return pad_by_byte(view, zero);
  // The bits of zero are zeros on every other type.
  return pad_by_value(view, view.constant(std::vector<std::int32_t>{zero}));
}

PreparedOperator prepare_pad_v2(const OperatorView& view) {
  const Tensor& value = view.input(2);
  view.require_type(value, "value", view.input().type);
  if (value.elements() != 1) {
    view.fail("value {} has {} elements; it is one", shape_text(value), value.elements());
  }
  if (!is_by_byte(view) || !value.is_constant()) {
    return pad_by_value(view, view.tensor_operand(2));
  }
  const bool is_signed = view.input().type == DataType::kInt8;
  return pad_by_byte(view, is_signed ? static_cast<std::int8_t>(value.data[0]) : value.data[0]);
}

PreparedOperator prepare_mirror_pad(const OperatorView& view) {
  require_rank(view, view.input(), "input", 1, BL_DIMENSIONS);
  const Margins margin = margins(view);
  const std::vector<std::int32_t>& input = view.input().shape;
  const std::int32_t edge = view.attributes<MirrorPadAttributes>().is_symmetric ? 0 : 1;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const std::int32_t most = input[i] - edge;
    if (margin.before[i] > most || margin.after[i] > most) {
      view.fail("mirrors {} and {} of dimension {}, which has {} to mirror", margin.before[i],
                margin.after[i], i, most);
    }
  }
  bl_mirror_pad_params params{
      .dimensions = static_cast<std::int32_t>(input.size()),
      .output_elements = static_cast<std::int32_t>(view.output().elements()),
      .edge = edge,
      .input_extent = {},
      .before = {},
      .input_stride = {},
      .output_stride = {}};
  std::ranges::copy(input, params.input_extent);
  std::ranges::copy(margin.before, params.before);
  std::ranges::copy(strides_of(input), params.input_stride);
  std::ranges::copy(strides_of(view.output().shape), params.output_stride);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

// The padding is written everywhere first; then each row of the input is copied into place.
template <class T, std::size_t rank>
void pad(std::span<const std::int32_t, rank> input_extent,
         std::span<const std::int32_t, rank> before, std::span<const std::int32_t, rank> after,
         const T* input, T value, T* output) {
  std::vector<std::int32_t> extent;
  for (std::size_t i = 0; i < rank; ++i) extent.push_back(before[i] + input_extent[i] + after[i]);
  const std::vector<std::int32_t> strides = strides_of(extent);
  std::fill_n(output, std::int64_t{strides[0]} * extent[0], value);
  const std::int32_t row = input_extent[rank - 1];
  const std::int32_t rows = elements_between(input_extent, 0, rank - 1);
  for (std::int32_t i = 0; i < rows; ++i) {
    std::int64_t at = before[rank - 1];
    std::int32_t left = i;
    for (std::size_t d = rank - 1; d-- > 0;) {
      at += std::int64_t{before[d] + left % input_extent[d]} * strides[d];
      left /= input_extent[d];
    }
    std::copy_n(input + std::int64_t{i} * row, row, output + at);
  }
}

template <class E>
void answer_pad(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_pad_params>();
  pad<T, 4>(p.input_extent, p.before, p.after, call.input<T>(0), static_cast<T>(p.pad_value),
            call.output<T>());
}

struct PadValue {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_pad_value_params>();
    pad<T, BL_DIMENSIONS>(p.input_extent, p.before, p.after, call.input<T>(0), *call.input<T>(1),
                          call.output<T>());
  }
};

// The input's coordinate: a walk that turns at both ends.
std::int32_t reflected(std::int32_t at, std::int32_t extent, std::int32_t edge) {
  if (at < 0) return -at - 1 + edge;
  return at < extent ? at : 2 * extent - 1 - edge - at;
}

struct MirrorPad {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_mirror_pad_params>();
    const T* input = call.input<T>(0);
    T* output = call.output<T>();
    for (std::int32_t i = 0; i < p.output_elements; ++i) {
      std::int64_t from = 0;
      std::int32_t left = i;
      for (std::size_t d = 0; d < static_cast<std::size_t>(p.dimensions); ++d) {
        const std::int32_t at = left / p.output_stride[d] - p.before[d];
        left %= p.output_stride[d];
        from += std::int64_t{reflected(at, p.input_extent[d], p.edge)} * p.input_stride[d];
      }
      output[i] = input[from];
    }
  }
};

constexpr Kernel kPad[] = {
    kernel<Int8>("pad", answer_pad<Int8>), kernel<UInt8>("pad", answer_pad<UInt8>),
    width_kernel<PadValue, Int16>("pad"), width_kernel<PadValue, Int32>("pad"),
    width_kernel<PadValue, Float32>("pad"),
    // In five dimensions.
    width_kernel<PadValue, Int8>("pad")};
constexpr auto kMirrorPad = width_kernels<MirrorPad, Int8, Float32>("mirror_pad");

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kPad,
     .signature = kTwoInputs,
     .options = &kPadOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_pad,
     .kernels = kPad},
    {.kind = OpKind::kPadV2,
     .signature = Signature{.min_inputs = 3, .max_inputs = 3},
     .options = &kPadV2Options,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_pad_v2,
     .kernels = kPad},
    {.kind = OpKind::kMirrorPad,
     .signature = kTwoInputs,
     .options = &kMirrorPadOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_mirror_pad,
     .kernels = kMirrorPad},
};

}  // namespace

std::span<const OperatorRecord> padding_operators() { return kRecords; }

}  // namespace boardless::workloads
