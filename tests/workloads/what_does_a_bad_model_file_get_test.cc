// What does a file get that is no TFLite model, or one that contradicts itself?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "tests/workloads/small_graphs.h"
#include "workloads/graph/graph.h"
#include "workloads/tflite/tflite.h"
#include "workloads/tflite/tflite_generated.h"

namespace boardless::workloads {
namespace {

using Bytes = std::vector<std::uint8_t>;

// The message, or "" when the bytes were read.
std::string refusal(const Bytes& bytes) {
  try {
    read_tflite(bytes, "m.tflite");
    return "";
  } catch (const InputError& error) {
    return error.what();
  } catch (const NotModelled& error) {
    return std::string("not modelled: ") + error.what();
  }
}

TEST(BadFile, WithoutTheIdentifierIsNotATfliteFile) {
  constexpr char kMessage[] = "m.tflite: not a TFLite file (no \"TFL3\" identifier at byte 4)";
  EXPECT_EQ(refusal({}), kMessage);
  EXPECT_EQ(refusal({'T', 'F', 'L', '3'}), kMessage);
  EXPECT_EQ(refusal(Bytes(1000)), kMessage);
  EXPECT_EQ(refusal({16, 0, 0, 0, 'T', 'F', 'L', '2', 0, 0, 0, 0}), kMessage);
}

TEST(BadFile, CutAnywhereIsRefusedOrComplete) {
  const Bytes whole = write_tflite(testing::every_operator_graph());
  ASSERT_EQ(refusal(whole), "");
  for (std::size_t size = 8; size < whole.size(); size += 7) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(refusal(cut), "m.tflite: truncated or corrupted FlatBuffer (verification failed)")
        << size << " of " << whole.size() << " bytes";
  }
}

// Nothing to expect of each message, but each is an InputError or a graph that can be counted.
TEST(BadFile, WithAnyByteChangedNeverCrashes) {
  const Bytes whole = write_tflite(testing::uint8_graph());
  int read = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      Bytes changed = whole;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ change);
      try {
        const Graph graph = read_tflite(changed, "m.tflite");
        EXPECT_GE(macs(graph), 0);
        ++read;
      } catch (const InputError& error) {
        EXPECT_THAT(error.what(), ::testing::StartsWith("m.tflite: "));
      } catch (const NotModelled& error) {
        EXPECT_THAT(error.what(), ::testing::StartsWith("m.tflite: "));
      }
    }
  }
  EXPECT_GT(read, 0);
}

TEST(BadFile, ThatDoesNotExistIsNamed) {
  const std::filesystem::path path = std::filesystem::path(BOARDLESS_BINARY_DIR) / "no_such.tflite";
  EXPECT_THROW(
      {
        try {
          read_tflite_file(path);
        } catch (const InputError& error) {
          EXPECT_THAT(error.what(), ::testing::StartsWith(path.string() + ": "));
          throw;
        }
      },
      InputError);
}

// A valid model with one thing changed, and what is said about it. `is_sound`: the file would be
// right for another program, which is never called the user's mistake. Operator 0 is the
// convolution, operator 1 the pool; tensors 0 input, 1 filter, 2 bias, 3 features, 4 average.
struct Contradiction {
  const char* what;
  std::function<void(tflite::ModelT&)> change;
  const char* message;
  bool is_sound = false;
};

void PrintTo(const Contradiction& contradiction, std::ostream* out) { *out << contradiction.what; }

tflite::TensorT& tensor(tflite::ModelT& model, std::size_t index) {
  return *model.subgraphs.at(0)->tensors.at(index);
}
tflite::OperatorT& operation(tflite::ModelT& model, std::size_t index) {
  return *model.subgraphs.at(0)->operators.at(index);
}

Bytes contradicted(const std::function<void(tflite::ModelT&)>& change) {
  const Bytes good = write_tflite(testing::uint8_graph());
  const std::unique_ptr<tflite::ModelT> model(tflite::UnPackModel(good.data()));
  change(*model);
  flatbuffers::FlatBufferBuilder builder;
  tflite::FinishModelBuffer(builder, tflite::CreateModel(builder, model.get()));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

class Contradicted : public ::testing::TestWithParam<Contradiction> {};

TEST_P(Contradicted, IsRefusedInOneLineThatNamesIt) {
  EXPECT_EQ(
      refusal(contradicted(GetParam().change)),
      std::string(GetParam().is_sound ? "not modelled: " : "") + "m.tflite: " + GetParam().message);
}

using Model = tflite::ModelT;

INSTANTIATE_TEST_SUITE_P(
    Models, Contradicted,
    ::testing::Values(
        Contradiction{"version", [](Model& m) { m.version = 2; },
                      "schema version 2, version 3 is accepted"},
        Contradiction{"no_subgraph", [](Model& m) { m.subgraphs.clear(); }, "has no subgraph"},
        Contradiction{"no_operators", [](Model& m) { m.subgraphs[0]->operators.clear(); },
                      "graph output tensor 4 'activation_4' is never written"},
        Contradiction{"no_outputs", [](Model& m) { m.subgraphs[0]->outputs.clear(); },
                      "has no outputs"},
        Contradiction{"graph_input", [](Model& m) { m.subgraphs[0]->inputs[0] = 5; },
                      "a graph input has tensor index 5, the model has tensors 0 to 4"},
        Contradiction{"graph_output", [](Model& m) { m.subgraphs[0]->outputs[0] = -1; },
                      "a graph output has tensor index -1, the model has tensors 0 to 4"},
        Contradiction{"constant_output", [](Model& m) { m.subgraphs[0]->outputs[0] = 1; },
                      "graph output tensor 1 'weights_1' is a constant", true},
        Contradiction{"dynamic", [](Model& m) { tensor(m, 0).shape[0] = -1; },
                      "tensor 0 'activation_0' has extent -1 in dimension 0; every extent must be "
                      "fixed and at least 1 (export the model with a fixed batch and input size)",
                      true},
        Contradiction{"negative", [](Model& m) { tensor(m, 0).shape[0] = -2; },
                      "tensor 0 'activation_0' has extent -2 in dimension 0"},
        Contradiction{"negative_type", [](Model& m) { tensor(m, 0).type = -1; },
                      "tensor 0 'activation_0' has type -1"},
        Contradiction{"shuffled_weights",
                      [](Model& m) {
                        m.operator_codes[1]->builtin_code = 9;
                        m.operator_codes[1]->deprecated_builtin_code = 9;
                        tflite::FullyConnectedOptionsT options;
                        options.weights_format = 1;
                        operation(m, 1).builtin_options.Set(options);
                      },
                      "operator 1 (FULLY_CONNECTED) has weights in format 1, only 0 (rows) is "
                      "supported",
                      true},
        Contradiction{"empty", [](Model& m) { tensor(m, 3).shape[2] = 0; },
                      "tensor 3 'activation_3' has extent 0 in dimension 2; every extent must be "
                      "fixed and at least 1 (export the model with a fixed batch and input size)",
                      true},
        Contradiction{
            "huge", [](Model& m) { tensor(m, 0).shape = {2147483647, 2147483647, 2147483647, 3}; },
            "tensor 0 'activation_0' of shape 2147483647x2147483647x2147483647x3 takes "
            "more than 2147483647 bytes",
            true},
        Contradiction{"type", [](Model& m) { tensor(m, 0).type = 18; },
                      "tensor 0 'activation_0' has type 18, types 0 to 17 are known", true},
        Contradiction{"int4", [](Model& m) { tensor(m, 1).type = 17; },
                      "tensor 1 'weights_1' holds 48 bytes, its shape 4x2x2x3 of int4 takes 24"},
        Contradiction{"sparse",
                      [](Model& m) {
                        tensor(m, 1).sparsity = std::make_unique<tflite::SparsityParametersT>();
                      },
                      "tensor 1 'weights_1' is stored sparse; only dense tensors are supported",
                      true},
        Contradiction{"buffer", [](Model& m) { tensor(m, 1).buffer = 3; },
                      "tensor 1 'weights_1' has buffer index 3, the model has 3 buffers"},
        Contradiction{"short_constant", [](Model& m) { m.buffers[1]->data.pop_back(); },
                      "tensor 1 'weights_1' holds 47 bytes, its shape 4x2x2x3 of uint8 takes 48"},
        Contradiction{"scales", [](Model& m) { tensor(m, 1).quantization->scale = {1, 2, 3}; },
                      "tensor 1 'weights_1': 3 scales but 1 zero points"},
        Contradiction{"slices",
                      [](Model& m) {
                        tensor(m, 1).quantization->scale = {1, 2, 3};
                        tensor(m, 1).quantization->zero_point = {0, 0, 0};
                      },
                      "tensor 1 'weights_1': 3 scales along dimension 0 of shape 4x2x2x3; one, or "
                      "one per slice, is accepted"},
        Contradiction{"axis",
                      [](Model& m) {
                        tensor(m, 1).quantization->scale = {1, 2, 3, 4};
                        tensor(m, 1).quantization->zero_point = {0, 0, 0, 0};
                        tensor(m, 1).quantization->quantized_dimension = 4;
                      },
                      "tensor 1 'weights_1': quantised along dimension 4 of shape 4x2x2x3"},
        Contradiction{"zero_scale", [](Model& m) { tensor(m, 3).quantization->scale[0] = 0; },
                      "tensor 3 'activation_3': scale 0 is not a positive number"},
        Contradiction{"nan_scale",
                      [](Model& m) {
                        tensor(m, 1).quantization->scale[0] =
                            std::numeric_limits<float>::quiet_NaN();
                      },
                      "tensor 1 'weights_1': scale nan is not a positive number"},
        Contradiction{"zero_point", [](Model& m) { tensor(m, 0).quantization->zero_point[0] = -1; },
                      "tensor 0 'activation_0': zero point -1 is outside 0 to 255 (uint8)"},
        Contradiction{"details", [](Model& m) { tensor(m, 1).quantization->details_type = 2; },
                      "tensor 1 'weights_1' has quantisation details of kind 2; one scale, or one "
                      "per slice, is accepted",
                      true},
        Contradiction{"opcode", [](Model& m) { operation(m, 1).opcode_index = 2; },
                      "operator 1 has operator code index 2, the model has 2 codes"},
        Contradiction{"negative_code",
                      [](Model& m) {
                        m.operator_codes[0]->builtin_code = -5;
                        m.operator_codes[0]->deprecated_builtin_code = -5;
                      },
                      "operator 0 has code -5"},
        Contradiction{"while", [](Model& m) { m.operator_codes[1]->builtin_code = 119; },
                      "operator 1 (WHILE) has no WhileOptions"},
        Contradiction{
            "input_index", [](Model& m) { operation(m, 0).inputs[1] = 99; },
            "operator 0 (CONV_2D) input 1 has tensor index 99, the model has tensors 0 to "
            "4"},
        Contradiction{
            "missing_filter", [](Model& m) { operation(m, 0).inputs[1] = -1; },
            "operator 0 (CONV_2D) input 1 has tensor index -1, the model has tensors 0 to "
            "4"},
        Contradiction{"too_few", [](Model& m) { operation(m, 0).inputs.resize(1); },
                      "operator 0 (CONV_2D) has 1 inputs, it needs at least 2"},
        Contradiction{"too_many", [](Model& m) { operation(m, 1).inputs.resize(2); },
                      "operator 1 (AVERAGE_POOL_2D) has 2 inputs, it takes at most 1"},
        Contradiction{"outputs", [](Model& m) { operation(m, 1).outputs.clear(); },
                      "operator 1 (AVERAGE_POOL_2D) has 0 outputs, it has exactly one"},
        Contradiction{"rank", [](Model& m) { tensor(m, 1).shape = {4, 12}; },
                      "operator 0 (CONV_2D): the filter has shape 4x12, it must have 4 dimensions"},
        Contradiction{
            "order",
            [](Model& m) { std::swap(m.subgraphs[0]->operators[0], m.subgraphs[0]->operators[1]); },
            "operator 0 (AVERAGE_POOL_2D) reads tensor 3 'activation_3' before anything "
            "has written it"},
        Contradiction{
            "overwrite_constant", [](Model& m) { operation(m, 0).outputs[0] = 1; },
            "tensor 1 'weights_1' is written by operator 0 (CONV_2D), but also a constant"},
        Contradiction{"overwrite_input", [](Model& m) { operation(m, 1).outputs[0] = 0; },
                      "tensor 0 'activation_0' is written by operator 1 (AVERAGE_POOL_2D), but it "
                      "already has a value"},
        Contradiction{
            "stride",
            [](Model& m) { operation(m, 0).builtin_options.AsConv2DOptions()->stride_w = 0; },
            "operator 0 (CONV_2D) has horizontal stride 0, it must be at least 1"},
        Contradiction{
            "padding",
            [](Model& m) { operation(m, 1).builtin_options.AsPool2DOptions()->padding = 2; },
            "operator 1 (AVERAGE_POOL_2D) has padding 2, 0 (same) and 1 (valid) are known"},
        Contradiction{
            "activation",
            [](Model& m) {
              operation(m, 1).builtin_options.AsPool2DOptions()->fused_activation_function = 6;
            },
            "operator 1 (AVERAGE_POOL_2D) has fused activation 6, 0 to 5 are known"},
        Contradiction{"no_options", [](Model& m) { operation(m, 0).builtin_options.Reset(); },
                      "operator 0 (CONV_2D) has no Conv2DOptions"}),
    [](const ::testing::TestParamInfo<Contradiction>& tested) {
      return std::string(tested.param.what);
    });

TEST(GoodFile, MayHoldOperatorsAndThingsThatBoardlessDoesNotRun) {
  const Bytes bytes = contradicted([](Model& m) {
    m.operator_codes[1]->builtin_code = 32;
    m.operator_codes[1]->deprecated_builtin_code = 32;
    m.operator_codes[1]->custom_code = "Edge\nThing";
    operation(m, 1).builtin_options.Reset();
    operation(m, 1).custom_options = {1, 2, 3};
    // A second subgraph that nothing runs, and a tensor that nothing uses.
    m.subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
    m.subgraphs[0]->tensors.push_back(std::make_unique<tflite::TensorT>());
    m.subgraphs[0]->tensors.back()->shape = {-1, 0};
  });
  ASSERT_EQ(refusal(bytes), "");
  const Graph graph = read_tflite(bytes, "m.tflite");
  EXPECT_EQ(graph.operators[1].kind, OpKind::kCustom);
  EXPECT_EQ(graph.operators[1].custom_name, "Edge\\x0aThing");
  EXPECT_EQ(graph.tensors.back().elements(), 0);
}

TEST(GoodFile, MayHoldItsCodeInEitherField) {
  const auto kind_of = [](int deprecated, int code) {
    const Bytes bytes = contradicted([&](Model& m) {
      m.operator_codes[1]->deprecated_builtin_code = static_cast<std::int8_t>(deprecated);
      m.operator_codes[1]->builtin_code = code;
    });
    return read_tflite(bytes, "m.tflite").operators[1].kind;
  };
  EXPECT_EQ(kind_of(1, 0), OpKind::kAveragePool2D);
  EXPECT_EQ(kind_of(0, 17), OpKind::kMaxPool2D);
  EXPECT_EQ(kind_of(127, 150), static_cast<OpKind>(150));
}

TEST(GoodFile, MayKeepItsConstantsBehindTheFlatBuffer) {
  const Bytes inline_bytes = write_tflite(testing::uint8_graph());
  const Graph expected = read_tflite(inline_bytes, "m.tflite");
  // Place holders of the right width first, so that the real offset changes no lengths.
  const auto with_offset = [&](std::uint64_t offset) {
    return contradicted([&](Model& m) {
      m.buffers[1]->data.clear();
      m.buffers[1]->offset = offset;
      m.buffers[1]->size = expected.tensors[1].data.size();
    });
  };
  const std::size_t at = with_offset(12345).size();
  Bytes bytes = with_offset(at);
  ASSERT_EQ(bytes.size(), at);
  EXPECT_THAT(refusal(bytes), ::testing::HasSubstr("beyond the file's end"));
  bytes.insert(bytes.end(), expected.tensors[1].data.begin(), expected.tensors[1].data.end());
  EXPECT_EQ(read_tflite(bytes, "m.tflite").tensors[1].data, expected.tensors[1].data);
}

}  // namespace
}  // namespace boardless::workloads
