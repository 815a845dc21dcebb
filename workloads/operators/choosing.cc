// The operators that choose between values: SELECT_V2 by a condition, ARG_MAX and ARG_MIN by size.
#include <algorithm>
#include <array>
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

constexpr OptionsCodec kSelectOptions{
    .read = read_nothing,
    .write = write_empty_table<tflite::SelectV2Options, tflite::CreateSelectV2Options>,
    .version = first_version};

template <class Table>
Attributes read_arg(const tflite::Operator& stored) {
  const auto& options = required<Table>(stored, "ArgMaxOptions or ArgMinOptions");
  const auto type = static_cast<DataType>(options.output_type());
  if (type != DataType::kInt32 && type != DataType::kInt64) {
    throw InputError(
        fmt::format("has output type {}, int32 and int64 are known", data_type_name(type)));
  }
  return ArgMaxAttributes{type};
}
template <class Table, MakesTable<Table, std::int8_t>* create>
WrittenOptions write_arg(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                         const Operator& op) {
  const auto type = static_cast<std::int8_t>(attributes_of<ArgMaxAttributes>(op).output_type);
  return {kTypeOf<Table>, create(builder, type).Union()};
}
constexpr OptionsCodec kArgMaxOptions{
    read_arg<tflite::ArgMaxOptions>, write_arg<tflite::ArgMaxOptions, tflite::CreateArgMaxOptions>};
constexpr OptionsCodec kArgMinOptions{
    read_arg<tflite::ArgMinOptions>, write_arg<tflite::ArgMinOptions, tflite::CreateArgMinOptions>};

constexpr std::size_t kOperands = 4;  // condition, x, y, output
using Strides = std::array<std::int32_t, kOperands>;

struct SelectDimension {
  std::int32_t extent = 1;
  Strides stride{};
};

// Strides of each operand over the output's dimensions from the last on; 0 where it has one
// element.
std::vector<SelectDimension> select_dimensions(const OperatorView& view) {
  const Tensor* const tensors[kOperands] = {&view.input(0), &view.input(1), &view.input(2),
                                            &view.output()};
  const std::vector<std::int32_t>& to = view.output().shape;
  std::vector<SelectDimension> dimensions;
  Strides dense{1, 1, 1, 1};
  for (std::size_t back = 0; back < to.size(); ++back) {
    SelectDimension dimension{.extent = to[to.size() - 1 - back]};
    for (std::size_t i = 0; i < kOperands; ++i) {
      const std::vector<std::int32_t>& shape = tensors[i]->shape;
      const std::int32_t extent = back < shape.size() ? shape[shape.size() - 1 - back] : 1;
      if (shape.size() > to.size() || (extent != 1 && extent != dimension.extent)) {
        view.fail("input {} {} cannot be spread to {}", i, shape_text(*tensors[i]),
                  shape_text(view.output()));
      }
      dimension.stride[i] = extent == 1 && dimension.extent != 1 ? 0 : dense[i];
      dense[i] *= extent;
    }
    dimensions.push_back(dimension);
  }
  return dimensions;
}

// Dimensions that follow one another in every operand become one.
std::vector<SelectDimension> joined(const std::vector<SelectDimension>& dimensions) {
  std::vector<SelectDimension> result;
  for (const SelectDimension& dimension : dimensions) {
    const auto follows = [&](std::size_t i) {
      return dimension.extent == 1 ||
             dimension.stride[i] == result.back().stride[i] * result.back().extent;
    };
    if (!result.empty() && follows(0) && follows(1) && follows(2) && follows(3)) {
      result.back().extent *= dimension.extent;
    } else {
      result.push_back(dimension);
    }
  }
  if (result.empty()) result.push_back({1, {1, 1, 1, 1}});
  return result;
}

PreparedOperator prepare_select(const OperatorView& view) {
  view.require_type(view.input(0), "condition", DataType::kBool);
  view.require_type(view.input(2), "input 2", view.input(1).type);
  const std::vector<SelectDimension> dimensions = joined(select_dimensions(view));
  if (dimensions.size() > BL_DIMENSIONS) {
    view.not_modelled("{} dimensions with different broadcasting; supported: up to {}",
                      dimensions.size(), BL_DIMENSIONS);
  }
  bl_select_params params{};
  params.dimensions = static_cast<std::int32_t>(dimensions.size());
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    params.extent[i] = dimensions[i].extent;
    params.condition_stride[i] = dimensions[i].stride[0];
    params.x_stride[i] = dimensions[i].stride[1];
    params.y_stride[i] = dimensions[i].stride[2];
    params.output_stride[i] = dimensions[i].stride[3];
  }
  return view.finish(params, {view.tensor_operand(0), view.tensor_operand(1),
                              view.tensor_operand(2), view.output_operand()});
}

PreparedOperator prepare_arg(const OperatorView& view) {
  const std::vector<std::int32_t>& input = view.input().shape;
  const std::vector<std::int64_t> axes = view.integers(1, "axis");
  if (axes.size() != 1) view.fail("has {} axes; it takes one", axes.size());
  const std::size_t axis = axis_of(view, axes[0], view.input());
  std::vector<std::int32_t> expected = input;
  expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(axis));
  view.require_shape(view.output(), "output", expected);
  const bl_arg_params params{.outer = elements_between(input, 0, axis),
                             .axis = input[axis],
                             .inner = elements_between(input, axis + 1, input.size())};
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

struct Select {
  template <class T>
  static void run(const KernelCall& call) {
    const auto p = call.params<bl_select_params>();
    std::int64_t count = 1;
    for (std::size_t d = 0; d < static_cast<std::size_t>(p.dimensions); ++d) count *= p.extent[d];
    for (std::int64_t i = 0; i < count; ++i) {
      std::int64_t left = i, condition = 0, x = 0, y = 0, output = 0;
      for (std::size_t d = 0; d < static_cast<std::size_t>(p.dimensions); ++d) {
        const std::int64_t at = left % p.extent[d];
        left /= p.extent[d];
        condition += at * p.condition_stride[d];
        x += at * p.x_stride[d];
        y += at * p.y_stride[d];
        output += at * p.output_stride[d];
      }
      const bool is_x = call.input<std::uint8_t>(0)[condition] != 0;
      call.output<T>()[output] = is_x ? call.input<T>(1)[x] : call.input<T>(2)[y];
    }
  }
};

// Not-a-number is taken only where there is nothing else.
template <class E, bool is_max>
void answer_arg(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_arg_params>();
  auto* output = call.output<std::int32_t>();
  for (std::int64_t outer = 0; outer < p.outer; ++outer) {
    for (std::int64_t inner = 0; inner < p.inner; ++inner) {
      const auto value = [&](std::int32_t i) {
        return call.input<T>(0)[(outer * p.axis + i) * p.inner + inner];
      };
      std::int32_t best = 0;
      for (std::int32_t i = 1; i < p.axis; ++i) {
        const bool is_better = is_max ? value(i) > value(best) : value(i) < value(best);
        const bool is_first_number = value(best) != value(best) && value(i) == value(i);
        if (is_better || is_first_number) best = i;
      }
      *output++ = best;
    }
  }
}

constexpr auto kSelect = width_kernels<Select, Int8, UInt8, Int16, Float32>("select");
constexpr Kernel kArgMax[] = {
    converting_kernel<Int8, Int32>("arg_max", answer_arg<Int8, true>),
    converting_kernel<Float32, Int32>("arg_max", answer_arg<Float32, true>)};
constexpr Kernel kArgMin[] = {
    converting_kernel<Int8, Int32>("arg_min", answer_arg<Int8, false>),
    converting_kernel<Float32, Int32>("arg_min", answer_arg<Float32, false>)};

constexpr Signature kDataAndAxis{.min_inputs = 2, .max_inputs = 2};

constexpr OperatorRecord kRecords[] = {
    // Input 0 is the condition.
    {.kind = OpKind::kSelectV2,
     .signature = Signature{.min_inputs = 3, .max_inputs = 3},
     .options = &kSelectOptions,
     .data_input = 1,
     .prepare = prepare_select,
     .kernels = kSelect},
    {.kind = OpKind::kArgMax,
     .signature = kDataAndAxis,
     .options = &kArgMaxOptions,
     .prepare = prepare_arg,
     .kernels = kArgMax},
    {.kind = OpKind::kArgMin,
     .signature = kDataAndAxis,
     .options = &kArgMinOptions,
     .prepare = prepare_arg,
     .kernels = kArgMin},
};

}  // namespace

std::span<const OperatorRecord> choosing_operators() { return kRecords; }

}  // namespace boardless::workloads
