// Layers that move values without changing them: padding, reshaping, joining, splitting,
// transposing, slicing, resizing.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "workloads/zoo/layer.h"
#include "workloads/zoo/layers.h"

namespace boardless::workloads {
namespace {

int append_reshape(ZooLayer& layer, std::vector<std::int32_t> shape) {
  const int target =
      layer.append_int32s("/shape", {static_cast<std::int32_t>(shape.size())}, shape);
  return layer.append_operator(OpKind::kReshape, {layer.input, target}, std::move(shape),
                               NoAttributes{}, layer.tensor().type);
}

int append_concatenation(const std::vector<int>& inputs, std::size_t axis, ZooLayer& layer) {
  std::vector<std::int32_t> shape = layer.tensor(inputs[0]).shape;
  if (axis >= shape.size()) layer.fail(fmt::format("there is no dimension {}", axis));
  std::int64_t extent = 0;
  for (const int input : inputs) {
    const Tensor& joined = layer.tensor(input);
    std::vector<std::int32_t> rest = joined.shape;
    if (rest.size() == shape.size()) rest[axis] = shape[axis];
    if (rest != shape || joined.type != DataType::kInt8) {
      layer.fail(fmt::format("shapes [{}] and [{}] cannot be joined along dimension {}",
                             fmt::join(layer.tensor(inputs[0]).shape, ", "),
                             fmt::join(joined.shape, ", "), axis));
    }
    extent += joined.shape[axis];
  }
  if (extent > std::numeric_limits<std::int32_t>::max()) layer.fail("the result is too large");
  shape[axis] = static_cast<std::int32_t>(extent);
  return layer.append_operator(OpKind::kConcatenation, inputs, std::move(shape),
                               ConcatenationAttributes{static_cast<int>(axis), Activation::kNone});
}

ZooOutputs resize(ZooLayer& layer, OpKind op, Pair size) {
  layer.require_rank(4, "");
  layer.require_type(DataType::kInt8, "");
  ResizeAttributes attributes;
  attributes.align_corners = layer.choice("align_corners", {"false", "true"}) == 1;
  attributes.half_pixel_centers = layer.choice("half_pixel_centers", {"false", "true"}) == 1;
  const int target = layer.append_int32s("/size", {2}, {size[0], size[1]});
  return {layer.append_operator(op, {layer.input, target},
                                {layer.shape()[0], size[0], size[1], layer.channels()},
                                attributes)};
}

}  // namespace

ZooOutputs zoo_pad(ZooLayer& layer) {
  layer.require_rank(4, "");
  layer.require_type(DataType::kInt8, "");
  const auto amounts = [&](const std::string& key) {
    const YAML::Node node = layer.args.optional(key);
    return node.IsDefined() ? layer.pair(node, 0) : Pair{0, 0};
  };
  const Pair height = amounts("height");
  const Pair width = amounts("width");
  const int table = layer.append_int32s("/paddings", {4, 2},
                                        {0, 0, height[0], height[1], width[0], width[1], 0, 0});
  std::vector<std::int32_t> shape = layer.shape();
  shape[1] += height[0] + height[1];
  shape[2] += width[0] + width[1];
  return {
      layer.append_operator(OpKind::kPad, {layer.input, table}, std::move(shape), NoAttributes{})};
}

ZooOutputs zoo_flatten(ZooLayer& layer) {
  const std::int32_t batch = layer.shape()[0];
  return {
      append_reshape(layer, {batch, static_cast<std::int32_t>(layer.tensor().elements() / batch)})};
}

ZooOutputs zoo_reshape(ZooLayer& layer) {
  const YAML::Node dims = layer.args.required("shape");
  if (!dims.IsSequence() || dims.size() == 0) layer.fail("'shape': expected a list of numbers");
  std::vector<std::int32_t> shape{layer.shape()[0]};
  std::int64_t elements = layer.shape()[0];
  std::size_t open = 0;  // the dimension that takes what is left; 0: none
  for (const YAML::Node& dim : dims) {
    const bool is_open = dim.IsScalar() && dim.Scalar() == "-1";
    if (is_open && open != 0) layer.fail("'shape': expected -1 at most once");
    if (is_open) open = shape.size();
    shape.push_back(is_open ? 1 : layer.count(dim));
    elements *= shape.back();
  }
  if (open != 0 && layer.tensor().elements() % elements == 0) {
    shape[open] = static_cast<std::int32_t>(layer.tensor().elements() / elements);
    elements *= shape[open];
  }
  if (elements != layer.tensor().elements()) {
    layer.fail(fmt::format("shape [{}] cannot become [{}]", fmt::join(layer.shape(), ", "),
                           fmt::join(shape, ", ")));
  }
  return {append_reshape(layer, std::move(shape))};
}

ZooOutputs zoo_concat(ZooLayer& layer) {
  constexpr std::size_t kMost = 1000;
  const std::vector<int> inputs = layer.named_inputs(2, kMost);
  const std::size_t rank = layer.tensor(inputs[0]).shape.size();
  const std::int32_t axis = layer.count("axis", static_cast<std::int32_t>(rank) - 1);
  return {append_concatenation(inputs, static_cast<std::size_t>(axis), layer)};
}

// Equal parts along the channels.
ZooOutputs zoo_split(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const std::int32_t parts = layer.count(layer.args.required("parts"));
  if (layer.channels() % parts != 0) {
    layer.fail(fmt::format("{} channels cannot be split into {} parts", layer.channels(), parts));
  }
  std::vector<std::int32_t> shape = layer.shape();
  const int axis = layer.append_int32s("/axis", {1}, {static_cast<std::int32_t>(shape.size()) - 1});
  shape.back() /= parts;
  ZooOutputs outputs;
  for (std::int32_t i = 0; i < parts; ++i) {
    outputs.push_back(layer.append_tensor(fmt::format(":{}", i), DataType::kInt8, shape));
  }
  layer.graph.operators.push_back(
      {OpKind::kSplit, "", {axis, layer.input}, outputs, SplitAttributes{parts}});
  return outputs;
}

// In the order that `order` gives the dimensions behind the batch.
ZooOutputs zoo_transpose(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const YAML::Node order = layer.args.required("order");
  const std::size_t rank = layer.shape().size();
  if (!order.IsSequence() || order.size() + 1 != rank) {
    layer.fail(fmt::format("'order': expected a list of {} dimensions", rank - 1));
  }
  std::vector<std::int32_t> table{0}, shape{layer.shape()[0]};
  for (const YAML::Node& node : order) {
    const std::size_t from = layer.dimension(node);
    table.push_back(static_cast<std::int32_t>(from));
    shape.push_back(layer.shape()[from]);
  }
  std::vector<std::int32_t> sorted = table;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < rank; ++i) {
    if (sorted[i] != static_cast<std::int32_t>(i)) {
      layer.fail(fmt::format("'order': expected each of the dimensions 1 to {} once", rank - 1));
    }
  }
  const int permutation = layer.append_int32s("/order", {static_cast<std::int32_t>(rank)}, table);
  return {layer.append_operator(OpKind::kTranspose, {layer.input, permutation}, std::move(shape),
                                NoAttributes{})};
}

// The first or the last entries along a dimension, by a mask for every other dimension, as
// converters write it.
ZooOutputs zoo_slice(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const std::size_t axis = layer.dimension(layer.args.required("axis"));
  const bool is_last = layer.args.optional("last").IsDefined();
  const std::int32_t size = layer.count(layer.args.required(is_last ? "last" : "first"));
  std::vector<std::int32_t> shape = layer.shape();
  if (size > shape[axis]) {
    layer.fail(fmt::format("{} of the {} along dimension {}", size, shape[axis], axis));
  }
  shape[axis] = size;
  const auto rank = static_cast<std::int32_t>(shape.size());
  std::vector<std::int32_t> begin(shape.size()), end(shape.size());
  (is_last ? begin : end)[axis] = is_last ? -size : size;
  const int every = (1 << rank) - 1, others = every & ~(1 << axis);
  const StridedSliceAttributes masks{.begin_mask = is_last ? others : every,
                                     .end_mask = is_last ? every : others};
  const int from = layer.append_int32s("/begin", {rank}, begin);
  const int to = layer.append_int32s("/end", {rank}, end);
  const int strides =
      layer.append_int32s("/strides", {rank}, std::vector<std::int32_t>(shape.size(), 1));
  return {layer.append_operator(OpKind::kStridedSlice, {layer.input, from, to, strides},
                                std::move(shape), masks)};
}

ZooOutputs zoo_resize_bilinear(ZooLayer& layer) {
  return resize(layer, OpKind::kResizeBilinear, layer.pair(layer.args.required("size")));
}

ZooOutputs zoo_resize_nearest(ZooLayer& layer) {
  layer.require_rank(4, "");
  const std::int32_t factor = layer.count(layer.args.required("factor"));
  return resize(layer, OpKind::kResizeNearestNeighbor,
                {layer.shape()[1] * factor, layer.shape()[2] * factor});
}

int append_zoo_concatenation(const YAML::Node& branches, const ZooScope& scope,
                             const std::vector<int>& inputs, Graph& graph) {
  ZooMap no_keys(YAML::Node(), scope.file, "concat");
  ZooLayer layer{no_keys, scope, graph, inputs[0], "concat"};
  for (const int input : inputs) {
    if (layer.tensor(input).shape.size() != 4) {
      fail_at(scope.file, branches, "concat: every branch must end in 4 dimensions");
    }
    for (std::size_t i = 0; i < 3; ++i) {
      if (layer.tensor(input).shape[i] == layer.shape()[i]) continue;
      fail_at(scope.file, branches,
              fmt::format("concat: branches end in [{}] and [{}]", fmt::join(layer.shape(), ", "),
                          fmt::join(layer.tensor(input).shape, ", ")));
    }
  }
  return append_concatenation(inputs, 3, layer);
}

}  // namespace boardless::workloads
