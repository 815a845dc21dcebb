// One functional run of a model on one kernel image, priced for every attached target.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "cost_models/core_model.h"
#include "cost_models/timing_run.h"
#include "prediction/kernel_library.h"
#include "prediction/model_layout.h"
#include "sim/elf_image.h"
#include "targets/target.h"
#include "workloads/operators/reference_evaluator.h"

namespace boardless::prediction {

// A model with everything that does not depend on image or target.
struct Workload {
  workloads::Graph graph;
  workloads::PreparedModel prepared;
  std::string sha256;  // of the model file
  int invocations = 1;
  std::vector<workloads::Inputs> inputs;  // of each invocation, or one for all
  workloads::Evaluation expected;         // of the first invocation, by the host reference

  const workloads::Inputs& inputs_of(int invocation) const {
    return inputs[static_cast<std::size_t>(invocation) % inputs.size()];
  }
};

struct PricedTarget {
  const targets::Target* target = nullptr;
  const cost_models::CoreModel* core = nullptr;
};

// One prepared operator over all invocations, but for its costs.
struct OperatorRun {
  KernelChoice kernel;
  Bytes stack_bytes = 0;         // the deepest
  bool equals_reference = true;  // every output byte, each time
  // Of a kernel that may differ from the reference (workloads/operators/tolerance.h): the largest
  // distance and its bound, in ULP.
  std::int64_t ulp = 0;
  std::int64_t ulp_bound = 0;
  bool is_as_reference() const { return equals_reference || ulp <= ulp_bound; }
  int runs = 0;                                     // in the last invocation
  std::vector<cost_models::TimingRun::Cost> costs;  // of the last invocation, by target
};

struct ModelRun {
  std::string image;
  std::string library;
  std::vector<OperatorRun> operators;  // as PreparedModel::operators
  ArenaLayout arena;
  Bytes weights_bytes = 0;
  Bytes descriptors_bytes = 0;
  Bytes code_bytes = 0;  // reachable from the kernels used
  // By invocation: all graph outputs, one after the other.
  std::vector<std::vector<std::uint8_t>> outputs;
  std::vector<std::vector<Cycles>> cycles;  // by invocation and target
  const std::vector<std::uint8_t>& output() const { return outputs.back(); }
  // Per target: the numbers of it and its core that took part in the cycles.
  std::vector<targets::UsedNumbers> used;
};

// The smallest range of addresses whose accesses cost something on a target of `timing`.
sim::AccessWatch access_watch(const cost_models::TimingRun& timing, sim::KernelMachine& machine);

// What a linker keeps of an image for these of its functions.
Bytes reachable_bytes(const sim::ElfImage& image, const isa::Variant& variant,
                      const std::set<std::string>& functions);

using OperatorDone = std::function<void()>;

// `image` is `variant`'s kernel image. Calls `done` after every operator (may be empty). Throws
// GuestFault and NotModelled (no kernel for an operator).
ModelRun run_model(const Workload& workload, const isa::Variant& variant,
                   const sim::ElfImage& image, const KernelRequest& request,
                   std::span<const PricedTarget> targets, const OperatorDone& done,
                   cost_models::Planner planner = cost_models::Planner::kGreedyInOrder);

}  // namespace boardless::prediction
