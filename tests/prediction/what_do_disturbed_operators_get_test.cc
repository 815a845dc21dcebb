// What does an operator that moves values get whose shapes, types, constants or inputs have been
// disturbed? An answer, or one line that names the model and what is wrong; never a read or write
// outside its operands, which the sanitized build sees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "base/error.h"
#include "prediction/predict.h"
#include "tests/parameter_name.h"
#include "tests/prediction/random_families.h"
#include "tests/prediction/real_models.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();

std::int32_t odd_number(Dice& dice) {
  return dice.of({-kMost - 1, -100, -7, -2, -1, 0, 1, 2, 3, 7, 100, 65536, kMost});
}

// An int32 in bytes that hold some.
void disturb_integer(Dice& dice, std::vector<std::uint8_t>& bytes) {
  if (bytes.size() < 4) return;
  const int at = dice.between(0, static_cast<int>(bytes.size() / 4) - 1);
  const std::int32_t value = odd_number(dice);
  std::memcpy(bytes.data() + 4 * at, &value, sizeof value);
}

struct DisturbAttributes {
  Dice& dice;
  void operator()(PackAttributes& a) const { (dice.one_in(2) ? a.count : a.axis) = odd(); }
  void operator()(ConcatenationAttributes& a) const { a.axis = odd(); }
  void operator()(SplitAttributes& a) const { a.parts = odd(); }
  void operator()(GatherAttributes& a) const { (dice.one_in(2) ? a.axis : a.batch_dims) = odd(); }
  void operator()(BlockAttributes& a) const { a.size = 1 + std::abs(dice.between(0, 9)); }
  void operator()(SqueezeAttributes& a) const { a.axes.push_back(odd()); }
  void operator()(StridedSliceAttributes& a) const {
    a.ellipsis_mask = dice.between(0, 15);
    a.new_axis_mask = dice.between(0, 15);
    a.shrink_axis_mask = dice.between(0, 15);
  }
  template <class Other>
  void operator()(Other&) const {}

 private:
  std::int32_t odd() const { return odd_number(dice); }
};

void disturb(Dice& dice, RandomModel& model) {
  std::vector<Tensor>& tensors = model.graph.tensors;
  Tensor& tensor =
      tensors[static_cast<std::size_t>(dice.between(0, static_cast<int>(tensors.size()) - 1))];
  switch (dice.between(0, 5)) {
    case 0:
      if (!tensor.shape.empty()) tensor.shape.back() += dice.of({-1, 1, 3});
      break;
    case 1:
      if (!tensor.shape.empty()) tensor.shape.pop_back();
      break;
    case 2:
      tensor.type = static_cast<DataType>(dice.between(0, 9));
      break;
    case 3:
      disturb_integer(dice, tensor.data);
      break;
    case 4:
      std::visit(DisturbAttributes{dice}, model.graph.operators[0].attributes);
      break;
    default:
      tensor.shape.push_back(2);
      break;
  }
}

// Inputs of any size the disturbed graph takes: the drawn ones, repeated.
std::vector<std::vector<std::uint8_t>> inputs_for(Dice& dice, const RandomModel& model) {
  std::vector<std::vector<std::uint8_t>> inputs;
  for (const int index : model.graph.inputs) {
    const Tensor& tensor = model.graph.tensors[static_cast<std::size_t>(index)];
    std::vector<std::uint8_t>& bytes =
        inputs.emplace_back(static_cast<std::size_t>(tensor.bytes()));
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = model.inputs[i % model.inputs.size()];
    if (dice.one_in(4)) disturb_integer(dice, bytes);
  }
  return inputs;
}

// Nothing for an answer.
std::string refusal(Dice& dice, const RandomModel& model) {
  try {
    const PreparedModel prepared = prepare(model.graph);
    (void)evaluate(model.graph, prepared, inputs_for(dice, model));
  } catch (const InputError& error) {
    return error.what();
  } catch (const NotModelled& error) {
    return error.what();
  }
  return "";
}

class Disturbed : public testing::TestWithParam<RandomKind> {};

TEST_P(Disturbed, IsAnsweredOrRefusedInOneLine) {
  constexpr int kModels = kIsSlowBuild ? 60 : 300;
  int refused = 0;
  for (int seed = 0; seed < kModels; ++seed) {
    RandomModel model = random_model(GetParam(), static_cast<std::uint64_t>(seed) + 5000, 1);
    Dice dice(static_cast<std::uint64_t>(seed));
    disturb(dice, model);
    const std::string message = refusal(dice, model);
    if (message.empty()) continue;
    ++refused;
    EXPECT_THAT(message, testing::StartsWith(model.graph.name + ": ")) << model.texts[0];
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
  EXPECT_GT(refused, 0);
}

std::vector<RandomKind> moving_kinds() {
  std::vector<RandomKind> kinds;
  for (const std::span<const Drawn> family : {movement_draws(), choice_draws()}) {
    for (const Drawn& drawn : family) kinds.push_back(drawn.kind);
  }
  return kinds;
}

INSTANTIATE_TEST_SUITE_P(Operators, Disturbed, testing::ValuesIn(moving_kinds()),
                         [](const auto& tested) { return parameter_name(tested.param.name()); });

}  // namespace
}  // namespace boardless::prediction
