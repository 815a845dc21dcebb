// Writes an accelerator's price into the result document.
#include "prediction/accelerator_prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "cost_models/accelerators/accelerator_choice.h"
#include "prediction/digests.h"
#include "prediction/provenance.h"
#include "workloads/graph/graph_checks.h"
#include "workloads/operators/operator_record.h"

namespace boardless::prediction {
namespace {

using cost_models::AcceleratorConfiguration;
using cost_models::AcceleratorModel;
using cost_models::AcceleratorPrice;
using cost_models::LayerPrice;

Layer make_layer(const workloads::Graph& graph, const AcceleratorModel& model,
                 const AcceleratorPrice& price, std::size_t index) {
  const workloads::Operator& op = graph.operators[index];
  const workloads::Tensor& output = graph.tensors[static_cast<std::size_t>(op.outputs.front())];
  const LayerPrice& priced = price.layers[index];
  const cost_models::OperatorMapping& mapping = price.mapping.operators[index];
  Layer layer;
  layer.index = static_cast<int>(index);
  layer.op = op.custom_name.empty() ? workloads::operator_name(op.kind) : op.custom_name;
  layer.name = output.name;
  layer.kernel = mapping.mapped ? model.family : "host";
  layer.output_shape = shape_text(output);
  layer.macs = workloads::macs(graph, op);
  layer.latency_ms = priced.latency_ms();
  layer.cycles = static_cast<Cycles>(std::llround(layer.latency_ms * 1e-3 * price.clock_hz));
  layer.energy_uj = priced.energy_uj;
  layer.accelerator = AcceleratorLayer{mapping.mapped,        mapping.rule,
                                       priced.compute_ms,     priced.onchip_ms,
                                       priced.stream_ms,      priced.link_ms,
                                       priced.host_ms,        std::min(priced.utilization, 1.0),
                                       priced.device,         priced.weight_bytes,
                                       priced.streamed_bytes, priced.onchip_bytes,
                                       priced.link_bytes};
  return layer;
}

AcceleratorUse make_use(const AcceleratorModel& model,
                        const AcceleratorConfiguration& configuration,
                        const AcceleratorPrice& price) {
  const cost_models::AcceleratorChoice choice = cost_models::resolve(model, configuration);
  AcceleratorUse use;
  use.family = model.family;
  if (model.host) use.host = model.host->mcu.empty() ? model.host->describe : model.host->mcu;
  use.link = price.link;
  use.weights_in = price.weights_in;
  use.weight_bits = price.weight_bits;
  use.devices = configuration.devices;
  use.device_use = configuration.device_use == cost_models::DeviceUse::kPipelined ? "pipelined"
                                                                                  : "data-parallel";
  use.inferences_per_second = price.inferences_per_second;
  use.frames_per_second = price.frames_per_second;
  use.peak_macs_per_second = static_cast<double>(model.peak_macs_per_cycle()) * price.clock_hz;
  if (choice.source) {
    use.weight_bytes_per_second = choice.source->bytes_per_second;
  } else if (choice.link) {
    use.weight_bytes_per_second = choice.link->parameter_bytes_per_second;
  }
  use.mapped_operators = static_cast<int>(
      std::ranges::count(price.mapping.operators, true, &cost_models::OperatorMapping::mapped));
  use.mapped_macs = price.mapped_macs;
  use.memory_bytes = model.memory.bytes.value();
  use.working_bytes = price.activations.peak_bytes;
  use.fixed_bytes = model.memory.fixed_bytes.value();
  use.weight_bytes = price.weight_bytes;
  use.cached_bytes = price.cached_bytes;
  use.cache_capacity_bytes = price.cache_capacity_bytes;
  use.streamed_bytes = price.streamed_bytes;
  use.instruction_bytes = price.instruction_bytes;
  use.input_bytes = price.input_bytes;
  use.output_bytes = price.output_bytes;
  use.offchip_out_bytes = price.offchip_out_bytes;
  use.offchip_in_bytes = price.offchip_in_bytes;
  use.passes = price.activations.passes;
  for (const cost_models::Segment& segment : price.mapping.segments) {
    use.segments.push_back({segment.on_accelerator, segment.first_op, segment.last_op});
  }
  for (const cost_models::TensorCrossing& crossing : price.mapping.crossings) {
    use.crossings.push_back({crossing.name, crossing.bytes, crossing.to_accelerator});
  }
  return use;
}

// On-chip memory is the document's SRAM; weights outside it are its flash.
void fill_memory(const AcceleratorModel& model, const AcceleratorPrice& price,
                 Prediction& prediction) {
  Sram& sram = prediction.sram;
  sram.arena_bytes = price.activations.peak_bytes;
  sram.static_bytes = model.memory.fixed_bytes.value();
  sram.capacity_bytes = model.memory.bytes.value();
  if (model.memory.tiles_activations) {
    sram.arena_bytes = std::min(sram.arena_bytes, sram.capacity_bytes);
  }
  sram.total_bytes = sram.arena_bytes + sram.static_bytes;
  Flash& flash = prediction.flash;
  if (model.memory.holds_weights) {
    sram.static_bytes += price.weight_bytes;
    sram.total_bytes += price.weight_bytes;
  } else {
    flash.weights_bytes = price.weight_bytes;
    flash.runtime_bytes = price.instruction_bytes;
    flash.total_bytes = flash.weights_bytes + flash.runtime_bytes;
    flash.capacity_bytes = std::max(price.cache_capacity_bytes, flash.total_bytes);
  }
}

void fill_provenance(const AcceleratorModel& model, const AcceleratorPrice& price,
                     Prediction& prediction) {
  Provenance provenance(model.name);
  provenance.add("latency_ms", price.used.latency);
  provenance.add("energy_uj", price.used.energy);
  provenance.add("sram", price.used.on_chip);
  if (model.memory.holds_weights) {
    provenance.add("sram", price.used.stored);
  } else {
    provenance.add("flash.weights_bytes", price.used.stored);
    provenance.add("flash.runtime_bytes", price.used.instructions);
  }
  provenance.ask("price_usd", [&] {
    if (model.price_usd) model.price_usd->value();
  });
  prediction.estimates = provenance.estimates();
  prediction.sources = provenance.sources();
}

void fill_remarks(const AcceleratorModel& model, const AcceleratorPrice& price,
                  Prediction& prediction) {
  prediction.reasons = price.reasons;
  if (!price.fits) return;
  const int first = price.mapping.first_unmapped;
  if (first >= 0) {
    const auto& operators = price.mapping.operators;
    const auto unmapped =
        std::ranges::count(operators, false, &cost_models::OperatorMapping::mapped);
    prediction.reasons.push_back(fmt::format(
        "{} of {} operators run on {}, from operator {} on: {}", unmapped, operators.size(),
        model.host->describe, first, operators[static_cast<std::size_t>(first)].rule));
  }
  if (price.streamed_bytes > 0 && price.cache_capacity_bytes > 0) {
    prediction.reasons.push_back(fmt::format(
        "{} of {} bytes of weights do not fit the parameter cache of {} and are sent every "
        "inference",
        price.streamed_bytes, price.weight_bytes, price.cache_capacity_bytes));
  }
  if (price.activations.passes > 1) {
    prediction.reasons.push_back(fmt::format(
        "its largest tensor has {} bytes, on-chip memory {}: {} passes with a halo of {} rows",
        price.activations.largest_tensor_bytes, model.memory.bytes.value(),
        price.activations.passes, price.activations.halo_rows));
  }
}

// The graph of the operators that are not mapped; time does not depend on weights, so those without
// contents are zero.
workloads::Graph host_part(const workloads::Graph& graph,
                           const cost_models::GraphMapping& mapping) {
  workloads::Graph part;
  part.name = graph.name;
  part.tensors = graph.tensors;
  std::vector<bool> made(graph.tensors.size()), needed(graph.tensors.size());
  for (workloads::Tensor& tensor : part.tensors) tensor.shape_only = false;
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    if (mapping.operators[i].mapped) continue;
    const workloads::Operator& op = graph.operators[i];
    part.operators.push_back(op);
    for (const int input : op.inputs) {
      if (input < 0) continue;
      const auto index = static_cast<std::size_t>(input);
      workloads::Tensor& tensor = part.tensors[index];
      if (graph.tensors[index].shape_only) {
        tensor.data.assign(static_cast<std::size_t>(tensor.bytes()), 0);
      }
      if (tensor.is_constant() || made[index] || needed[index]) continue;
      needed[index] = true;
      part.inputs.push_back(input);
    }
    for (const int output : op.outputs) {
      made[static_cast<std::size_t>(output)] = true;
      part.outputs.push_back(output);
    }
  }
  return part;
}

// Prices anew with the host's operators simulated.
void simulate_host(const workloads::Graph& graph, const AcceleratorModel& model,
                   const AcceleratorConfiguration& configuration, const HostTimes& host_times,
                   AcceleratorPrice& price) {
  try {
    targets::UsedNumbers host;
    const LatencyRecorder recorder(host);
    const std::vector<double> part_ms =
        host_times(model.host->mcu, host_part(graph, price.mapping));
    std::vector<double> all(graph.operators.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!price.mapping.operators[i].mapped) all[i] = part_ms.at(next++);
    }
    price = cost_models::price_graph(graph, model, configuration, all);
    price.used.latency.add(host);
  } catch (const InputError& error) {
    price.fits = false;
    price.reasons.push_back(
        fmt::format("the host {} cannot run what is not mapped, so latency lacks "
                    "it: {}",
                    model.host->mcu, error.what()));
  } catch (const NotModelled& error) {
    price.fits = false;
    price.reasons.push_back(
        fmt::format("the host {} is not modelled for what is not mapped, so "
                    "latency lacks it: {}",
                    model.host->mcu, error.what()));
  }
}

// Rules map a sequence of operators; what runs a part of them, or remembers, is more than that.
void require_sequence(const workloads::Graph& graph, const AcceleratorModel& model) {
  for (int i = 0; i < static_cast<int>(graph.operators.size()); ++i) {
    const workloads::OperatorRecord* record =
        workloads::find_operator(graph.operators[static_cast<std::size_t>(i)]);
    const bool writes = !graph.operators[static_cast<std::size_t>(i)].outputs.empty();
    if (writes && (record == nullptr || record->schedule == nullptr)) continue;
    throw NotModelled(
        fmt::format("{}: {} runs subgraphs or names variables; {} is modelled for "
                    "graphs without",
                    graph.name, workloads::operator_label(graph, i), model.name));
  }
}

}  // namespace

Prediction predict_on_accelerator(const workloads::Graph& graph, const std::string& sha256,
                                  const AcceleratorModel& model,
                                  const AcceleratorConfiguration& configuration,
                                  const HostTimes& host_times) {
  require_sequence(graph, model);
  AcceleratorPrice price = cost_models::price_graph(graph, model, configuration);
  const bool needs_mcu =
      price.fits && price.mapping.first_unmapped >= 0 && model.host && !model.host->mcu.empty();
  if (needs_mcu) simulate_host(graph, model, configuration, host_times, price);
  Prediction prediction;
  prediction.model = graph.name;
  prediction.model_sha256 = sha256;
  prediction.macs = workloads::macs(graph);
  prediction.parameters = workloads::parameters(graph);
  prediction.target = model.name;
  prediction.target_description = model.description;
  prediction.vendor = model.vendor;
  prediction.availability = std::string(availability_name(model.availability));
  prediction.core = model.family;
  prediction.clock_hz = price.clock_hz;
  if (model.price_usd) prediction.price_usd = model.price_usd->value();
  prediction.kernels = "accelerator";
  prediction.data_sha256.emplace(needs_mcu ? digest_with_host(model) : model.sha256);
  for (std::size_t i = 0; i < price.layers.size(); ++i) {
    prediction.layers.push_back(make_layer(graph, model, price, i));
  }
  prediction.latency_ms = price.latency_ms;
  prediction.latency_error = targets::published_errors(model.name);
  prediction.cycles = static_cast<Cycles>(std::llround(price.latency_ms * 1e-3 * price.clock_hz));
  prediction.energy_uj = price.energy_uj;
  prediction.fits = price.fits;
  fill_memory(model, price, prediction);
  fill_remarks(model, price, prediction);
  fill_provenance(model, price, prediction);
  prediction.accelerator = make_use(model, configuration, price);
  return prediction;
}

}  // namespace boardless::prediction
