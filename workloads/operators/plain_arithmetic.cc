// Prepares operators on numbers that stand for themselves.
#include <limits>

#include "workloads/operators/arithmetic.h"

namespace boardless::workloads {
namespace {

template <class T>
struct Range {
  T min, max;
};

template <class T>
Range<T> range_of(const OperatorView& view) {
  const T most = std::numeric_limits<T>::max();
  switch (view.attributes<ArithmeticAttributes>().activation) {
    case Activation::kNone:
      return {std::numeric_limits<T>::lowest(), most};
    case Activation::kRelu:
      return {0, most};
    case Activation::kReluN1To1:
      return {-1, 1};
    case Activation::kRelu6:
      return {0, 6};
    default:
      view.not_modelled("fused activation {}; supported: none, RELU, RELU_N1_TO_1, RELU6",
                        static_cast<int>(view.attributes<ArithmeticAttributes>().activation));
  }
}

}  // namespace

PreparedOperator prepare_binary(const OperatorView& view) {
  view.require_type(view.input(1), "input 1", view.input(0).type);
  return view.finish(bl_binary_params{broadcast(view)}, view.all_operands());
}

PreparedOperator prepare_plain_arithmetic(const OperatorView& view) {
  if (view.kernel().input == DataType::kFloat32) {
    const auto range = range_of<float>(view);
    return view.finish(bl_float_arithmetic_params{broadcast(view), range.min, range.max},
                       view.all_operands());
  }
  const auto range = range_of<std::int32_t>(view);
  return view.finish(bl_integer_arithmetic_params{broadcast(view), range.min, range.max},
                     view.all_operands());
}

}  // namespace boardless::workloads
