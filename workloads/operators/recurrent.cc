// The operators that keep a state between steps. Those without kernels are counted and classed.
#include "workloads/operators/recurrent.h"

#include "kernels/abi.h"
#include "workloads/operators/counting.h"
#include "workloads/operators/families.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

constexpr OptionsCodec kSvdfOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::SVDFOptions>(stored, "SVDFOptions");
      return SvdfAttributes{positive(options.rank(), "rank"),
                            read_activation(options.fused_activation_function())};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<SvdfAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::SVDFOptions,
              tflite::CreateSVDFOptions(builder, a.rank, stored(a.activation)).Union()};
        },
    .version =
        [](const Graph& graph, const Operator& op) {
          return operand(graph, op.inputs, 0).type == DataType::kInt8 ? 3 : 1;
        }};

constexpr OptionsCodec kLstmOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::UnidirectionalSequenceLSTMOptions>(
          stored, "UnidirectionalSequenceLSTMOptions");
      return LstmAttributes{read_activation(options.fused_activation_function()),
                            options.cell_clip(), options.proj_clip(), options.time_major()};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<LstmAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::UnidirectionalSequenceLSTMOptions,
              tflite::CreateUnidirectionalSequenceLSTMOptions(
                  builder, stored(a.activation), a.cell_clip, a.projection_clip, a.time_major)
                  .Union()};
        },
    .version =
        [](const Graph& graph, const Operator& op) {
          return operand(graph, op.inputs, 0).type == DataType::kFloat32 ? 1 : 3;
        }};

// The weights over time and the state decide besides the data.
constexpr Kernel kSvdf[] = {weighted_kernel<Int8, Int8>("svdf", answer_svdf_s8_s8, true),
                            weighted_kernel<Int8, Int16>("svdf", answer_svdf_s8_s16, true),
                            weighted_kernel<Float32, Float32>("svdf", answer_svdf_f32)};
// In parts of 2^23, of a core and a host that begin each step with the same hidden state: a gate is
// as far apart as a logistic function, 4, or as a hyperbolic tangent, 5, and so a step moves a cell
// c by 6 |c| + 15. What forget gates let through of n steps is below 6 n |c| + 3 n (n + 4), as a
// cell grows by 1 a step. A value may have two ULP to such a part; the hidden state, below 1, has
// one.
constexpr Tolerance kLstmWithin{.ulp_per_term = 6,
                                .terms =
                                    [](const PreparedOperator& op) {
                                      const std::int64_t n =
                                          op.params_as<bl_float_lstm_params>().steps;
                                      return n * (n + 6);
                                    },
                                .formula = "6 n (n + 6) ULP, n steps",
                                .unit = 1};

constexpr Kernel follows(Kernel kernel) {
  kernel.follows = true;
  return kernel;
}

constexpr Kernel kLstm[] = {
    follows(within(kLstmWithin, weighted_kernel<Float32, Float32>("unidirectional_sequence_lstm",
                                                                  answer_lstm_f32))),
    weighted_kernel<Int8, Int8>("unidirectional_sequence_lstm", answer_lstm_s8),
    weighted_kernel<Int16, Int8>("unidirectional_sequence_lstm", answer_lstm_s16)};

std::int64_t recurrent_macs(const Graph& graph, const Operator& op) {
  return matrix_macs(graph, op, false);
}

constexpr OperatorRecord counted(OpKind kind) {
  return {.kind = kind, .macs = recurrent_macs, .layer_class = LayerClass::kRecurrent};
}

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kSvdf,
     .signature = Signature{.min_inputs = 5,
                            .max_inputs = 5,
                            .first_optional = 3,
                            .data_rank = 2,
                            .weights_rank = 2},
     .options = &kSvdfOptions,
     .weights_input = 2,
     .macs = recurrent_macs,
     .layer_class = LayerClass::kRecurrent,
     .prepare = prepare_svdf,
     .kernels = kSvdf,
     .lite_note = "int8: a state of int8 gives other numbers; float32: summed in another order"},
    {.kind = OpKind::kUnidirectionalSequenceLstm,
     .signature =
         Signature{.min_inputs = 20, .max_inputs = 24, .first_optional = 1, .data_rank = 3},
     .options = &kLstmOptions,
     .weights_input = 2,
     .macs = recurrent_macs,
     .layer_class = LayerClass::kRecurrent,
     .prepare = prepare_unidirectional_sequence_lstm,
     .kernels = kLstm},
    counted(OpKind::kLstm),
    counted(OpKind::kRnn),
    counted(OpKind::kUnidirectionalSequenceRnn),
    counted(OpKind::kBidirectionalSequenceRnn),
    counted(OpKind::kBidirectionalSequenceLstm),
};

}  // namespace

std::span<const OperatorRecord> recurrent_operators() { return kRecords; }

}  // namespace boardless::workloads
