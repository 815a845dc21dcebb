// Writes the options tables of the operators boardless knows.
#include <cstdint>

#include "base/error.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

std::int8_t stored(Padding value) { return static_cast<std::int8_t>(value); }
std::int8_t stored(Activation value) { return static_cast<std::int8_t>(value); }

template <class T>
const T& attributes_of(const Operator& op) {
  const T* attributes = std::get_if<T>(&op.attributes);
  check(attributes != nullptr, "an operator carries the attributes of its kind");
  return *attributes;
}

// Options of the operators that move, join and resize tensors; none for RELU, LOGISTIC and others
// that have no table.
WrittenOptions write_further_options(flatbuffers::FlatBufferBuilder& builder, const Operator& op) {
  using tflite::BuiltinOptions;
  switch (op.kind) {
    case OpKind::kConcatenation: {
      const auto& a = attributes_of<ConcatenationAttributes>(op);
      return {BuiltinOptions::ConcatenationOptions,
              tflite::CreateConcatenationOptions(builder, a.axis, stored(a.activation)).Union()};
    }
    case OpKind::kSub:
      return {BuiltinOptions::SubOptions,
              tflite::CreateSubOptions(builder,
                                       stored(attributes_of<ArithmeticAttributes>(op).activation))
                  .Union()};
    case OpKind::kL2Normalization:
      return {BuiltinOptions::L2NormOptions,
              tflite::CreateL2NormOptions(
                  builder, stored(attributes_of<ArithmeticAttributes>(op).activation))
                  .Union()};
    case OpKind::kResizeBilinear: {
      const auto& a = attributes_of<ResizeAttributes>(op);
      return {BuiltinOptions::ResizeBilinearOptions,
              tflite::CreateResizeBilinearOptions(builder, a.align_corners, a.half_pixel_centers)
                  .Union()};
    }
    case OpKind::kResizeNearestNeighbor: {
      const auto& a = attributes_of<ResizeAttributes>(op);
      return {
          BuiltinOptions::ResizeNearestNeighborOptions,
          tflite::CreateResizeNearestNeighborOptions(builder, a.align_corners, a.half_pixel_centers)
              .Union()};
    }
    case OpKind::kLeakyRelu:
      return {BuiltinOptions::LeakyReluOptions,
              tflite::CreateLeakyReluOptions(builder, attributes_of<LeakyReluAttributes>(op).alpha)
                  .Union()};
    case OpKind::kTransposeConv: {
      const auto& a = attributes_of<TransposeConvAttributes>(op);
      return {BuiltinOptions::TransposeConvOptions,
              tflite::CreateTransposeConvOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                                 stored(a.activation))
                  .Union()};
    }
    case OpKind::kStridedSlice: {
      const auto& a = attributes_of<StridedSliceAttributes>(op);
      return {BuiltinOptions::StridedSliceOptions,
              tflite::CreateStridedSliceOptions(builder, a.begin_mask, a.end_mask, a.ellipsis_mask,
                                                a.new_axis_mask, a.shrink_axis_mask)
                  .Union()};
    }
    case OpKind::kSplit:
      return {
          BuiltinOptions::SplitOptions,
          tflite::CreateSplitOptions(builder, attributes_of<SplitAttributes>(op).parts).Union()};
    case OpKind::kPack: {
      const auto& a = attributes_of<PackAttributes>(op);
      return {BuiltinOptions::PackOptions,
              tflite::CreatePackOptions(builder, a.count, a.axis).Union()};
    }
    case OpKind::kArgMax: {
      const auto type = static_cast<std::int8_t>(attributes_of<ArgMaxAttributes>(op).output_type);
      return {BuiltinOptions::ArgMaxOptions, tflite::CreateArgMaxOptions(builder, type).Union()};
    }
    case OpKind::kBatchToSpaceNd:
      return {BuiltinOptions::BatchToSpaceNDOptions,
              tflite::CreateBatchToSpaceNDOptions(builder).Union()};
    case OpKind::kSpaceToBatchNd:
      return {BuiltinOptions::SpaceToBatchNDOptions,
              tflite::CreateSpaceToBatchNDOptions(builder).Union()};
    case OpKind::kTranspose:
      return {BuiltinOptions::TransposeOptions, tflite::CreateTransposeOptions(builder).Union()};
    case OpKind::kMaximum:
    case OpKind::kMinimum:
      return {BuiltinOptions::MaximumMinimumOptions,
              tflite::CreateMaximumMinimumOptions(builder).Union()};
    case OpKind::kHardSwish:
      return {BuiltinOptions::HardSwishOptions, tflite::CreateHardSwishOptions(builder).Union()};
    default:
      return {};
  }
}

}  // namespace

bool can_write_options(OpKind kind) {
  switch (kind) {
    case OpKind::kAdd:
    case OpKind::kAveragePool2D:
    case OpKind::kConv2D:
    case OpKind::kDepthwiseConv2D:
    case OpKind::kDequantize:
    case OpKind::kFullyConnected:
    case OpKind::kMaxPool2D:
    case OpKind::kMul:
    case OpKind::kRelu:
    case OpKind::kRelu6:
    case OpKind::kReshape:
    case OpKind::kSoftmax:
    case OpKind::kPad:
    case OpKind::kMean:
    case OpKind::kQuantize:
    case OpKind::kArgMax:
    case OpKind::kBatchToSpaceNd:
    case OpKind::kConcatenation:
    case OpKind::kCustom:
    case OpKind::kHardSwish:
    case OpKind::kL2Normalization:
    case OpKind::kLeakyRelu:
    case OpKind::kLogistic:
    case OpKind::kMaximum:
    case OpKind::kMinimum:
    case OpKind::kPack:
    case OpKind::kPrelu:
    case OpKind::kResizeBilinear:
    case OpKind::kResizeNearestNeighbor:
    case OpKind::kSpaceToBatchNd:
    case OpKind::kSplit:
    case OpKind::kStridedSlice:
    case OpKind::kSub:
    case OpKind::kTanh:
    case OpKind::kTranspose:
    case OpKind::kTransposeConv:
      return true;
    default:
      return false;
  }
}

WrittenOptions write_options(flatbuffers::FlatBufferBuilder& builder, const Graph& graph,
                             const Operator& op) {
  using tflite::BuiltinOptions;
  switch (op.kind) {
    case OpKind::kConv2D: {
      const auto& a = attributes_of<ConvAttributes>(op);
      return {BuiltinOptions::Conv2DOptions,
              tflite::CreateConv2DOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                          stored(a.activation), a.dilation_w, a.dilation_h)
                  .Union()};
    }
    case OpKind::kDepthwiseConv2D: {
      const auto& a = attributes_of<ConvAttributes>(op);
      return {BuiltinOptions::DepthwiseConv2DOptions,
              tflite::CreateDepthwiseConv2DOptions(builder, stored(a.padding), a.stride_w,
                                                   a.stride_h, a.depth_multiplier,
                                                   stored(a.activation), a.dilation_w, a.dilation_h)
                  .Union()};
    }
    case OpKind::kAveragePool2D:
    case OpKind::kMaxPool2D: {
      const auto& a = attributes_of<PoolAttributes>(op);
      return {BuiltinOptions::Pool2DOptions,
              tflite::CreatePool2DOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                          a.filter_w, a.filter_h, stored(a.activation))
                  .Union()};
    }
    case OpKind::kFullyConnected: {
      const auto& a = attributes_of<FullyConnectedAttributes>(op);
      return {BuiltinOptions::FullyConnectedOptions,
              tflite::CreateFullyConnectedOptions(builder, stored(a.activation), 0, a.keep_num_dims)
                  .Union()};
    }
    case OpKind::kAdd:
      return {BuiltinOptions::AddOptions,
              tflite::CreateAddOptions(builder,
                                       stored(attributes_of<ArithmeticAttributes>(op).activation))
                  .Union()};
    case OpKind::kMul:
      return {BuiltinOptions::MulOptions,
              tflite::CreateMulOptions(builder,
                                       stored(attributes_of<ArithmeticAttributes>(op).activation))
                  .Union()};
    case OpKind::kSoftmax:
      return {
          BuiltinOptions::SoftmaxOptions,
          tflite::CreateSoftmaxOptions(builder, attributes_of<SoftmaxAttributes>(op).beta).Union()};
    case OpKind::kMean:
      return {BuiltinOptions::ReducerOptions,
              tflite::CreateReducerOptions(builder, attributes_of<ReduceAttributes>(op).keep_dims)
                  .Union()};
    case OpKind::kReshape: {
      // The shape is given twice where there is a shape operand, as TFLite's converter does.
      const Tensor& output = graph.tensors[static_cast<std::size_t>(op.outputs.at(0))];
      return {BuiltinOptions::ReshapeOptions,
              tflite::CreateReshapeOptions(builder, builder.CreateVector(output.shape)).Union()};
    }
    case OpKind::kPad:
      return {BuiltinOptions::PadOptions, tflite::CreatePadOptions(builder).Union()};
    case OpKind::kQuantize:
      return {BuiltinOptions::QuantizeOptions, tflite::CreateQuantizeOptions(builder).Union()};
    case OpKind::kDequantize:
      return {BuiltinOptions::DequantizeOptions, tflite::CreateDequantizeOptions(builder).Union()};
    default:
      return write_further_options(builder, op);
  }
}

}  // namespace boardless::workloads
