// Counts taps, and reads issue width and pipes off a core's data.
#include "exploration/least_work.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <variant>

#include "workloads/graph/element_type.h"

namespace boardless::exploration {
namespace {

using cost_models::ClassTiming;
using cost_models::CoreModel;
using isa::Feature;
using isa::InstructionClass;
using workloads::ConvAttributes;
using workloads::Graph;
using workloads::Operator;
using workloads::OpKind;
using workloads::Tensor;

using Counts = std::array<double, kWidths>;

// --- multiplications ---

// Pairs of an output position and a tap that lies in the input, along one dimension.
double taps_inside(int input, int output, int filter, int stride, int dilation, bool same) {
  const std::int64_t reach = std::int64_t{filter - 1} * dilation + 1;
  const std::int64_t needed = std::int64_t{output - 1} * stride + reach;
  const std::int64_t before = same ? std::max<std::int64_t>(0, needed - input) / 2 : 0;
  double inside = 0;
  for (int tap = 0; tap < filter; ++tap) {
    // Positions o with 0 <= o * stride + offset < input.
    const std::int64_t offset = std::int64_t{tap} * dilation - before;
    const std::int64_t first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
    const std::int64_t last = offset >= input ? -1 : (input - 1 - offset) / stride;
    inside += static_cast<double>(
        std::max<std::int64_t>(0, std::min<std::int64_t>(last, output - 1) - first + 1));
  }
  return inside;
}

const Tensor* tensor(const Graph& graph, const std::vector<int>& indices, std::size_t position) {
  if (position >= indices.size() || indices[position] < 0) return nullptr;
  return &graph.tensors[static_cast<std::size_t>(indices[position])];
}

double convolution_macs(const Graph& graph, const Operator& op) {
  const Tensor* input = tensor(graph, op.inputs, 0);
  const Tensor* filter = tensor(graph, op.inputs, 1);
  const Tensor* output = tensor(graph, op.outputs, 0);
  const auto* attributes = std::get_if<ConvAttributes>(&op.attributes);
  if (input == nullptr || filter == nullptr || output == nullptr || attributes == nullptr ||
      input->shape.size() != 4 || filter->shape.size() != 4 || output->shape.size() != 4 ||
      attributes->stride_h < 1 || attributes->stride_w < 1) {
    return 0;
  }
  const bool same = attributes->padding == workloads::Padding::kSame;
  const double taps = taps_inside(input->shape[1], output->shape[1], filter->shape[1],
                                  attributes->stride_h, attributes->dilation_h, same) *
                      taps_inside(input->shape[2], output->shape[2], filter->shape[2],
                                  attributes->stride_w, attributes->dilation_w, same);
  // A depthwise filter is [1][h][w][output channel], the other one [output][h][w][input].
  const double inputs = op.kind == OpKind::kConv2D ? filter->shape[3] : 1;
  return taps * inputs * output->shape[3] * output->shape[0];
}

double macs_of(const Graph& graph, const Operator& op) {
  switch (op.kind) {
    case OpKind::kConv2D:
    case OpKind::kDepthwiseConv2D:
      return convolution_macs(graph, op);
    case OpKind::kFullyConnected:
      return static_cast<double>(workloads::macs(graph, op));
    default:
      return 0;
  }
}

std::size_t width_index(const Graph& graph, const Operator& op) {
  std::size_t narrowest = kWidths - 1;
  for (const std::size_t position : {0, 1}) {
    const Tensor* operand = tensor(graph, op.inputs, position);
    if (operand == nullptr) return 0;
    const int bytes = workloads::element_type(operand->type).bytes;
    narrowest = std::min<std::size_t>(narrowest, bytes >= 4 ? 2 : bytes == 2 ? 1 : 0);
  }
  return narrowest;
}

bool is_in_main(const Graph& graph, int index) {
  return std::ranges::none_of(graph.subgraphs, [&](const workloads::Subgraph& subgraph) {
    return index >= subgraph.first_operator && index < subgraph.first_operator + subgraph.operators;
  });
}

// --- what a core does in a cycle ---

using Classes = std::initializer_list<InstructionClass>;
constexpr Classes kIntegerMultiplies{InstructionClass::kMultiply,
                                     InstructionClass::kMultiplyAccumulate,
                                     InstructionClass::kMultiplyLong,
                                     InstructionClass::kMultiplyAccumulateLong,
                                     InstructionClass::kMultiplyHigh,
                                     InstructionClass::kDspMultiply,
                                     InstructionClass::kDspMultiplyAccumulate,
                                     InstructionClass::kDspMultiplyAccumulateLong};
constexpr Classes kFloatMultiplies{
    InstructionClass::kFpMultiply, InstructionClass::kFpMultiplyAccumulate,
    InstructionClass::kFpMultiplyDouble, InstructionClass::kFpMultiplyAccumulateDouble};
constexpr Classes kVectorMultiplies{
    InstructionClass::kVectorMultiply,   InstructionClass::kVectorMultiplyAccumulate,
    InstructionClass::kVectorDot,        InstructionClass::kVectorDotLong,
    InstructionClass::kVectorFpMultiply, InstructionClass::kVectorFpMultiplyAccumulate};

bool has_any(const cost_models::ClassSet& set, Classes classes) {
  return std::ranges::any_of(classes, [&](InstructionClass c) { return set.contains(c); });
}

// Those of the classes that the core has lie all in the set.
bool has_all(const CoreModel& core, const cost_models::ClassSet& set, Classes classes) {
  return std::ranges::all_of(
      classes, [&](InstructionClass c) { return !core.timing(c) || set.contains(c); });
}

double issue_width(const CoreModel& core) {
  if (!core.pairs) return 1;
  return core.pairs->third.empty() ? 2 : 3;
}

// Scalar multiplications of those classes that may issue together.
double multiplies_together(const CoreModel& core, Classes classes) {
  if (!core.pairs) return 1;
  const cost_models::PairRules& pairs = *core.pairs;
  // What is light is no multiplication, so of two that pair for that one is none.
  if (!pairs.younger.empty() && !has_any(pairs.younger, classes)) return 1;
  for (const cost_models::ClassSet& set : pairs.one_per_cycle) {
    if (has_all(core, set, classes)) return 1;
  }
  return has_any(pairs.third, classes) ? 3 : 2;
}

double fewest_cycles(const CoreModel& core, Classes classes) {
  double fewest = 0;
  for (const InstructionClass each : classes) {
    if (!core.timing(each)) continue;
    const double cycles = std::max<std::uint32_t>(1, core.timing(each)->cycles.value());
    fewest = fewest == 0 ? cycles : std::min(fewest, cycles);
  }
  return std::max(1.0, fewest);
}

// Vector multiplications that the core finishes in a cycle.
double vector_rate(const CoreModel& core) {
  std::uint8_t pipes = 0;
  double beats = 0;
  for (const InstructionClass each : kVectorMultiplies) {
    const std::optional<ClassTiming>& timing = core.timing(each);
    if (!timing) continue;
    const double kept = timing->beats.value();
    if (timing->pipes == 0 || kept == 0) return issue_width(core);
    pipes |= timing->pipes;
    beats = beats == 0 ? kept : std::min(beats, kept);
  }
  if (beats == 0) return 0;
  return std::min(issue_width(core), std::popcount(pipes) / beats);
}

}  // namespace

Counts least_macs(const Graph& graph) {
  Counts counts{};
  for (int i = 0; i < static_cast<int>(graph.operators.size()); ++i) {
    if (!is_in_main(graph, i)) continue;
    const Operator& op = graph.operators[static_cast<std::size_t>(i)];
    const double macs = macs_of(graph, op);
    if (macs > 0) counts[width_index(graph, op)] += macs;
  }
  return counts;
}

Counts most_macs_per_cycle(const CoreModel& core, const isa::Variant& variant) {
  if (variant.has(Feature::kCustom)) return {};
  const double integers =
      multiplies_together(core, kIntegerMultiplies) / fewest_cycles(core, kIntegerMultiplies);
  const double floats =
      multiplies_together(core, kFloatMultiplies) / fewest_cycles(core, kFloatMultiplies);
  // Two products in one instruction have wide encodings.
  const bool wide_alone = core.pairs && core.pairs->narrow_only;
  const double dual = wide_alone ? std::max(2.0, integers) : 2 * integers;
  // Bytes in pairs: (x0 + x1 2^16) (w1 + w0 2^16), as kernels/scalar/tile_packed.h.
  const double packed = 2 * integers;
  const double vectors = variant.has(Feature::kHelium) ? vector_rate(core) : 0;
  Counts most{};
  for (std::size_t width = 0; width < kWidths; ++width) {
    double scalar = width == 2 ? integers + floats : integers;
    if (width < 2 && variant.has(Feature::kDsp)) scalar = dual;
    if (width == 0) scalar = std::max(scalar, packed);
    most[width] = scalar + vectors * static_cast<double>(16U >> width);
  }
  return most;
}

double least_cycles(const Counts& macs, const Counts& macs_per_cycle) {
  double cycles = 0;
  for (std::size_t width = 0; width < kWidths; ++width) {
    if (macs_per_cycle[width] > 0) cycles += macs[width] / macs_per_cycle[width];
  }
  return cycles;
}

}  // namespace boardless::exploration
