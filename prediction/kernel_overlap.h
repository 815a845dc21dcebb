// What each kernel is known to allow: how its output may lie over its input. A kernel without a
// record here allows nothing.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::prediction {

// The output (an operand's number) may begin before the input (another's): by `distance` bytes, or
// by any multiple of `step` more. For every byte that is read holds then that nothing was written
// over it before.
struct SafeOverlap {
  std::size_t input = 0, output = 0;
  Bytes distance = 0;
  Bytes step = 1;
};

// An operator and the function that runs it, with the scratch that it asked for.
struct KernelRun {
  const workloads::Graph& graph;
  const workloads::PreparedModel& model;
  const workloads::PreparedOperator& op;
  std::string function;  // "dsp_conv_2d_s8"
  Bytes scratch = 0;
};

std::vector<SafeOverlap> safe_overlaps(const KernelRun& run);

// Whether `function` has a record.
bool has_overlap_record(const std::string& function);

}  // namespace boardless::prediction
