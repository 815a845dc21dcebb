// Makes tensors and puts them in a model.
#include "tests/prediction/random_builder.h"

#include <fmt/ranges.h>

#include <cstring>

namespace boardless::prediction {
namespace {

using namespace workloads;

// Values over the whole range; now and then all the same, the largest or the smallest.
std::vector<std::uint8_t> random_bytes(Dice& dice, std::int64_t count) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(count));
  const int kind = dice.between(0, 12);
  for (std::uint8_t& byte : bytes) {
    byte = kind == 0   ? 0x80
           : kind == 1 ? 0x7f
           : kind == 2 ? (dice.one_in(2) ? 0x80 : 0x7f)
                       : dice.byte();
  }
  return bytes;
}

template <class Value>
std::vector<std::uint8_t> bytes_of(const std::vector<Value>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(Value));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

Tensor make_tensor(DataType type, const Shape& shape) {
  Tensor tensor;
  tensor.type = type;
  tensor.shape = shape;
  return tensor;
}

Tensor make_tensor(DataType type, const Shape& shape, Scaling scaling) {
  Tensor tensor = make_tensor(type, shape);
  tensor.quantization = scaling.quantization();
  return tensor;
}

}  // namespace

std::vector<std::uint8_t> random_values(Dice& dice, const Tensor& tensor) {
  if (tensor.type == DataType::kFloat32) {
    std::vector<float> values(static_cast<std::size_t>(tensor.elements()));
    for (float& value : values) value = static_cast<float>(dice.real(-2, 2) * dice.of({1, 1, 50}));
    return bytes_of(values);
  }
  std::vector<std::uint8_t> bytes = random_bytes(dice, tensor.bytes());
  if (tensor.type == DataType::kBool) {
    for (std::uint8_t& byte : bytes) byte &= 1U;
  }
  return bytes;
}

Quantization Scaling::quantization() const {
  return scale == 0 ? Quantization{} : Quantization{{scale}, {zero_point}, 0};
}

Shape random_shape(Dice& dice) {
  Shape shape;
  for (int rank = dice.between(1, 4); rank > 0; --rank) shape.push_back(dice.between(1, 7));
  if (dice.one_in(2)) shape.back() = dice.channels();
  return shape;
}

std::int32_t elements_of(const Shape& shape) {
  std::int32_t elements = 1;
  for (const std::int32_t extent : shape) elements *= extent;
  return elements;
}

Scaling random_scaling(Dice& dice, DataType type) {
  switch (type) {
    case DataType::kInt8:
      return {dice.scale(), dice.zero_point()};
    case DataType::kUInt8:
      return {dice.scale(), dice.zero_point() + 128};
    case DataType::kInt16:
      return {dice.scale(), 0};
    default:
      return {};
  }
}

RandomBuilder::RandomBuilder(const RandomKind& kind, std::uint64_t seed, RandomModel& model,
                             std::vector<std::vector<std::uint8_t>>& later)
    : dice(seed * 64 + static_cast<std::uint64_t>(kind.kind)), model_(model), later_(later) {
  model_.graph.operators.push_back(
      {kind.kind, std::string(kind.custom_name), {}, {}, NoAttributes{}});
  model_.texts.push_back(fmt::format("{} seed {}", kind.name(), seed));
}

int RandomBuilder::add(Tensor tensor) {
  tensor.name = fmt::format("t{}", model_.graph.tensors.size());
  model_.graph.tensors.push_back(std::move(tensor));
  return static_cast<int>(model_.graph.tensors.size()) - 1;
}

void RandomBuilder::add_input(Tensor tensor, const std::vector<std::uint8_t>& bytes) {
  const auto size = static_cast<std::ptrdiff_t>(tensor.bytes());
  const int index = add(std::move(tensor));
  model_.graph.inputs.push_back(index);
  op().inputs.push_back(index);
  auto at = bytes.begin();
  model_.inputs.insert(model_.inputs.end(), at, at + size);
  for (std::vector<std::uint8_t>& inputs : later_) {
    // What is drawn once is the same each time.
    if (static_cast<std::ptrdiff_t>(bytes.size()) > size) at += size;
    inputs.insert(inputs.end(), at, at + size);
  }
}

void RandomBuilder::input_bytes(DataType type, const Shape& shape,
                                const std::vector<std::uint8_t>& bytes) {
  add_input(make_tensor(type, shape), bytes);
  note("input {} {}", data_type_name(type), fmt::join(shape, "x"));
}

void RandomBuilder::constant_bytes(DataType type, const Shape& shape,
                                   std::vector<std::uint8_t> bytes) {
  Tensor tensor = make_tensor(type, shape);
  tensor.data = std::move(bytes);
  op().inputs.push_back(add(std::move(tensor)));
}

void RandomBuilder::finish(Tensor tensor) {
  model_.graph.outputs.push_back(add(std::move(tensor)));
  op().outputs.push_back(model_.graph.outputs.back());
}

void RandomBuilder::input(const Shape& shape, float scale, int zero_point) {
  input(DataType::kInt8, shape, {scale, zero_point});
}

void RandomBuilder::input(DataType type, const Shape& shape, Scaling scaling) {
  const Tensor tensor = make_tensor(type, shape, scaling);
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < invocations(); ++i) {
    const std::vector<std::uint8_t> values = random_values(dice, tensor);
    bytes.insert(bytes.end(), values.begin(), values.end());
  }
  add_input(tensor, bytes);
  note("input {} {} scale {} zero {}", data_type_name(type), fmt::join(shape, "x"), scaling.scale,
       scaling.zero_point);
}

void RandomBuilder::float_input(const Shape& shape, const std::vector<float>& values) {
  add_input(make_tensor(DataType::kFloat32, shape), bytes_of(values));
  note("input {} float", fmt::join(shape, "x"));
}

void RandomBuilder::output(const Shape& shape, float scale, int zero_point) {
  output(DataType::kInt8, shape, {scale, zero_point});
}

void RandomBuilder::output(DataType type, const Shape& shape, Scaling scaling) {
  finish(make_tensor(type, shape, scaling));
  note("output {} {} scale {} zero {}", data_type_name(type), fmt::join(shape, "x"), scaling.scale,
       scaling.zero_point);
}

void RandomBuilder::float_output(const Shape& shape) {
  finish(make_tensor(DataType::kFloat32, shape));
}

void RandomBuilder::integer_input(const Shape& shape, const std::vector<std::int32_t>& values) {
  add_input(make_tensor(DataType::kInt32, shape), bytes_of(values));
  note("input [{}]", fmt::join(values, " "));
}

void RandomBuilder::integers(const Shape& shape, const std::vector<std::int32_t>& values,
                             bool is_wide) {
  Tensor tensor = make_tensor(is_wide ? DataType::kInt64 : DataType::kInt32, shape);
  const std::vector<std::int64_t> wide(values.begin(), values.end());
  tensor.data = is_wide ? bytes_of(wide) : bytes_of(values);
  op().inputs.push_back(add(std::move(tensor)));
  note("[{}]", fmt::join(values, " "));
}

void RandomBuilder::constant(DataType type, const Shape& shape, Quantization quantization) {
  const Tensor tensor = make_tensor(type, shape);
  add_constant(type, shape, std::move(quantization), random_values(dice, tensor));
}

void RandomBuilder::variable(DataType type, const Shape& shape, Quantization quantization) {
  Tensor tensor = make_tensor(type, shape);
  tensor.quantization = std::move(quantization);
  tensor.is_variable = true;
  op().inputs.push_back(add(std::move(tensor)));
}

void RandomBuilder::add_constant(DataType type, const Shape& shape, Quantization quantization,
                                 std::vector<std::uint8_t> bytes) {
  Tensor tensor = make_tensor(type, shape);
  tensor.quantization = std::move(quantization);
  tensor.data = std::move(bytes);
  op().inputs.push_back(add(std::move(tensor)));
  note("{} {}", data_type_name(type), fmt::join(shape, "x"));
}

}  // namespace boardless::prediction
