// A neural network as boardless sees it: tensors and operators in execution order, as TFLite has
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workloads/graph/operator_kind.h"

namespace boardless::workloads {

// Values are those of the TFLite format's TensorType.
enum class DataType : std::int8_t {
  kFloat32 = 0,
  kFloat16 = 1,
  kInt32 = 2,
  kUInt8 = 3,
  kInt64 = 4,
  kString = 5,
  kBool = 6,
  kInt16 = 7,
  kComplex64 = 8,
  kInt8 = 9,
  kFloat64 = 10,
  kComplex128 = 11,
  kUInt64 = 12,
  kResource = 13,
  kVariant = 14,
  kUInt32 = 15,
  kUInt16 = 16,
  kInt4 = 17,
};

std::string_view data_type_name(DataType type);  // "int8", "float32", …
// Bytes one element takes; 0 for types without a fixed size, 1 for int4, of which two are in a
// byte. element_type.h has what else there is to know of a type.
int data_type_size(DataType type);

// Affine quantisation: real = scale * (q - zero_point). Empty scale means "not quantised"; more
// than one scale means one per slice along `axis`.
struct Quantization {
  std::vector<float> scale;
  std::vector<std::int64_t> zero_point;
  int axis = 0;
  bool per_channel() const { return scale.size() > 1; }
};

struct Tensor {
  std::string name;
  DataType type = DataType::kInt8;
  std::vector<std::int32_t> shape;  // NHWC for activations; empty means scalar
  Quantization quantization;
  std::vector<std::uint8_t> data;  // little-endian content of a constant; empty for activations
  // A constant whose content was never made, because only shapes matter: `data` is empty all the
  // same. Whatever needs the content refuses such a graph (require_contents).
  bool shape_only = false;
  // Keeps its value from one invocation of the model to the next.
  bool is_variable = false;
  bool is_constant() const { return shape_only || !data.empty(); }
  std::int64_t elements() const;
  std::int64_t bytes() const;
};

std::string shape_text(const Tensor& tensor);  // "1x25x5x64"; "scalar" for rank 0

// The bytes of a variable before the first invocation: its data, or real zeros, as TFLite Micro has
// them.
std::vector<std::uint8_t> initial_value(const Tensor& tensor);

enum class Padding : std::int8_t { kSame = 0, kValid = 1 };
enum class Activation : std::int8_t {
  kNone = 0,
  kRelu = 1,
  kReluN1To1 = 2,
  kRelu6 = 3,
  kTanh = 4,
  kSignBit = 5
};

struct NoAttributes {};
struct ConvAttributes {  // CONV_2D and DEPTHWISE_CONV_2D
  Padding padding = Padding::kSame;
  int stride_h = 1, stride_w = 1;
  int dilation_h = 1, dilation_w = 1;
  int depth_multiplier = 1;  // depthwise only
  Activation activation = Activation::kNone;
  DataType stated_bias = DataType::kFloat32;  // CONV_2D only, as FullyConnectedAttributes'
};
struct PoolAttributes {
  Padding padding = Padding::kValid;
  int stride_h = 1, stride_w = 1;
  int filter_h = 1, filter_w = 1;
  Activation activation = Activation::kNone;
};
struct FullyConnectedAttributes {
  Activation activation = Activation::kNone;
  bool keep_num_dims = false;
  // int32 where sums of int16 data are kept in 32 bits although no bias has that type.
  DataType stated_bias = DataType::kFloat32;
};
struct ArithmeticAttributes {  // ADD, MUL and SUB; L2_NORMALIZATION has just an activation too
  Activation activation = Activation::kNone;
};
struct SoftmaxAttributes {
  float beta = 1.0F;
};
struct ReduceAttributes {  // MEAN
  bool keep_dims = false;
};
struct ConcatenationAttributes {
  int axis = 0;  // negative counts from the last dimension
  Activation activation = Activation::kNone;
};
struct ResizeAttributes {  // RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR
  bool align_corners = false;
  bool half_pixel_centers = false;
};
struct LeakyReluAttributes {
  float alpha = 0.0F;  // slope below zero
};
struct TransposeConvAttributes {
  Padding padding = Padding::kSame;
  int stride_h = 1, stride_w = 1;
  Activation activation = Activation::kNone;
};
struct BatchMatmulAttributes {  // of the matrices
  bool transpose_left = false, transpose_right = false;
};
struct SvdfAttributes {
  int rank = 1;
  Activation activation = Activation::kNone;
};
struct LstmAttributes {                            // UNIDIRECTIONAL_SEQUENCE_LSTM
  Activation activation = Activation::kTanh;       // of the cell gate
  float cell_clip = 0.0F, projection_clip = 0.0F;  // 0: none
  bool time_major = false;
};
struct StridedSliceAttributes {  // bit i of a mask is about dimension i
  int begin_mask = 0, end_mask = 0, ellipsis_mask = 0, new_axis_mask = 0, shrink_axis_mask = 0;
};
struct SplitAttributes {  // SPLIT and SPLIT_V
  int parts = 1;
};
struct PackAttributes {  // PACK and UNPACK
  int count = 1, axis = 0;
};
struct SqueezeAttributes {
  std::vector<std::int32_t> axes;  // all of extent 1 where there are none
};
struct GatherAttributes {
  int axis = 0, batch_dims = 0;
};
struct MirrorPadAttributes {
  bool is_symmetric = false;  // the element at the edge is repeated
};
struct BlockAttributes {  // SPACE_TO_DEPTH and DEPTH_TO_SPACE
  int size = 1;
};
struct ArgMaxAttributes {  // ARG_MAX and ARG_MIN
  DataType output_type = DataType::kInt64;
};
struct CumsumAttributes {
  bool exclusive = false, reverse = false;
};
struct IfAttributes {  // numbers of subgraphs, as of those below
  int then_subgraph = 1, else_subgraph = 1;
};
struct WhileAttributes {
  int condition_subgraph = 1, body_subgraph = 1;
};
struct CallOnceAttributes {
  int subgraph = 1;
};
struct VarHandleAttributes {  // name the variable together
  std::string container, shared_name;
};
struct CustomAttributes {
  std::vector<std::uint8_t> options;  // in the operator's own encoding
};
using Attributes = std::variant<
    NoAttributes, ConvAttributes, PoolAttributes, FullyConnectedAttributes, ArithmeticAttributes,
    SoftmaxAttributes, ReduceAttributes, ConcatenationAttributes, ResizeAttributes,
    LeakyReluAttributes, TransposeConvAttributes, BatchMatmulAttributes, SvdfAttributes,
    LstmAttributes, StridedSliceAttributes, SplitAttributes, PackAttributes, ArgMaxAttributes,
    SqueezeAttributes, GatherAttributes, MirrorPadAttributes, BlockAttributes, CumsumAttributes,
    IfAttributes, WhileAttributes, CallOnceAttributes, VarHandleAttributes, CustomAttributes>;

struct Operator {
  OpKind kind = OpKind::kAdd;
  std::string custom_name;  // only for the format's CUSTOM operator
  std::vector<int> inputs;  // tensor indices; -1 for an absent optional input
  std::vector<int> outputs;
  Attributes attributes;
};

// What operators of a graph run. Its tensors and operators are consecutive among the graph's.
struct Subgraph {
  std::string name;
  int first_tensor = 0, tensors = 0;
  int first_operator = 0, operators = 0;
  std::vector<int> inputs, outputs;  // into Graph::tensors
};

struct Graph {
  std::string name;  // file stem or zoo name
  // The main subgraph's, which is what runs, then those of the others.
  std::vector<Tensor> tensors;
  std::vector<Operator> operators;
  std::vector<int> inputs, outputs;  // of the main subgraph
  std::int64_t file_bytes = 0;       // size of the .tflite it was read from; 0 when made in memory
  std::vector<Subgraph> subgraphs = {};  // numbers 1, 2, …; graph/subgraphs.h has the main one too
};

// Throws InputError where a constant's content was never made (Tensor::shape_only): `purpose` ends
// "… has no contents, which … needs".
void require_contents(const Graph& graph, std::string_view purpose);

// Multiply-accumulates of one operator, padding taps included: one per use of a weight. 0 for
// operators without weights.
std::int64_t macs(const Graph& graph, const Operator& op);
std::int64_t macs(const Graph& graph);
// Elements of the constant inputs of operators with MACs (weights and biases). The graph's count
// has a tensor that several operators share once.
std::int64_t parameters(const Graph& graph, const Operator& op);
std::int64_t parameters(const Graph& graph);

}  // namespace boardless::workloads
