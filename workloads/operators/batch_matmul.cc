// BATCH_MATMUL: products of matrices along the last two dimensions.
#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "kernels/abi.h"
#include "workloads/graph/element_type.h"
#include "workloads/graph/saturating.h"
#include "workloads/operators/counting.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kBatchMatmulOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto* options = stored.builtin_options_as<tflite::BatchMatMulOptions>();
      if (options == nullptr) return BatchMatmulAttributes{};
      return BatchMatmulAttributes{options->adj_x(), options->adj_y()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<BatchMatmulAttributes>(op);
          return WrittenOptions{
              tflite::BuiltinOptions::BatchMatMulOptions,
              tflite::CreateBatchMatMulOptions(builder, a.transpose_left, a.transpose_right)
                  .Union()};
        }};

// One operand: matrices of rows times columns as they are stored, in up to three dimensions.
struct Matrices {
  std::array<std::int32_t, 3> batch{1, 1, 1};
  std::int32_t rows = 0, columns = 0;
  std::int32_t count() const { return batch[0] * batch[1] * batch[2]; }
};

Matrices matrices(const OperatorView& view, const Tensor& tensor, std::string_view role) {
  const std::size_t rank = tensor.shape.size();
  if (rank < 2 || rank > 5) {
    view.not_modelled("{} {} has {} dimensions; supported: 2 to 5", role, shape_text(tensor), rank);
  }
  Matrices result;
  std::copy_backward(tensor.shape.begin(), tensor.shape.end() - 2, result.batch.end());
  result.rows = tensor.shape[rank - 2];
  result.columns = tensor.shape[rank - 1];
  return result;
}

// From one matrix to the next along each dimension.
void set_steps(const Matrices& m, std::int32_t (&step)[3]) {
  std::int32_t elements = m.rows * m.columns;
  for (std::size_t i = 3; i-- > 0;) {
    step[i] = m.batch[i] == 1 ? 0 : elements;
    elements *= m.batch[i];
  }
}

void set_batch(const OperatorView& view, const Matrices& left, const Matrices& right,
               std::int32_t (&batch)[3]) {
  for (std::size_t i = 0; i < 3; ++i) {
    batch[i] = std::max(left.batch[i], right.batch[i]);
    if (std::min(left.batch[i], right.batch[i]) != 1 && left.batch[i] != right.batch[i]) {
      view.fail("{} and {} cannot be broadcast", shape_text(view.input(0)),
                shape_text(view.input(1)));
    }
  }
}

void check_output(const OperatorView& view, const bl_batch_matmul_params& p) {
  std::vector<std::int32_t> shape(p.batch, p.batch + 3);
  const std::size_t rank = std::max(view.input(0).shape.size(), view.input(1).shape.size());
  shape.insert(shape.end(), {p.rows, p.columns});
  shape.erase(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(5 - rank));
  view.require_shape(view.output(), "output", shape);
}

// The transposes of a constant's matrices, which TFLite Micro forms before the first step.
Operand transposed(const OperatorView& view, const Matrices& m) {
  const Tensor& tensor = view.input(1);
  const auto bytes = static_cast<std::size_t>(data_type_size(tensor.type));
  std::vector<std::uint8_t> result(tensor.data.size());
  const std::uint8_t* from = tensor.data.data();
  for (std::int32_t i = 0; i < m.count(); ++i) {
    for (std::int32_t row = 0; row < m.rows; ++row) {
      for (std::int32_t column = 0; column < m.columns; ++column, from += bytes) {
        const std::size_t at = (static_cast<std::size_t>(i) * m.columns + column) * m.rows + row;
        std::memcpy(result.data() + at * bytes, from, bytes);
      }
    }
  }
  return view.constant(result);
}

void set_rescaling(const OperatorView& view, bl_batch_matmul_params& p) {
  const Tensor& left = view.input(0);
  const Tensor& right = view.input(1);
  p.left_offset = -view.zero_point(left, "input 0");
  p.right_offset = -view.zero_point(right, "input 1");
  p.output_offset = view.zero_point(view.output(), "output");
  // The product of the two scales is a float, as TFLite's is.
  const float product = view.scale(left, "input 0") * view.scale(right, "input 1");
  const double real = static_cast<double>(product) / view.scale(view.output(), "output");
  const bool is_wide = left.type == DataType::kInt16;
  if (is_wide && (p.left_offset != 0 || p.right_offset != 0 || p.output_offset != 0)) {
    view.fail("int16 operands have zero points {}, {} and {} (output); they must be 0",
              -p.left_offset, -p.right_offset, p.output_offset);
  }
  const std::int64_t largest = is_wide ? std::int64_t{1} << 30 : 255 * 255;
  const FixedMultiplier by = is_wide ? view.wide_multiplier(real, p.depth * largest)
                                     : view.multiplier(real, p.depth * largest);
  p.multiplier = by.multiplier;
  p.shift = by.shift;
}

PreparedOperator prepare_batch_matmul(const OperatorView& view) {
  const auto& a = view.attributes<BatchMatmulAttributes>();
  view.require_type(view.input(1), "input 1", view.input(0).type);
  const Matrices left = matrices(view, view.input(0), "input 0");
  const Matrices right = matrices(view, view.input(1), "input 1");
  bl_batch_matmul_params p{};
  set_batch(view, left, right, p.batch);
  set_steps(left, p.left_step);
  set_steps(right, p.right_step);
  p.matrix_rows = a.transpose_left ? left.columns : left.rows;
  p.rows = p.matrix_rows;
  p.depth = a.transpose_left ? left.rows : left.columns;
  p.columns = a.transpose_right ? right.rows : right.columns;
  if (p.depth != (a.transpose_right ? right.columns : right.rows)) {
    view.fail("{} and {} do not agree in the dimension that is summed over",
              shape_text(view.input(0)), shape_text(view.input(1)));
  }
  check_output(view, p);
  p.transpose_left = a.transpose_left ? 1 : 0;
  // What the definition calls untransposed has its columns apart.
  const bool is_constant = view.input(1).is_constant();
  p.transpose_right = a.transpose_right || is_constant ? 0 : 1;
  p.left_matrices = left.count();
  p.right_matrices = right.count();
  // One matrix for all of the last dimension is multiplied with all their rows at once.
  if (right.batch[2] == 1) {
    p.rows *= p.batch[2];
    p.batch[2] = 1;
  }
  if (view.input(0).type != DataType::kFloat32) set_rescaling(view, p);
  const bool is_prepared = is_constant && !a.transpose_right;
  return view.finish(
      p, {view.tensor_operand(0), is_prepared ? transposed(view, right) : view.tensor_operand(1),
          view.output_operand()});
}

template <class T, class Sum>
T finished(const KernelCall& call, const bl_batch_matmul_params& p, Sum sum) {
  if constexpr (std::is_floating_point_v<Sum>) {
    return sum;
  } else if constexpr (sizeof(Sum) == sizeof(std::int64_t)) {
    return clamp_to_type<T>(rescale_wide(sum, {p.multiplier, p.shift}));
  } else {
    return clamp_to_type<T>(call.rescale(sum, {p.multiplier, p.shift}) + p.output_offset);
  }
}

template <class E, class Sum>
void answer_batch_matmul(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_batch_matmul_params>();
  const std::int64_t depth = p.depth, matrix_rows = p.matrix_rows;
  const auto left = [&, data = call.input<T>(0)](std::int64_t at, std::int64_t row,
                                                 std::int64_t k) {
    if (p.transpose_left == 0) return data[at + row * depth + k];
    return data[at + row / matrix_rows * matrix_rows * depth + k * matrix_rows + row % matrix_rows];
  };
  const auto right = [&, data = call.input<T>(1)](std::int64_t at, std::int64_t column,
                                                  std::int64_t k) {
    return data[at + (p.transpose_right == 0 ? column * depth + k : k * p.columns + column)];
  };
  const auto step = [](const std::int32_t(&steps)[3], std::int64_t b0, std::int64_t b1,
                       std::int64_t b2) { return b0 * steps[0] + b1 * steps[1] + b2 * steps[2]; };
  T* output = call.output<T>();
  const std::int64_t matrices = std::int64_t{p.batch[0]} * p.batch[1] * p.batch[2];
  for (std::int64_t i = 0; i < matrices; ++i) {
    const std::int64_t b2 = i % p.batch[2], b1 = i / p.batch[2] % p.batch[1];
    const std::int64_t b0 = i / p.batch[2] / p.batch[1];
    const std::int64_t left_at = step(p.left_step, b0, b1, b2);
    const std::int64_t right_at = step(p.right_step, b0, b1, b2);
    for (std::int64_t row = 0; row < p.rows; ++row) {
      for (std::int64_t column = 0; column < p.columns; ++column) {
        Sum sum = 0;
        for (std::int64_t k = 0; k < depth; ++k) {
          sum += (static_cast<Sum>(left(left_at, row, k)) + static_cast<Sum>(p.left_offset)) *
                 (static_cast<Sum>(right(right_at, column, k)) + static_cast<Sum>(p.right_offset));
        }
        *output++ = finished<T>(call, p, sum);
      }
    }
  }
}

std::int64_t batch_matmul_macs(const Graph& graph, const Operator& op) {
  const Tensor* left = tensor_at(graph, op.inputs, 0);
  const Tensor* output = tensor_at(graph, op.outputs, 0);
  const auto* a = std::get_if<BatchMatmulAttributes>(&op.attributes);
  if (left == nullptr || output == nullptr || left->shape.size() < 2) return 0;
  const bool is_transposed = a != nullptr && a->transpose_left;
  const std::int32_t depth = left->shape[left->shape.size() - (is_transposed ? 2 : 1)];
  return saturating_multiply(output->elements(), std::max(depth, 0));
}

constexpr Kernel kBatchMatmul[] = {
    kernel<Int8>("batch_matmul", answer_batch_matmul<Int8, std::int32_t>),
    kernel<Int16>("batch_matmul", answer_batch_matmul<Int16, std::int64_t>),
    kernel<Float32>("batch_matmul", answer_batch_matmul<Float32, float>)};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kBatchMatmul,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2},
     .options = &kBatchMatmulOptions,
     .macs = batch_matmul_macs,
     .layer_class = LayerClass::kVector,
     .prepare = prepare_batch_matmul,
     .kernels = kBatchMatmul,
     .note = "a constant right operand is transposed once, as there, but stays in flash"}};

}  // namespace

std::span<const OperatorRecord> matrix_operators() { return kRecords; }

}  // namespace boardless::workloads
