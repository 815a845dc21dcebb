// Adds up bytes over the lifetimes of a graph's tensors.
#include "cost_models/accelerators/memory_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cost_models/accelerators/array_cycles.h"

namespace boardless::cost_models {
namespace {

using workloads::Graph;
using workloads::Tensor;

// First and last operator for which each activation lives; a view shares its input's bytes.
struct Lifetimes {
  std::vector<int> first, last, storage;
};

Lifetimes lifetimes(const Graph& graph, const std::vector<LayerShape>& shapes) {
  const std::size_t tensors = graph.tensors.size();
  Lifetimes life{std::vector<int>(tensors, -1), std::vector<int>(tensors, -1),
                 std::vector<int>(tensors)};
  for (std::size_t i = 0; i < tensors; ++i) life.storage[i] = static_cast<int>(i);
  const auto touch = [&](int tensor, int op) {
    const auto slot = static_cast<std::size_t>(life.storage[static_cast<std::size_t>(tensor)]);
    if (life.first[slot] < 0) life.first[slot] = op;
    life.last[slot] = op;
  };
  for (const int input : graph.inputs) touch(input, 0);
  for (const LayerShape& shape : shapes) {
    for (const int tensor : shape.reads) touch(tensor, shape.index);
    if (shape.layer_class == LayerClass::kView && !shape.reads.empty()) {
      const int storage = life.storage[static_cast<std::size_t>(shape.reads.front())];
      for (const int tensor : shape.writes) {
        life.storage[static_cast<std::size_t>(tensor)] = storage;
      }
    }
    for (const int tensor : shape.writes) touch(tensor, shape.index);
  }
  for (const int output : graph.outputs) touch(output, static_cast<int>(shapes.size()) - 1);
  return life;
}

Bytes aligned(const Tensor& tensor, const OnChipMemory& memory) {
  return static_cast<Bytes>(round_up(tensor.bytes(), memory.alignment.value()));
}

void add_live_bytes(const Graph& graph, const Lifetimes& life, const OnChipMemory& memory,
                    ActivationPlan& plan) {
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    if (life.first[i] < 0 || life.storage[i] != static_cast<int>(i)) continue;
    const Bytes bytes = aligned(graph.tensors[i], memory);
    plan.largest_tensor_bytes = std::max(plan.largest_tensor_bytes, bytes);
    for (int op = life.first[i]; op <= life.last[i]; ++op) {
      plan.live_bytes[static_cast<std::size_t>(op)] += bytes;
    }
  }
  const auto peak = std::ranges::max_element(plan.live_bytes);
  if (peak == plan.live_bytes.end()) return;
  plan.peak_bytes = *peak;
  plan.peak_op = static_cast<int>(peak - plan.live_bytes.begin());
}

// Input rows that one row of a tensor depends on, and how far apart those of the next row start.
struct ReceptiveField {
  std::int64_t rows = 1, step = 1;
};

// The halo of the operators up to the last that touches a tensor larger than the memory: their
// passes are cut in its output, and each pass needs the rows around its part of the input again.
std::int64_t halo_rows(const Graph& graph, const std::vector<LayerShape>& shapes,
                       const OnChipMemory& memory) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].input_bytes + shapes[i].output_bytes > memory.bytes.value()) last = i;
  }
  std::vector<ReceptiveField> fields(graph.tensors.size());
  ReceptiveField end;
  for (std::size_t i = 0; i <= last && i < shapes.size(); ++i) {
    ReceptiveField field;
    for (const int tensor : shapes[i].reads) {
      const ReceptiveField& read = fields[static_cast<std::size_t>(tensor)];
      field.rows = std::max(field.rows, read.rows);
      field.step = std::max(field.step, read.step);
    }
    field.rows += (shapes[i].kernel_h - 1) * shapes[i].dilation_h * field.step;
    field.step *= shapes[i].stride_h;
    for (const int tensor : shapes[i].writes) fields[static_cast<std::size_t>(tensor)] = field;
    end = field;
  }
  return std::max<std::int64_t>(0, end.rows - end.step);
}

void plan_passes(const Graph& graph, const std::vector<LayerShape>& shapes, const Lifetimes& life,
                 const OnChipMemory& memory, ActivationPlan& plan) {
  plan.passes =
      static_cast<std::int64_t>(ceil_divide(static_cast<std::int64_t>(plan.largest_tensor_bytes),
                                            static_cast<std::int64_t>(memory.bytes.value())));
  plan.passes = std::max<std::int64_t>(plan.passes, 1);
  if (plan.passes == 1 || graph.inputs.empty()) return;
  plan.halo_rows = halo_rows(graph, shapes, memory);
  const Extent input = extent_of(graph.tensors[static_cast<std::size_t>(graph.inputs.front())]);
  const std::int64_t again = std::min(plan.halo_rows, input.h) * (plan.passes - 1);
  plan.refetched_input_bytes = static_cast<Bytes>(again * input.w * input.c);
  // What skips operators cannot stay on chip beside the passes.
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    if (life.first[i] < 0 || life.last[i] <= life.first[i] + 1) continue;
    const auto bytes = static_cast<Bytes>(graph.tensors[i].bytes());
    if (bytes <= memory.bytes.value()) continue;
    plan.scratch_written_bytes += bytes;
    plan.scratch_read_bytes += bytes * static_cast<Bytes>(plan.passes);
  }
}

std::string at_operator(const Graph& graph, std::size_t op) {
  const workloads::Operator& at = graph.operators[op];
  const Tensor& output = graph.tensors[static_cast<std::size_t>(at.outputs.front())];
  return fmt::format("operator {} ({}, output '{}' {})", op, workloads::operator_name(at.kind),
                     output.name, shape_text(output));
}

}  // namespace

Bytes stored_weight_bytes(const LayerShape& layer, const WeightLayout& layout, int bits) {
  if (layer.weights == 0) return 0;
  const std::int64_t growth = layout.granule_grows_at_fewer_bits ? 8 / bits : 1;
  const std::int64_t taps = layer.kernel_h * layer.kernel_w;
  if (layer.layer_class == LayerClass::kDepthwise) {
    const std::int64_t channels = layer.output.c;
    const double per_channel =
        static_cast<double>(round_up(taps, layout.depthwise_tap_granule.value())) *
            layout.depthwise_bytes_per_tap.value() * bits / 8 +
        layout.bytes_per_channel.value();
    return static_cast<Bytes>(std::llround(static_cast<double>(channels) * per_channel));
  }
  if (layer.layer_class == LayerClass::kRecurrent) {
    return static_cast<Bytes>(layer.weights * bits / 8 + 4 * layer.biases);
  }
  const std::int64_t outputs = round_up(layer.output.c, layout.output_granule.value() * growth);
  // The weights' own count, in case input channels are grouped.
  const std::int64_t depth = std::max<std::int64_t>(1, layer.weights / (layer.output.c * taps));
  const std::int64_t inputs = round_up(depth, layout.input_granule.value() * growth);
  return static_cast<Bytes>(outputs * inputs * taps * bits / 8 +
                            outputs * layout.bytes_per_channel.value());
}

ActivationPlan plan_activations(const Graph& graph, const std::vector<LayerShape>& shapes,
                                const OnChipMemory& memory) {
  ActivationPlan plan;
  plan.live_bytes.resize(shapes.size());
  const Lifetimes life = lifetimes(graph, shapes);
  add_live_bytes(graph, life, memory, plan);
  if (memory.tiles_activations) plan_passes(graph, shapes, life, memory, plan);
  return plan;
}

std::string memory_shortage(const Graph& graph, const std::vector<LayerShape>& shapes,
                            const std::vector<Bytes>& weight_bytes, const ActivationPlan& plan,
                            const OnChipMemory& memory) {
  const Bytes capacity = memory.bytes.value();
  Bytes weights = 0;
  for (const Bytes bytes : weight_bytes) weights += bytes;
  if (!memory.holds_weights) weights = 0;
  const Bytes working = memory.tiles_activations ? 0 : plan.peak_bytes;
  const Bytes needed = weights + working + memory.fixed_bytes.value();
  if (needed <= capacity) return {};
  std::string parts = fmt::format("weights {}, activations at their peak {}, fixed {}", weights,
                                  working, memory.fixed_bytes.value());
  // Weights alone too many: the operator whose weights no longer go in. Else the first operator
  // beside whose live tensors there is no room for them.
  std::size_t fault = 0;
  Bytes sum = memory.fixed_bytes.value();
  if (weights + sum > capacity) {
    while (fault + 1 < shapes.size() && sum + weight_bytes[fault] <= capacity) {
      sum += weight_bytes[fault++];
    }
  } else {
    while (fault + 1 < shapes.size() && sum + weights + plan.live_bytes[fault] <= capacity) ++fault;
  }
  return fmt::format("on-chip memory needs {} bytes ({}) and has {}: {} too many, first at {}",
                     needed, parts, capacity, needed - capacity, at_operator(graph, fault));
}

}  // namespace boardless::cost_models
