// Makes tensors by type.
#include "tests/prediction/random_typed.h"

#include <iterator>
#include <limits>

namespace boardless::prediction {

using namespace workloads;

using enum DataType;

DataType one_of(Dice& dice, std::initializer_list<DataType> types) {
  return types.begin()[dice.between(0, static_cast<int>(types.size()) - 1)];
}

bool is_quantized(DataType type) { return type == kInt8 || type == kUInt8 || type == kInt16; }

double steps(DataType type) { return type == kInt16 ? 256 : 1; }

std::vector<float> random_floats(Dice& dice, const Shape& shape, double most) {
  constexpr float kCorners[] = {0.0F,
                                -0.0F,
                                1.0F,
                                -9.0F,
                                0.5F,
                                2.5F,
                                1e-40F,
                                -1e30F,
                                std::numeric_limits<float>::infinity(),
                                -std::numeric_limits<float>::infinity(),
                                std::numeric_limits<float>::max(),
                                std::numeric_limits<float>::quiet_NaN()};
  std::vector<float> values(static_cast<std::size_t>(elements_of(shape)));
  const bool has_corners = dice.one_in(3);
  for (float& value : values) {
    value = has_corners && dice.one_in(4)
                ? kCorners[dice.between(0, static_cast<int>(std::size(kCorners)) - 1)]
                : static_cast<float>(dice.real(-most, most));
  }
  return values;
}

void typed_input(RandomBuilder& b, DataType type, const Shape& shape, float scale) {
  if (type == kFloat32) {
    b.float_input(shape, random_floats(b.dice, shape));
    return;
  }
  Scaling scaling = random_scaling(b.dice, type);
  if (is_quantized(type)) scaling.scale = scale;
  b.input(type, shape, scaling);
}

void typed_output(RandomBuilder& b, DataType type, const Shape& shape, double scale) {
  Scaling scaling = random_scaling(b.dice, type);
  if (is_quantized(type)) scaling.scale = static_cast<float>(scale);
  b.output(type, shape, scaling);
}

}  // namespace boardless::prediction
