// Applies an accelerator's operator rules to a graph.
#include "cost_models/accelerators/operator_mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "workloads/operators/operator_record.h"

namespace boardless::cost_models {
namespace {

using workloads::Graph;
using workloads::Tensor;

// What a constraint sees of an operator.
struct Candidate {
  const Graph& graph;
  const workloads::Operator& op;
  const LayerShape& shape;

  const Tensor* input(std::size_t i) const {
    if (i >= op.inputs.size() || op.inputs[i] < 0) return nullptr;
    return &graph.tensors[static_cast<std::size_t>(op.inputs[i])];
  }
  const Tensor& output() const {
    return graph.tensors[static_cast<std::size_t>(op.outputs.front())];
  }
};

// Empty when it holds, else what is wrong with the operator.
using Check = std::string (*)(const Candidate&);

std::string equal_dilation(const Candidate& c) {
  if (c.shape.dilation_h == c.shape.dilation_w) return {};
  return fmt::format("dilation {}x{} differs between the axes", c.shape.dilation_h,
                     c.shape.dilation_w);
}

std::string no_activation(const Candidate& c) {
  return c.shape.has_activation ? "has a fused activation" : "";
}

std::string constant_weights(const Candidate& c) {
  const Tensor* weights = c.input(1);
  return weights != nullptr && !weights->is_constant() ? "its weights are computed at run time"
                                                       : "";
}

std::string no_batch(const Candidate& c) {
  const Tensor& output = c.output();
  if (output.shape.size() < 4 || output.shape[0] == 1) return {};
  return fmt::format("batch {} is above 1", output.shape[0]);
}

// Only the three innermost extents may exceed 1.
std::string three_dimensions(const Candidate& c) {
  for (const Tensor* tensor : {c.input(0), &c.output()}) {
    if (tensor == nullptr) continue;
    for (std::size_t i = 0; i + 3 < tensor->shape.size(); ++i) {
      if (tensor->shape[i] != 1) {
        return fmt::format("tensor {} has more than 3 extents above 1", shape_text(*tensor));
      }
    }
  }
  return {};
}

std::string one_dimension_out(const Candidate& c) {
  const Tensor& output = c.output();
  for (std::size_t i = 0; i + 1 < output.shape.size(); ++i) {
    if (output.shape[i] != 1) return fmt::format("its output {} is not 1-D", shape_text(output));
  }
  return {};
}

std::string mean_over_space(const Candidate& c) {
  const Tensor* input = c.input(0);
  if (input != nullptr && input->shape.size() == 4 && c.shape.output.c == c.shape.input.c)
    return {};
  if (c.shape.input.c % 4 == 0) return {};
  return fmt::format("reduces a depth of {}, no multiple of 4", c.shape.input.c);
}

std::string stride_to_3(const Candidate& c) {
  if (std::max(c.shape.stride_h, c.shape.stride_w) <= 3) return {};
  return fmt::format("stride {}x{} is above 3", c.shape.stride_h, c.shape.stride_w);
}

std::string kernel_to_4096(const Candidate& c) {
  const std::int64_t h = (c.shape.kernel_h - 1) * c.shape.dilation_h + 1;
  const std::int64_t w = (c.shape.kernel_w - 1) * c.shape.dilation_w + 1;
  if (h <= 64 && h * w <= 4096) return {};
  return fmt::format("dilated kernel {}x{} is above 64 rows or 4096 taps", h, w);
}

std::string kernel_1_or_3(const Candidate& c) {
  const auto one_or_three = [](std::int64_t k) { return k == 1 || k == 3; };
  if (one_or_three(c.shape.kernel_h) && c.shape.kernel_h == c.shape.kernel_w) return {};
  return fmt::format("kernel {}x{} is neither 1x1 nor 3x3", c.shape.kernel_h, c.shape.kernel_w);
}

std::string stride_1_or_2(const Candidate& c) {
  if (std::max(c.shape.stride_h, c.shape.stride_w) <= 2) return {};
  return fmt::format("stride {}x{} is above 2", c.shape.stride_h, c.shape.stride_w);
}

std::string stride_1(const Candidate& c) {
  if (std::max(c.shape.stride_h, c.shape.stride_w) == 1) return {};
  return fmt::format("stride {}x{} is above 1", c.shape.stride_h, c.shape.stride_w);
}

std::string no_dilation(const Candidate& c) {
  return std::max(c.shape.dilation_h, c.shape.dilation_w) == 1 ? "" : "is dilated";
}

std::string channels_to_1024(const Candidate& c) {
  const std::int64_t most = std::max(c.shape.input.c, c.shape.output.c);
  return most <= 1024 ? "" : fmt::format("{} channels are above 1024", most);
}

std::string input_to_320x240(const Candidate& c) {
  if (c.shape.input.w <= 320 && c.shape.input.h <= 240) return {};
  return fmt::format("input {}x{} is above 320x240", c.shape.input.w, c.shape.input.h);
}

std::string output_from_4x4(const Candidate& c) {
  if (c.shape.output.w >= 4 && c.shape.output.h >= 4) return {};
  return fmt::format("output {}x{} is below 4x4", c.shape.output.w, c.shape.output.h);
}

std::string resize_to_8_times(const Candidate& c) {
  const std::int64_t h = c.shape.output.h / std::max<std::int64_t>(1, c.shape.input.h);
  const std::int64_t w = c.shape.output.w / std::max<std::int64_t>(1, c.shape.input.w);
  if (std::max(h, w) <= 8) return {};
  return fmt::format("grows {}x{} to {}x{}, above 8 times", c.shape.input.w, c.shape.input.h,
                     c.shape.output.w, c.shape.output.h);
}

constexpr std::pair<const char*, Check> kConstraints[] = {{"equal_dilation", equal_dilation},
                                                          {"no_activation", no_activation},
                                                          {"constant_weights", constant_weights},
                                                          {"no_batch", no_batch},
                                                          {"three_dimensions", three_dimensions},
                                                          {"one_dimension_out", one_dimension_out},
                                                          {"mean_over_space", mean_over_space},
                                                          {"stride_to_3", stride_to_3},
                                                          {"kernel_to_4096", kernel_to_4096},
                                                          {"kernel_1_or_3", kernel_1_or_3},
                                                          {"stride_1_or_2", stride_1_or_2},
                                                          {"stride_1", stride_1},
                                                          {"no_dilation", no_dilation},
                                                          {"channels_to_1024", channels_to_1024},
                                                          {"input_to_320x240", input_to_320x240},
                                                          {"output_from_4x4", output_from_4x4},
                                                          {"resize_to_8_times", resize_to_8_times}};

// Operators whose purpose is to change the type: their other side may be a float.
bool converts_types(workloads::OpKind kind) {
  const workloads::OperatorRecord* record = workloads::find_operator(kind);
  return record != nullptr &&
         std::ranges::any_of(record->kernels, [](const workloads::Kernel& kernel) {
           return kernel.input != kernel.output;
         });
}

std::string unsupported_type(const Candidate& c, const AcceleratorModel& model) {
  for (const bool is_input : {true, false}) {
    const std::vector<int>& tensors = is_input ? c.shape.reads : c.shape.writes;
    for (const int index : tensors) {
      const Tensor& tensor = c.graph.tensors[static_cast<std::size_t>(index)];
      const std::string_view type = data_type_name(tensor.type);
      if (std::ranges::count(model.types, type) > 0) continue;
      if (converts_types(c.op.kind) && type == "float32" &&
          std::ranges::count(model.types, "float32") > 0) {
        continue;
      }
      return fmt::format("{} '{}' is {}; accepted {} {}", is_input ? "input" : "output",
                         tensor.name, type, model.types.size() == 1 ? "is" : "are",
                         fmt::join(model.types, ", "));
    }
  }
  return {};
}

OperatorMapping judge(const Candidate& c, const AcceleratorModel& model) {
  const std::string name(workloads::operator_name(c.op.kind));
  const auto rule = std::ranges::find(model.operators, name, &OperatorRule::op);
  if (rule == model.operators.end()) {
    const std::string what = c.op.custom_name.empty() ? name : name + ' ' + c.op.custom_name;
    return {false, fmt::format("{} is not among the supported operators", what)};
  }
  if (const std::string type = unsupported_type(c, model); !type.empty()) {
    return {false, type};
  }
  for (const std::string& constraint : rule->constraints) {
    const auto found =
        std::ranges::find(kConstraints, constraint, [](const auto& entry) { return entry.first; });
    const std::string wrong = found->second(c);
    if (!wrong.empty()) return {false, fmt::format("{} {} (rule {})", name, wrong, constraint)};
  }
  return {true, rule->constraints.empty()
                    ? fmt::format("{} is supported", name)
                    : fmt::format("{} keeps to {}", name, fmt::join(rule->constraints, ", "))};
}

void find_segments(GraphMapping& mapping) {
  for (int i = 0; i < static_cast<int>(mapping.operators.size()); ++i) {
    const bool mapped = mapping.operators[static_cast<std::size_t>(i)].mapped;
    if (mapping.segments.empty() || mapping.segments.back().on_accelerator != mapped) {
      mapping.segments.push_back({mapped, i, i});
    }
    mapping.segments.back().last_op = i;
  }
}

void find_crossings(const Graph& graph, const std::vector<LayerShape>& shapes,
                    GraphMapping& mapping) {
  // Where each activation is made: -1 on the host (the graph's inputs too).
  std::vector<int> made_on(graph.tensors.size(), 0);
  std::vector<bool> sent(graph.tensors.size()), fetched(graph.tensors.size());
  const auto cross = [&](int tensor, bool to_accelerator) {
    const auto index = static_cast<std::size_t>(tensor);
    if ((to_accelerator ? sent : fetched)[index]) return;
    (to_accelerator ? sent : fetched)[index] = true;
    const Tensor& crossing = graph.tensors[index];
    mapping.crossings.push_back(
        {tensor, crossing.name, static_cast<Bytes>(crossing.bytes()), to_accelerator});
  };
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const bool mapped = mapping.operators[i].mapped;
    for (const int tensor : shapes[i].reads) {
      const bool on_accelerator = made_on[static_cast<std::size_t>(tensor)] == 1;
      if (on_accelerator != mapped) cross(tensor, mapped);
    }
    for (const int tensor : shapes[i].writes) {
      made_on[static_cast<std::size_t>(tensor)] = mapped ? 1 : 0;
    }
  }
  for (const int tensor : graph.outputs) {
    if (made_on[static_cast<std::size_t>(tensor)] == 1) cross(tensor, false);
  }
}

}  // namespace

std::vector<std::string> mapping_constraints() {
  std::vector<std::string> names;
  for (const auto& [name, check] : kConstraints) names.emplace_back(name);
  return names;
}

bool is_mapping_constraint(const std::string& name) {
  return std::ranges::any_of(kConstraints, [&](const auto& entry) { return entry.first == name; });
}

GraphMapping map_operators(const Graph& graph, const std::vector<LayerShape>& shapes,
                           const AcceleratorModel& model) {
  GraphMapping mapping;
  int cut = -1;  // the operator on the host behind something mapped
  bool any_mapped = false;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    OperatorMapping judged = judge({graph, graph.operators[i], shapes[i]}, model);
    if (judged.mapped && model.single_cut && cut >= 0) {
      judged = {false, fmt::format("behind operator {}, which is not mapped: one cut only", cut)};
    }
    if (!judged.mapped && any_mapped && cut < 0) cut = static_cast<int>(i);
    any_mapped = any_mapped || judged.mapped;
    if (!judged.mapped && mapping.first_unmapped < 0) mapping.first_unmapped = static_cast<int>(i);
    mapping.operators.push_back(std::move(judged));
  }
  find_segments(mapping);
  find_crossings(graph, shapes, mapping);
  return mapping;
}

}  // namespace boardless::cost_models
