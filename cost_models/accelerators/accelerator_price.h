// Prices a graph on an accelerator, operator by operator: a pure function of graph, accelerator and
// configuration.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/layer_shape.h"
#include "cost_models/accelerators/memory_plan.h"
#include "cost_models/accelerators/operator_mapping.h"
#include "workloads/graph/graph.h"

namespace boardless::cost_models {

enum class DeviceUse { kPipelined, kDataParallel };

// The what-ifs. Empty or zero: the accelerator's own.
struct AcceleratorConfiguration {
  std::uint32_t clock_hz = 0;
  std::string link;
  int devices = 1;
  DeviceUse device_use = DeviceUse::kDataParallel;
  std::string weights_in;
  int weight_bits = 0;
  std::string input_range;
};

struct LayerPrice {
  // Where the operator's time goes; the parts sum to latency_ms.
  double compute_ms = 0;  // multipliers
  double onchip_ms = 0;   // results, activations, weights and control on chip
  double stream_ms = 0;   // parameters from outside, as far as compute does not hide them
  double link_ms = 0;     // instructions, tensors
  double host_ms = 0;     // not mapped: on the host
  double latency_ms() const { return compute_ms + onchip_ms + stream_ms + link_ms + host_ms; }
  double energy_uj = 0;
  double utilization = 0;  // of the array's peak while it is busy with this operator
  int device = 0;
  Bytes weight_bytes = 0;    // as stored
  Bytes streamed_bytes = 0;  // of them in each inference
  Bytes onchip_bytes = 0;    // activations read and written
  Bytes link_bytes = 0;      // instructions and tensors
};

// The accelerator's numbers that took part, by what they reach.
struct AcceleratorNumbers {
  targets::UsedNumbers latency, energy;
  targets::UsedNumbers on_chip;       // what memory holds and what does not go in
  targets::UsedNumbers stored;        // the weights as they are stored
  targets::UsedNumbers instructions;  // of the command stream
};

struct AcceleratorPrice {
  bool fits = true;
  std::vector<std::string> reasons;
  GraphMapping mapping;
  ActivationPlan activations;
  std::vector<LayerPrice> layers;
  double latency_ms = 0, energy_uj = 0;
  double inferences_per_second = 0;         // of all devices
  std::optional<double> frames_per_second;  // of an image sensor: a whole number
  std::uint32_t clock_hz = 0;
  std::string link, weights_in;  // those taken; empty where there is no choice
  int weight_bits = 8;
  Bytes weight_bytes = 0, cached_bytes = 0, streamed_bytes = 0;
  Bytes cache_capacity_bytes = 0;  // 0: no cache
  Bytes instruction_bytes = 0, input_bytes = 0, output_bytes = 0;
  // Towards the accelerator in each inference, and back.
  Bytes offchip_out_bytes = 0, offchip_in_bytes = 0;
  std::int64_t mapped_macs = 0;
  AcceleratorNumbers used;
};

// Throws InputError for a configuration that the accelerator does not have. `host_ms` holds the
// time of each operator on a simulated host, for accelerators whose host is one; empty otherwise.
AcceleratorPrice price_graph(const workloads::Graph& graph, const AcceleratorModel& model,
                             const AcceleratorConfiguration& configuration,
                             std::span<const double> host_ms = {});

}  // namespace boardless::cost_models
