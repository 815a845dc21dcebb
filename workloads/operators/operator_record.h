// One record says everything boardless knows of an operator. Checks, the file format, counts,
// preparation, the host's answer and the accelerators' classes all read it; an operator is added by
// adding its record to a family (operators/families.h).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "workloads/graph/element_type.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/layer_class.h"
#include "workloads/operators/tolerance.h"

namespace boardless::workloads {

class OperatorView;
class Scheduler;
struct KernelCall;
struct OptionsCodec;
struct PreparedOperator;

inline constexpr int kAny = std::numeric_limits<int>::max();

// What the format's definition of an operator says about its operands.
struct Signature {
  int min_inputs = 1, max_inputs = 1;
  int first_optional = kAny;  // inputs from here on may be absent
  int data_rank = 0;          // of input 0 and output 0; 0: any
  int weights_rank = 0;       // of input 1; 0: any
  int max_outputs = 1;
  int min_outputs = 1;
};

// "conv_2d_s8": the ABI's name of a kernel without the library.
class KernelName {
 public:
  constexpr KernelName(std::string_view stem, std::initializer_list<std::string_view> suffixes) {
    append(stem);
    for (const std::string_view suffix : suffixes) {
      append("_");
      append(suffix);
    }
  }
  constexpr std::string_view text() const { return {text_.data(), size_}; }

 private:
  constexpr void append(std::string_view part) {
    for (const char c : part) text_.at(size_++) = c;
  }
  std::array<char, 40> text_{};
  std::size_t size_ = 0;
};

using HostAnswer = void (*)(const KernelCall&);

// A kernel of the ABI (kernels/abi.h) for one combination of element types. The kernel libraries
// have those on int8; the host has an answer for all.
struct Kernel {
  KernelName name;
  DataType input, output;  // of the data operand (OperatorRecord::data_input) and of output 0
  HostAnswer host;
  // Of OperatorRecord::weights_input, where that decides.
  std::optional<DataType> weights = {};
  // By how much the cores' answers may differ from the host's.
  Tolerance tolerance = {};
  // The host's answer goes on from what a core wrote, step by step: what differs by its tolerance
  // would otherwise be fed back and grow.
  bool follows = false;
};

// `kernel` with a tolerance.
constexpr Kernel within(Tolerance tolerance, Kernel kernel) {
  kernel.tolerance = tolerance;
  return kernel;
}

// The kernel "STEM_SUFFIX" that reads and writes elements E.
template <class E>
constexpr Kernel kernel(std::string_view stem, HostAnswer host) {
  return {KernelName(stem, {E::kSuffix}), E::kType, E::kType, host};
}
// The kernel "STEM_IN_OUT" between two types.
template <class In, class Out>
constexpr Kernel converting_kernel(std::string_view stem, HostAnswer host) {
  return {KernelName(stem, {In::kSuffix, Out::kSuffix}), In::kType, Out::kType, host};
}
// The kernel "STEM_b8" that takes elements for bytes.
template <class E>
constexpr Kernel byte_kernel(std::string_view stem, HostAnswer host) {
  return {KernelName(stem, {"b8"}), E::kType, E::kType, host};
}
// The kernel "STEM_DATA", or "STEM_DATA_WEIGHTS" where `names_weights`, on weights of another type
// than the data's or one that must be the same.
template <class E, class Weights>
constexpr Kernel weighted_kernel(std::string_view stem, HostAnswer host,
                                 bool names_weights = false) {
  const KernelName name = names_weights ? KernelName(stem, {E::kSuffix, Weights::kSuffix})
                                        : KernelName(stem, {E::kSuffix});
  return {name, E::kType, E::kType, host, Weights::kType};
}

struct OperatorRecord {
  OpKind kind;                        // the format's code; operator_name() has its name
  std::string_view custom_name = {};  // of a custom operator; empty: any that has no record
  // Without one, an operator's operands are not checked against its definition.
  std::optional<Signature> signature = {};
  // How a file holds its attributes. Without one they are not read, and it cannot be written.
  const OptionsCodec* options = nullptr;
  // The input with the data: some operators have shapes or axes before it.
  int data_input = 0;
  // The input whose type, beside the data's, decides which kernel runs; negative for none.
  int weights_input = -1;
  // Multiply-accumulates, one per use of a weight; null for operators without weights.
  std::int64_t (*macs)(const Graph&, const Operator&) = nullptr;
  LayerClass layer_class = LayerClass::kElementwise;
  // How it is run: what makes kernel parameters of it, and the kernels, one for each combination of
  // types that it is supported on. Without them, the operator is one that boardless can only name.
  PreparedOperator (*prepare)(const OperatorView&) = nullptr;
  std::span<const Kernel> kernels = {};
  // Where its answer is not TensorFlow Lite Micro's, and why; docs/operators.md shows it.
  std::string_view note = {};
  // Where TensorFlow Lite's reference kernels answer otherwise than TensorFlow Lite Micro, which is
  // followed: "TYPES: what; …", types of the data by commas. On others they are to answer alike.
  std::string_view lite_note = {};
  // How it is run that has no kernel but says what runs: adds the steps of the operator of this
  // index.
  void (*schedule)(Scheduler&, int) = nullptr;
  // What the values of an input must be below, where they are indices; 0 for another input.
  std::int64_t (*index_limit)(const Graph&, const Operator&, std::size_t input) = nullptr;

  bool is_run() const { return prepare != nullptr || schedule != nullptr; }
};

// `record` with a lite_note.
constexpr OperatorRecord unlike_lite(std::string_view note, OperatorRecord record) {
  record.lite_note = note;
  return record;
}

// Every record, in the order of the families.
std::span<const OperatorRecord* const> all_operators();

// Null for an operator that has no record.
const OperatorRecord* find_operator(OpKind kind, std::string_view custom_name = {});
inline const OperatorRecord* find_operator(const Operator& op) {
  return find_operator(op.kind, op.custom_name);
}

// The types that choose the kernel of an operator: of its data operand and output 0, which is as
// the former where there is none, and of the weights where the record names them. Nothing where the
// data operand is missing.
struct KernelTypes {
  DataType input, output;
  std::optional<DataType> weights;
};
std::optional<KernelTypes> kernel_types(const OperatorRecord& record, const Graph& graph,
                                        const Operator& op);

// The kernel of `record` for these types, or null; without `weights`, one on any.
const Kernel* find_kernel(const OperatorRecord& record, DataType input, DataType output,
                          std::optional<DataType> weights = {});

// What indices in a tensor must be below for every operator that takes them from it; 0 where none
// does.
std::int64_t index_limit(const Graph& graph, int tensor);

// By its name; null when no record has it.
const Kernel* find_kernel(std::string_view name);

}  // namespace boardless::workloads
