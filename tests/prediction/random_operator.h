// Random int8 operators with inputs, for comparing kernels with the host reference.
#pragma once

#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// How GoogleTest shows the kind.
inline void PrintTo(OpKind kind, std::ostream* out) { *out << operator_name(kind); }

}  // namespace boardless::workloads

namespace boardless::prediction {

// An operator that can be drawn: every one that boardless runs.
struct RandomKind {
  enum class Optimized { kNever, kSometimes, kOnInt8, kAlways };

  workloads::OpKind kind = workloads::OpKind::kAdd;
  int operators = 0;  // how many show its ways
  // Whether the optimised libraries have kernels for it: sometimes, where that depends on the
  // types; or at least on int8 data and weights, but not in several groups.
  Optimized optimized = Optimized::kAlways;
  std::string_view custom_name = {};  // of a custom operator

  std::string_view name() const {
    return custom_name.empty() ? workloads::operator_name(kind) : custom_name;
  }
};
inline void PrintTo(const RandomKind& kind, std::ostream* out) { *out << kind.name(); }

std::span<const RandomKind> random_kinds();

struct RandomModel {
  workloads::Graph graph;
  std::vector<std::uint8_t> inputs;  // the graph's inputs, one after the other
  int invocations = 1;               // the inputs of later ones stand behind those of the first
  std::vector<std::string> texts;    // per operator: seed, shapes and attributes, for messages
  int draws = 0;                     // how many numbers between bounds were drawn
};

// `count` operators of one kind that have nothing to do with one another, each with its own inputs
// and output; the same for the same kind and seeds. Shapes are small, with odd extents and channel
// counts, and attributes take every combination that TFLite allows; scales are such that most
// outputs are not saturated. `least` are draws that give their lower bound instead, by number: a
// model that has fewer of what makes it large or odd.
RandomModel random_model(const RandomKind& kind, std::uint64_t first_seed, int count,
                         const std::vector<int>& least = {});
// Of one that is no custom operator.
RandomModel random_model(workloads::OpKind kind, std::uint64_t first_seed, int count);

}  // namespace boardless::prediction
