// Draws tensors of a type that is drawn too: floats, quantised and plain integers, booleans.
#pragma once

#include <initializer_list>
#include <vector>

#include "tests/prediction/random_builder.h"

namespace boardless::prediction {

workloads::DataType one_of(Dice& dice, std::initializer_list<workloads::DataType> types);

bool is_quantized(workloads::DataType type);

// Steps of a scale that values of a type spread over, seen from int8's.
double steps(workloads::DataType type);

// Mostly of a size where functions bend; sometimes the corners of the format.
std::vector<float> random_floats(Dice& dice, const Shape& shape, double most = 8);

// An input of any type; of the given scale where the type is quantised.
void typed_input(RandomBuilder& b, workloads::DataType type, const Shape& shape, float scale);
void typed_output(RandomBuilder& b, workloads::DataType type, const Shape& shape, double scale);

}  // namespace boardless::prediction
