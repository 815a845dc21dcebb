// The operators that write one value many times, or shapes that values are spread to: FILL,
// ZEROS_LIKE, BROADCAST_TO and BROADCAST_ARGS.
#include <algorithm>
#include <array>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/strided_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kFillOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::FillOptions, tflite::CreateFillOptions>,
    .version = first_version};
constexpr OptionsCodec kZerosLikeOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::ZerosLikeOptions, tflite::CreateZerosLikeOptions>,
    .version = first_version};
constexpr OptionsCodec kBroadcastToOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::BroadcastToOptions, tflite::CreateBroadcastToOptions>,
    .version = first_version};
constexpr OptionsCodec kBroadcastArgsOptions{
    .read = read_nothing, .write = write_nothing, .version = first_version};

// The constant operand that says what shape the output has.
void require_stated_shape(const OperatorView& view, std::size_t input) {
  const std::vector<std::int64_t> stated = view.integers(input, "shape");
  if (std::ranges::equal(stated, view.output().shape)) return;
  view.fail("output shape {}; it is to be {}", shape_text(view.output()), fmt::join(stated, "x"));
}

PreparedOperator prepare_fill(const OperatorView& view) {
  require_stated_shape(view, 0);
  if (view.input(1).elements() != 1) {
    view.fail("value {} has {} elements; it is one", shape_text(view.input(1)),
              view.input(1).elements());
  }
  const bl_fill_params params{.count = static_cast<std::int32_t>(view.output().elements())};
  return view.finish(params, {view.tensor_operand(1), view.output_operand()});
}

PreparedOperator prepare_zeros_like(const OperatorView& view) {
  view.require_shape(view.output(), "output", view.input().shape);
  const bl_fill_params params{.count = static_cast<std::int32_t>(view.output().bytes())};
  return view.finish(params, {view.output_operand()});
}

PreparedOperator prepare_broadcast_to(const OperatorView& view) {
  require_stated_shape(view, 1);
  const std::vector<std::int32_t>& from = view.input().shape;
  const std::vector<std::int32_t>& to = view.output().shape;
  require_rank(view, view.output(), "output", 0, BL_DIMENSIONS);
  bl_broadcast_to_params params{
      .dimensions = static_cast<std::int32_t>(to.size()),
      .element_bytes = data_type_size(view.input().type),
      .output_elements = static_cast<std::int32_t>(view.output().elements()),
      .input_stride = {},
      .output_stride = {}};
  std::ranges::copy(strides_of(to), params.output_stride);
  bool fits = from.size() <= to.size();
  const std::vector<std::int32_t> strides = strides_of(from);
  for (std::size_t i = 0; fits && i < from.size(); ++i) {
    const std::size_t at = to.size() - from.size() + i;
    fits = from[i] == 1 || from[i] == to[at];
    params.input_stride[at] = from[i] == 1 ? 0 : strides[i];
  }
  if (!fits) {
    view.fail("{} cannot be spread to {}", shape_text(view.input()), shape_text(view.output()));
  }
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_broadcast_args(const OperatorView& view) {
  view.require_type(view.input(1), "input 1", view.input().type);
  for (const std::size_t i : {0U, 1U}) {
    if (view.input(i).shape.size() == 1) continue;
    view.fail("input {} {} is no shape; it has one dimension", i, shape_text(view.input(i)));
  }
  const std::int32_t counts[] = {view.input(0).shape[0], view.input(1).shape[0]};
  view.require_shape(view.output(), "output", std::array{std::max(counts[0], counts[1])});
  const bl_broadcast_args_params params{
      .count1 = counts[0], .count2 = counts[1], .output_count = std::max(counts[0], counts[1])};
  return view.finish(params,
                     {view.tensor_operand(0), view.tensor_operand(1), view.output_operand()});
}

struct Fill {
  template <class T>
  static void run(const KernelCall& call) {
    std::fill_n(call.output<T>(), call.params<bl_fill_params>().count, *call.input<T>(0));
  }
};

void answer_zeros(const KernelCall& call) {
  std::fill_n(call.output<std::uint8_t>(), call.params<bl_fill_params>().count, std::uint8_t{0});
}

// The last dimension of the view is the bytes of an element.
void answer_broadcast_to(const KernelCall& call) {
  const auto p = call.params<bl_broadcast_to_params>();
  StridedView view;
  std::int32_t whole = p.output_elements;
  for (std::size_t i = 0; i < static_cast<std::size_t>(p.dimensions); ++i) {
    view.dimensions.push_back(
        {whole / p.output_stride[i], std::int64_t{p.input_stride[i]} * p.element_bytes});
    whole = p.output_stride[i];
  }
  view.dimensions.push_back({p.element_bytes, 1});
  read_through(view, call.input<std::uint8_t>(0), call.output<std::uint8_t>());
}

template <class E>
void answer_broadcast_args(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_broadcast_args_params>();
  for (std::int32_t i = 0; i < p.output_count; ++i) {
    const std::int32_t at1 = i - (p.output_count - p.count1), at2 = i - (p.output_count - p.count2);
    const T a = at1 < 0 ? T{1} : call.input<T>(0)[at1];
    const T b = at2 < 0 ? T{1} : call.input<T>(1)[at2];
    if (a != b && a != 1 && b != 1) {
      throw InputError(fmt::format("extents {} and {} do not go together", a, b));
    }
    call.output<T>()[i] = a == 1 ? b : a;
  }
}

constexpr auto kFill = width_kernels<Fill, Int8, Int32, Float32>("fill");
constexpr auto kZeros = byte_kernels<Int8, Int32, Int64, Float32>("zeros", answer_zeros);
constexpr auto kBroadcastTo =
    byte_kernels<Int8, UInt8, Int16, Int32, UInt32, Int64, UInt64, Float32, Bool>(
        "broadcast_to", answer_broadcast_to);
constexpr Kernel kBroadcastArgs[] = {kernel<Int32>("broadcast_args", answer_broadcast_args<Int32>),
                                     kernel<Int64>("broadcast_args", answer_broadcast_args<Int64>)};

constexpr Signature kTwoInputs{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    // Input 0 is the shape.
    {.kind = OpKind::kFill,
     .signature = kTwoInputs,
     .options = &kFillOptions,
     .data_input = 1,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_fill,
     .kernels = kFill},
    {.kind = OpKind::kZerosLike,
     .signature = Signature{},
     .options = &kZerosLikeOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_zeros_like,
     .kernels = kZeros},
    {.kind = OpKind::kBroadcastTo,
     .signature = kTwoInputs,
     .options = &kBroadcastToOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_broadcast_to,
     .kernels = kBroadcastTo},
    {.kind = OpKind::kBroadcastArgs,
     .signature = kTwoInputs,
     .options = &kBroadcastArgsOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_broadcast_args,
     .kernels = kBroadcastArgs},
};

}  // namespace

std::span<const OperatorRecord> filling_operators() { return kRecords; }

}  // namespace boardless::workloads
