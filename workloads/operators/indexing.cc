// The operators that choose parts of a tensor by indices in another one: GATHER, GATHER_ND,
// EMBEDDING_LOOKUP and DYNAMIC_UPDATE_SLICE.
#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kGatherOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto* options = stored.builtin_options_as_GatherOptions();
      if (options == nullptr) return GatherAttributes{};
      return GatherAttributes{options->axis(), options->batch_dims()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<GatherAttributes>(op);
          return WrittenOptions{BuiltinOptions::GatherOptions,
                                tflite::CreateGatherOptions(builder, a.axis, a.batch_dims).Union()};
        }};
constexpr OptionsCodec kGatherNdOptions{
    read_nothing, write_empty_table<tflite::GatherNdOptions, tflite::CreateGatherNdOptions>};
constexpr OptionsCodec kDynamicUpdateSliceOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::DynamicUpdateSliceOptions,
                               tflite::CreateDynamicUpdateSliceOptions>,
    .version = first_version};

// `index` of `extent`, wherever it comes from.
void check_index(std::int64_t index, std::int64_t extent) {
  if (index >= 0 && index < extent) return;
  throw InputError(fmt::format("index {} is outside 0 to {}", index, extent - 1));
}

// Of indices that are in the file, before anything is run.
void check_constant(const OperatorView& view, std::size_t input, std::int64_t extent) {
  if (!view.input(input).is_constant()) return;
  for (const std::int64_t index : view.integers(input, "indices")) {
    if (index >= 0 && index < extent) continue;
    view.fail("index {} is outside 0 to {}", index, extent - 1);
  }
}

PreparedOperator prepare_gather(const OperatorView& view) {
  const auto& a = view.attributes<GatherAttributes>();
  const std::vector<std::int32_t>& input = view.input().shape;
  const std::vector<std::int32_t>& places = view.input(1).shape;
  view.require_type(view.input(1), "indices", DataType::kInt32);
  const std::size_t axis = axis_of(view, a.axis, view.input());
  const std::int64_t stated =
      a.batch_dims + (a.batch_dims < 0 ? static_cast<std::int64_t>(places.size()) : 0);
  if (stated < 0 || stated > static_cast<std::int64_t>(std::min(axis, places.size()))) {
    view.fail("has {} batch dimensions; the indices {} and axis {} allow 0 to {}", a.batch_dims,
              shape_text(view.input(1)), axis, std::min(axis, places.size()));
  }
  const auto batch = static_cast<std::size_t>(stated);
  std::vector<std::int32_t> expected(input.begin(), input.begin() + static_cast<int>(axis));
  expected.insert(expected.end(), places.begin() + static_cast<int>(batch), places.end());
  expected.insert(expected.end(), input.begin() + static_cast<int>(axis) + 1, input.end());
  view.require_shape(view.output(), "output", expected);
  for (std::size_t i = 0; i < batch; ++i) {
    if (input[i] == places[i]) continue;
    view.fail("the input {} and the indices {} differ in batch dimension {}",
              shape_text(view.input()), shape_text(view.input(1)), i);
  }
  check_constant(view, 1, input[axis]);
  const bl_gather_params params{.batches = elements_between(input, 0, batch),
                                .outer = elements_between(input, batch, axis),
                                .coordinates = elements_between(places, batch, places.size()),
                                .axis = input[axis],
                                .inner_bytes = elements_between(input, axis + 1, input.size()) *
                                               data_type_size(view.input().type)};
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

PreparedOperator prepare_gather_nd(const OperatorView& view) {
  const std::vector<std::int32_t>& input = view.input().shape;
  const std::vector<std::int32_t>& indices = view.input(1).shape;
  view.require_type(view.input(1), "indices", DataType::kInt32);
  if (indices.empty()) view.fail("has a scalar of indices; it takes one dimension or more");
  const auto length = static_cast<std::size_t>(indices.back());
  if (length > input.size()) {
    view.fail("has indices of {} numbers; the input {} has {} dimensions", length,
              shape_text(view.input()), input.size());
  }
  if (length > BL_DIMENSIONS) {
    view.not_modelled("indices of {} numbers; TensorFlow Lite Micro takes up to {}", length,
                      BL_DIMENSIONS);
  }
  std::vector<std::int32_t> expected(indices.begin(), indices.end() - 1);
  expected.insert(expected.end(), input.begin() + static_cast<int>(length), input.end());
  view.require_shape(view.output(), "output", expected);
  bl_gather_nd_params params{.slices = elements_between(indices, 0, indices.size() - 1),
                             .dimensions = indices.back(),
                             .slice_bytes = elements_between(input, length, input.size()) *
                                            data_type_size(view.input().type),
                             .input_bytes = static_cast<std::int32_t>(view.input().bytes()),
                             .stride_bytes = {}};
  for (std::size_t i = 0; i < length; ++i) {
    params.stride_bytes[i] =
        elements_between(input, i + 1, input.size()) * data_type_size(view.input().type);
  }
  // Against each dimension on its own; TensorFlow Lite Micro looks at the place that they give.
  if (view.input(1).is_constant()) {
    const std::vector<std::int64_t> values = view.integers(1, "indices");
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::int32_t extent = input[i % length];
      if (values[i] >= 0 && values[i] < extent) continue;
      view.fail("index {} is outside 0 to {}", values[i], extent - 1);
    }
  }
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

PreparedOperator prepare_embedding_lookup(const OperatorView& view) {
  const Tensor& values = view.input(1);
  view.require_type(view.input(), "lookup", DataType::kInt32);
  if (view.input().shape.size() != 1 || values.shape.size() < 2) {
    view.fail("looks {} up in {}; it takes one dimension, and two or more",
              shape_text(view.input()), shape_text(values));
  }
  std::vector<std::int32_t> expected = values.shape;
  expected[0] = view.input().shape[0];
  view.require_shape(view.output(), "output", expected);
  check_constant(view, 0, values.shape[0]);
  const bool is_scaled = values.type != view.output().type;
  if (is_scaled && view.zero_point(values, "values") != 0) {
    view.not_modelled("values with zero point {}; TensorFlow Lite Micro takes 0",
                      view.zero_point(values, "values"));
  }
  const bl_embedding_lookup_params params{
      .lookups = view.input().shape[0],
      .rows = values.shape[0],
      .row_bytes = static_cast<std::int32_t>(values.bytes() / values.shape[0]),
      .scale = is_scaled ? view.scale(values, "values") : 1.0F};
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

PreparedOperator prepare_dynamic_update_slice(const OperatorView& view) {
  const Tensor& update = view.input(1);
  const Tensor& start = view.input(2);
  const std::vector<std::int32_t>& input = view.input().shape;
  require_rank(view, view.input(), "input", 1, BL_DIMENSIONS);
  view.require_type(update, "update", view.input().type);
  view.require_shape(view.output(), "output", input);
  view.require_shape(start, "start", std::array{static_cast<std::int32_t>(input.size())});
  if (start.type != DataType::kInt64) view.require_type(start, "start", DataType::kInt32);
  bool fits = update.shape.size() == input.size();
  for (std::size_t i = 0; fits && i < input.size(); ++i) fits = update.shape[i] <= input[i];
  if (!fits) view.fail("update {} does not fit {}", shape_text(update), shape_text(view.input()));
  bl_dynamic_update_slice_params params{};
  params.dimensions = static_cast<std::int32_t>(input.size());
  params.input_bytes = static_cast<std::int32_t>(view.input().bytes());
  params.has_wide_start = start.type == DataType::kInt64;
  params.is_whole = update.elements() == view.input().elements();
  const int bytes = data_type_size(view.input().type);
  const auto to_bytes = [&](std::int32_t stride) { return stride * bytes; };
  std::ranges::copy(input, params.input_extent);
  std::ranges::copy(update.shape, params.update_extent);
  std::ranges::transform(strides_of(input), params.input_stride_bytes, to_bytes);
  std::ranges::transform(strides_of(update.shape), params.update_stride_bytes, to_bytes);
  return view.finish(params, {view.tensor_operand(0), view.tensor_operand(1),
                              view.tensor_operand(2), view.output_operand()});
}

std::int64_t gather_limit(const Graph& graph, const Operator& op, std::size_t input) {
  const std::vector<std::int32_t>& shape = operand(graph, op.inputs, 0).shape;
  const auto* a = std::get_if<GatherAttributes>(&op.attributes);
  const auto rank = static_cast<std::int64_t>(shape.size());
  const std::int64_t axis = a == nullptr ? 0 : a->axis + (a->axis < 0 ? rank : 0);
  return input == 1 && axis >= 0 && axis < rank ? shape[static_cast<std::size_t>(axis)] : 0;
}

// One limit for all numbers of an index: the smallest extent that they choose from.
std::int64_t gather_nd_limit(const Graph& graph, const Operator& op, std::size_t input) {
  const std::vector<std::int32_t>& shape = operand(graph, op.inputs, 0).shape;
  return input == 1 && !shape.empty() ? *std::ranges::min_element(shape) : 0;
}

std::int64_t lookup_limit(const Graph& graph, const Operator& op, std::size_t input) {
  const std::vector<std::int32_t>& shape = operand(graph, op.inputs, 1).shape;
  return input == 0 && !shape.empty() ? shape[0] : 0;
}

void answer_gather(const KernelCall& call) {
  const auto p = call.params<bl_gather_params>();
  const auto* input = call.input<std::uint8_t>(0);
  const auto* coordinates = call.input<std::int32_t>(1);
  auto* output = call.output<std::uint8_t>();
  for (std::int64_t b = 0; b < p.batches; ++b) {
    for (std::int64_t o = 0; o < p.outer; ++o) {
      for (std::int64_t c = 0; c < p.coordinates; ++c) {
        const std::int32_t chosen = coordinates[b * p.coordinates + c];
        check_index(chosen, p.axis);
        const std::int64_t from = (b * p.outer + o) * p.axis + chosen;
        output = std::copy_n(input + from * p.inner_bytes, p.inner_bytes, output);
      }
    }
  }
}

void answer_gather_nd(const KernelCall& call) {
  const auto p = call.params<bl_gather_nd_params>();
  const auto* indices = call.input<std::int32_t>(1);
  auto* output = call.output<std::uint8_t>();
  for (std::int32_t i = 0; i < p.slices; ++i) {
    std::int64_t from = 0, whole = p.input_bytes;
    for (std::size_t j = 0; j < static_cast<std::size_t>(p.dimensions); ++j) {
      check_index(*indices, whole / p.stride_bytes[j]);
      whole = p.stride_bytes[j];
      from += std::int64_t{*indices++} * p.stride_bytes[j];
    }
    output = std::copy_n(call.input<std::uint8_t>(0) + from, p.slice_bytes, output);
  }
}

template <class E>
void answer_embedding_lookup(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_embedding_lookup_params>();
  const auto* lookup = call.input<std::int32_t>(0);
  T* output = call.output<T>();
  for (std::int32_t i = 0; i < p.lookups; ++i) {
    check_index(lookup[i], p.rows);
    const auto* row = call.input<std::int8_t>(1) + std::int64_t{lookup[i]} * p.row_bytes;
    output = std::transform(row, row + p.row_bytes, output, [&](std::int8_t value) {
      if constexpr (std::is_same_v<T, float>) return p.scale * static_cast<float>(value);
      return static_cast<T>(value);
    });
  }
}

void answer_dynamic_update_slice(const KernelCall& call) {
  const auto p = call.params<bl_dynamic_update_slice_params>();
  const auto dimensions = static_cast<std::size_t>(p.dimensions);
  const auto* input = call.input<std::uint8_t>(0);
  const auto* update = call.input<std::uint8_t>(1);
  auto* output = call.output<std::uint8_t>();
  std::copy_n(input, p.input_bytes, output);
  std::int64_t rows = 1, first = 0;
  for (std::size_t d = 0; d < dimensions; ++d) {
    const std::int64_t wanted =
        p.has_wide_start != 0 ? call.input<std::int64_t>(2)[d] : call.input<std::int32_t>(2)[d];
    const std::int64_t most = p.input_extent[d] - p.update_extent[d];
    first += std::clamp<std::int64_t>(wanted, 0, most) * p.input_stride_bytes[d];
    if (d + 1 < dimensions) rows *= p.update_extent[d];
  }
  const std::int64_t row =
      std::int64_t{p.update_extent[dimensions - 1]} * p.update_stride_bytes[dimensions - 1];
  for (std::int64_t i = 0; i < rows; ++i) {
    std::int64_t at = first, left = i;
    for (std::size_t d = dimensions - 1; d-- > 0;) {
      at += left % p.update_extent[d] * p.input_stride_bytes[d];
      left /= p.update_extent[d];
    }
    std::copy_n(update + i * row, row, output + at);
  }
}

constexpr auto kGather = byte_kernels<Int8, Float32>("gather", answer_gather);
constexpr auto kGatherNd = byte_kernels<Int8, Float32>("gather_nd", answer_gather_nd);
constexpr Kernel kEmbeddingLookup[] = {
    byte_kernel<Int8>("embedding_lookup", answer_embedding_lookup<Int8>),
    byte_kernel<Float32>("embedding_lookup", answer_embedding_lookup<Int8>),
    converting_kernel<Int8, Float32>("embedding_lookup", answer_embedding_lookup<Float32>)};
constexpr auto kDynamicUpdateSlice =
    byte_kernels<Int8, Int16, Int32, Float32>("dynamic_update_slice", answer_dynamic_update_slice);

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kGather,
     .signature = kTwoInputs,
     .options = &kGatherOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_gather,
     .kernels = kGather,
     .note = "an index outside is bad input; TensorFlow Lite Micro reads behind the tensor",
     .index_limit = gather_limit},
    {.kind = OpKind::kGatherNd,
     .signature = kTwoInputs,
     .options = &kGatherNdOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_gather_nd,
     .kernels = kGatherNd,
     .index_limit = gather_nd_limit},
    // Input 0 is what is looked up.
    {.kind = OpKind::kEmbeddingLookup,
     .signature = kTwoInputs,
     .options = &kNoOptions,
     .data_input = 1,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_embedding_lookup,
     .kernels = kEmbeddingLookup,
     .index_limit = lookup_limit},
    {.kind = OpKind::kDynamicUpdateSlice,
     .signature = Signature{.min_inputs = 3, .max_inputs = 3},
     .options = &kDynamicUpdateSliceOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_dynamic_update_slice,
     .kernels = kDynamicUpdateSlice},
};

}  // namespace

std::span<const OperatorRecord> indexing_operators() { return kRecords; }

}  // namespace boardless::workloads
