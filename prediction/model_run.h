// One functional run of a model on one kernel image, priced for every attached target.
#pragma once

#include <cstdint>
#include <functional>
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
  std::string sha256;                             // of the model file
  std::vector<std::vector<std::uint8_t>> inputs;  // bytes of each graph input
  workloads::Evaluation expected;                 // by the host reference
};

struct PricedTarget {
  const targets::Target* target = nullptr;
  const cost_models::CoreModel* core = nullptr;
};

struct OperatorRun {
  KernelChoice kernel;
  Bytes stack_bytes = 0;
  bool equals_reference = false;                    // every output byte
  std::vector<cost_models::TimingRun::Cost> costs;  // by target
};

struct ModelRun {
  std::string image;
  std::string library;
  std::vector<OperatorRun> operators;
  ArenaLayout arena;
  Bytes weights_bytes = 0;
  Bytes descriptors_bytes = 0;
  Bytes code_bytes = 0;              // reachable from the kernels used
  std::vector<std::uint8_t> output;  // all graph outputs, one after the other
  // Per target: the numbers of it and its core that took part in the cycles.
  std::vector<targets::UsedNumbers> used;
};

// The smallest range of addresses whose accesses cost something on a target of `timing`.
sim::AccessWatch access_watch(const cost_models::TimingRun& timing, sim::KernelMachine& machine);

using OperatorDone = std::function<void()>;

// `image` is `variant`'s kernel image. Calls `done` after every operator (may be empty). Throws
// GuestFault and NotModelled (no kernel for an operator).
ModelRun run_model(const Workload& workload, const isa::Variant& variant,
                   const sim::ElfImage& image, const KernelRequest& request,
                   std::span<const PricedTarget> targets, const OperatorDone& done);

}  // namespace boardless::prediction
