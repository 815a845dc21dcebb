// What does a wrong network name, setting or zoo file get?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/workloads/zoo_file.h"
#include "workloads/zoo/calibration.h"
#include "workloads/zoo/zoo.h"

namespace boardless::workloads {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

// The message of the InputError that `action` throws; "" when it throws none.
template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string make_message(const std::string& name, const std::string& key = "",
                         const std::string& value = "") {
  std::map<std::string, std::string> settings;
  if (!key.empty()) settings[key] = value;
  return message_of([&] { make_zoo_model(name, settings); });
}

// The message for a network with these lines below a header of three lines.
std::string file_message(const std::string& lines) {
  return message_of([&] {
    zoo_file_topology(
        "description: d\nsource: s\n"
        "input: {shape: [8, 8, 4], scale: 0.1, zero_point: 0}\n" +
        lines);
  });
}

TEST(ZooBadInput, UnknownNetworkNamesTheNearest) {
  EXPECT_THAT(make_message("mobilenet_v"), HasSubstr("did you mean 'mobilenet_v1'?"));
  EXPECT_THAT(make_message("a_quite_different_thing"),
              AllOf(HasSubstr("accepted: ad, bodypix, "), HasSubstr(", vww")));
  EXPECT_THAT(make_message("../zoo/kws"), HasSubstr("no network '../zoo/kws'"));
}

TEST(ZooBadInput, UnknownParameterNamesTheNearest) {
  EXPECT_THAT(make_message("kws", "widht", "1"),
              AllOf(HasSubstr("'kws'"), HasSubstr("did you mean 'width'?")));
}

TEST(ZooBadInput, ValueOutsideItsBoundsNamesThem) {
  const char* const kBounds = "; a number from 0.1 to 8 is needed";
  EXPECT_THAT(make_message("kws", "width", "wide"), HasSubstr(kBounds));
  EXPECT_THAT(make_message("kws", "width", "1x"), HasSubstr(kBounds));
  EXPECT_THAT(make_message("kws", "width", ""), HasSubstr(kBounds));
  EXPECT_THAT(make_message("kws", "width", "nan"), HasSubstr(kBounds));
  EXPECT_THAT(make_message("kws", "width", "0"), HasSubstr(kBounds));
  EXPECT_THAT(make_message("kws", "width", "8.5"), HasSubstr(kBounds));
  EXPECT_THAT(make_message("kws", "classes", "2.5"),
              HasSubstr("'classes': '2.5' is not whole; a whole number from 1 to 10000 is needed"));
}

TEST(ZooBadInput, UnknownKeyNamesFileLineAndNearest) {
  EXPECT_THAT(file_message("layers:\n  - conv: {filtres: 8, kernel: 3}\n"),
              AllOf(HasSubstr("net.yaml:5: "), HasSubstr("unknown key 'filtres'"),
                    HasSubstr("did you mean 'filters'?")));
  EXPECT_THAT(file_message("layers:\n  - relu\n  - conv: {filters: 8, kernel: 3, strides: 2}\n"),
              AllOf(HasSubstr("net.yaml:6: "), HasSubstr("did you mean 'stride'?")));
  EXPECT_THAT(file_message("layer:\n  - relu\n"),
              AllOf(HasSubstr("net.yaml:4: "), HasSubstr("did you mean 'layers'?")));
  EXPECT_THAT(file_message("layers: [relu]\nparameters: {width: {default: 1, minimum: 0, "
                           "maximum: 2, step: 1}}\n"),
              AllOf(HasSubstr("net.yaml:5: "), HasSubstr("unknown key 'step'"),
                    HasSubstr("accepted: default, maximum, minimum")));
}

TEST(ZooBadInput, MissingKeyIsNamed) {
  EXPECT_THAT(file_message("layers:\n  - conv: {filters: 8}\n"),
              AllOf(HasSubstr("net.yaml:5: "), HasSubstr("conv: key 'kernel' is missing")));
  EXPECT_THAT(file_message("blocks:\n  b: {arguments: {n: ~}, layers: [relu]}\nlayers:\n  - b\n"),
              HasSubstr("b: key 'n' is missing"));
}

TEST(ZooBadInput, UnknownWordsNameTheNearest) {
  EXPECT_THAT(file_message("layers:\n  - convv: {filters: 8, kernel: 3}\n"),
              AllOf(HasSubstr("net.yaml:5: "), HasSubstr("did you mean 'conv'?")));
  EXPECT_THAT(file_message("layers:\n  - conv: {filters: 8, kernel: 3, activation: rleu6}\n"),
              HasSubstr("'rleu6' is no activation, did you mean 'relu6'?"));
  EXPECT_THAT(file_message("layers:\n  - relu: {name: left}\n  - add: {inputs: [lefft, input]}\n"),
              AllOf(HasSubstr("net.yaml:6: "), HasSubstr("did you mean 'left'?")));
  EXPECT_THAT(file_message("layers:\n  - relu: {from: inptu}\n"),
              HasSubstr("did you mean 'input'?"));
  EXPECT_THAT(file_message("layers:\n  - conv: {filters: $width, kernel: 3}\n"),
              HasSubstr("nothing is called '$width' here"));
  EXPECT_THAT(file_message("layers:\n  - conv: {filters: {scale: 8}, kernel: 3}\n"),
              HasSubstr("'scale' needs a parameter called 'width'"));
}

TEST(ZooBadInput, ArithmeticThatIsNoneIsRefused) {
  for (const std::string number : {"3 *", "(3", "3)", "* 3", "3 3", "1 / 0", "4 * width", "$"}) {
    EXPECT_THAT(file_message("layers:\n  - conv: {kernel: 1, filters: '" + number + "'}\n"),
                HasSubstr("net.yaml:5: "))
        << number;
  }
  EXPECT_THAT(file_message("layers:\n  - conv: {kernel: 1, filters: 2 * $widht}\n"),
              HasSubstr("nothing is called '$widht' here"));
}

// Each sign is one more call of the evaluator.
TEST(ZooBadInput, EndlessSignsAreRefused) {
  const std::string signs(1000000, '-');
  EXPECT_THAT(file_message("layers:\n  - conv: {filters: \"" + signs + "1\", kernel: 1}\n"),
              HasSubstr("expected a number"));
}

TEST(ZooBadInput, BranchesDefaultsOutputsAndVariantsAreChecked) {
  EXPECT_THAT(file_message("layers:\n  - concat: [[relu]]\n"), HasSubstr("at least two branches"));
  EXPECT_THAT(file_message("layers:\n  - concat:\n      - [max_pool: {kernel: 2}]\n      - []\n"),
              AllOf(HasSubstr("net.yaml:6: "), HasSubstr("[1, 4, 4, 4] and [1, 8, 8, 4]")));
  EXPECT_THAT(file_message("layers:\n  - concat: {inputs: [input]}\n"),
              HasSubstr("at least 2 layer names"));
  EXPECT_THAT(file_message("layers:\n  - split: {parts: 3, names: [a, b, c]}\n"),
              HasSubstr("4 channels cannot be split into 3 parts"));
  EXPECT_THAT(file_message("layers:\n  - split: {parts: 2, names: [a]}\n"),
              HasSubstr("expected a list of 2"));
  EXPECT_THAT(file_message("defaults:\n  cnov: {kernel: 3}\nlayers:\n  - relu\n"),
              AllOf(HasSubstr("net.yaml:5: "), HasSubstr("did you mean 'conv'?")));
  EXPECT_THAT(file_message("defaults:\n  conv: {kernle: 3}\nlayers:\n"
                           "  - conv: {filters: 4, kernel: 3}\n"),
              AllOf(HasSubstr("net.yaml:5: "), HasSubstr("did you mean 'kernel'?")));
  EXPECT_THAT(file_message("outputs: [rleu]\nlayers:\n  - relu: {name: relu}\n"),
              AllOf(HasSubstr("net.yaml:4: "), HasSubstr("did you mean 'relu'?")));
}

TEST(ZooBadInput, ShapesThatDoNotFitAreExplained) {
  EXPECT_THAT(file_message("layers:\n  - fully_connected: {units: 4}\n"),
              HasSubstr("expected 2 dimensions; put `flatten` before it"));
  EXPECT_THAT(file_message("layers:\n  - max_pool: {kernel: 9}\n"),
              HasSubstr("a kernel of 9 does not fit into 8 without padding"));
  EXPECT_THAT(file_message("layers:\n  - max_pool: {kernel: 2}\n"
                           "  - add: {inputs: [previous, input]}\n"),
              HasSubstr("shapes [1, 4, 4, 4] and [1, 8, 8, 4] differ"));
  EXPECT_THAT(file_message("layers:\n  - reshape: {shape: [3, 3]}\n"),
              HasSubstr("shape [1, 8, 8, 4] cannot become [1, 3, 3]"));
  EXPECT_THAT(file_message("layers:\n  - dequantize\n  - relu\n"),
              HasSubstr("relu: the input is float32, expected int8"));
  EXPECT_THAT(file_message("layers:\n  - conv: {filters: 16777216, kernel: 3}\n"),
              HasSubstr("is too large"));
}

TEST(ZooBadInput, DimensionsAndMatricesThatDoNotFitAreExplained) {
  EXPECT_THAT(file_message("layers:\n  - transpose: {order: [1, 2]}\n"),
              HasSubstr("'order': expected a list of 3 dimensions"));
  EXPECT_THAT(file_message("layers:\n  - transpose: {order: [1, 2, 2]}\n"),
              HasSubstr("'order': expected each of the dimensions 1 to 3 once"));
  EXPECT_THAT(file_message("layers:\n  - transpose: {order: [1, 2, 4]}\n"),
              HasSubstr("there is no dimension 4"));
  EXPECT_THAT(file_message("layers:\n  - slice: {axis: 1, last: 9}\n"),
              HasSubstr("9 of the 8 along dimension 1"));
  EXPECT_THAT(file_message("layers:\n  - slice: {axis: 1}\n"),
              HasSubstr("slice: key 'first' is missing"));
  EXPECT_THAT(file_message("layers:\n  - mean: {axes: [5]}\n"), HasSubstr("no dimension 5"));
  EXPECT_THAT(file_message("layers:\n  - batch_matmul: {inputs: [input, input]}\n"),
              HasSubstr("shapes [1, 8, 8, 4] and [1, 8, 8, 4] cannot be multiplied"));
  EXPECT_THAT(file_message("layers:\n  - lstm: {units: 4}\n"),
              HasSubstr("expected 3 dimensions; put `reshape` before it"));
  EXPECT_THAT(file_message("layers:\n  - svdf: {units: 4, memory: 2}\n"),
              HasSubstr("expected 2 dimensions; put `flatten` before it"));
}

TEST(ZooBadInput, NumbersOfAnUnusableSizeAreRefused) {
  EXPECT_THAT(file_message("layers:\n  - flatten\n"
                           "  - svdf: {units: 16000000, memory: 16000000, rank: 16000000}\n"),
              HasSubstr("svdf: the memory is too large"));
  EXPECT_THAT(file_message("layers:\n  - scale: {by: 0}\n"),
              HasSubstr("'by': expected a number from 1e-06 to 1000000"));
  EXPECT_THAT(file_message("layers:\n  - leaky_relu: {slope: 1e300}\n"),
              HasSubstr("'slope': expected a number from -1000000 to 1000000"));
  for (const std::string scale : {"1e300", "1e-300", "-1"}) {
    EXPECT_THAT(
        file_message("layers:\n  - state: {shape: [2], scale: " + scale + ", zero_point: 0}\n"),
        HasSubstr("state: 'scale': expected a positive number"));
  }
}

TEST(ZooBadInput, StatesThatDoNotFitAreExplained) {
  const std::string state = "layers:\n  - state: {shape: [2, 8, 4], name: kept}\n";
  EXPECT_THAT(file_message(state + "  - assign: {from: input, state: kept}\n"),
              HasSubstr("the state has shape [1, 2, 8, 4], the value [1, 8, 8, 4]"));
  EXPECT_THAT(file_message(state + "  - assign: {state: input}\n"),
              HasSubstr("'state' names a layer that is no `state`"));
  EXPECT_THAT(file_message("layers:\n  - state: {shape: [2], scale: 0.5}\n"),
              HasSubstr("'scale' and 'zero_point': expected both or neither"));
}

TEST(ZooBadInput, WhatIsJoinedMustBeQuantisedAlike) {
  const std::string joined =
      "layers:\n  - tanh: {name: sine}\n  - logistic: {from: input, name: share}\n"
      "  - concat: {inputs: [sine, share]}\n";
  EXPECT_THAT(message_of([&] {
                calibrate(
                    zoo_file_topology("description: d\nsource: s\n"
                                      "input: {shape: [8, 8, 4], scale: 0.1, zero_point: 0}\n" +
                                      joined),
                    1);
              }),
              AllOf(HasSubstr("'tanh_0' (scale 0.0078125, zero point 0)"),
                    HasSubstr("'logistic_1' (scale 0.00390625, zero point -128)"),
                    HasSubstr("put `requantize` behind one")));
}

TEST(ZooBadInput, NumbersThatAreNoCountsAreRefused) {
  for (const std::string value : {"0", "-3", "2.5", "many", "[1, 2, 3]", "1e300"}) {
    EXPECT_THAT(file_message("layers:\n  - conv: {filters: 8, kernel: " + value + "}\n"),
                AllOf(HasSubstr("net.yaml:5: expected a"), HasSubstr("number")))
        << value;
  }
}

TEST(ZooBadInput, FilesThatAreNoNetworksAreRefusedWithTheirLine) {
  EXPECT_THAT(file_message("layers: [relu\n"), HasSubstr("not YAML"));
  EXPECT_THAT(file_message("layers: []\n"), HasSubstr("at least one layer"));
  EXPECT_THAT(file_message("layers: relu\n"), HasSubstr("expected a list"));
  EXPECT_THAT(file_message("layers: [relu]\nsource: t\n"),
              AllOf(HasSubstr("net.yaml:5: "), EndsWith("key 'source' is given twice")));
  EXPECT_THAT(file_message("blocks:\n  b: {layers: [b]}\nlayers: [b]\n"),
              HasSubstr("block 'b' contains itself"));
  EXPECT_THAT(file_message("layers:\n  - relu: {repeat: 1000000}\n"),
              HasSubstr("too many operators"));
  EXPECT_THAT(message_of([] { zoo_file_topology("- a\n- b\n"); }), HasSubstr("expected a map"));
}

TEST(ZooBadInput, MessagesAreOneLine) {
  for (const std::string& message :
       {make_message("nothing_like_it"), make_message("ic", "width", "x"),
        file_message("layers:\n  - convv\n"), file_message("layers: [relu\n"),
        file_message("layers:\n  - \"con\\nv\"\n")}) {
    EXPECT_FALSE(message.empty());
    EXPECT_THAT(message, Not(HasSubstr("\n")));
  }
}

}  // namespace
}  // namespace boardless::workloads
