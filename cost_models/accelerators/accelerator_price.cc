// Joins mapping, memory plan, array cycles and link traffic into one price for each operator.
#include "cost_models/accelerators/accelerator_price.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cost_models/accelerators/accelerator_choice.h"
#include "cost_models/accelerators/block_engine.h"
#include "cost_models/accelerators/lane_array.h"

namespace boardless::cost_models {
namespace {

using workloads::Graph;
using workloads::Tensor;

class Pricer {
 public:
  Pricer(const Graph& graph, const AcceleratorModel& model,
         const AcceleratorConfiguration& configuration, std::span<const double> host_ms)
      : graph_(graph),
        model_(model),
        configuration_(configuration),
        choice_(resolve(model, configuration)),
        host_ms_(host_ms),
        shapes_(layer_shapes(graph)) {}

  AcceleratorPrice run() {
    AcceleratorNumbers& used = price_.used;
    record(used.latency, [&] {
      resolve(model_, configuration_);  // again, so that what it rests on is known
      price_.mapping = map_operators(graph_, shapes_, model_);
    });
    record(used.on_chip,
           [&] { price_.activations = plan_activations(graph_, shapes_, model_.memory); });
    price_.layers.resize(shapes_.size());
    price_.clock_hz = static_cast<std::uint32_t>(choice_.clock_hz);
    price_.link = choice_.link ? choice_.link->name : "";
    price_.weights_in = choice_.source ? choice_.source->name : "";
    price_.weight_bits = choice_.weight_bits;
    record(used.stored, [&] { store_weights(); });
    record(used.on_chip, [&] { check_fit(); });
    record(used.latency, [&] {
      assign_devices();
      cache_weights();
      price_host();
      if (std::holds_alternative<BlockEngine>(model_.compute)) {
        price_blocks(std::get<BlockEngine>(model_.compute));
      } else {
        price_lanes(std::get<LaneArray>(model_.compute));
      }
      price_link();
    });
    sum_up();
    // Weights and instructions travel, and a picture that does not go in is cut into passes.
    used.latency.add(used.stored);
    used.latency.add(used.instructions);
    if (model_.memory.tiles_activations) used.latency.add(used.on_chip);
    return std::move(price_);
  }

 private:
  template <class Step>
  static void record(targets::UsedNumbers& into, const Step& step) {
    const targets::UseRecorder recorder(into);
    step();
  }
  bool mapped(std::size_t op) const { return price_.mapping.operators[op].mapped; }
  double ms_of(double cycles) const { return cycles / choice_.clock_hz * 1e3; }

  void store_weights() {
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      LayerPrice& layer = price_.layers[i];
      layer.onchip_bytes = shapes_[i].input_bytes + shapes_[i].output_bytes;
      if (!mapped(i)) continue;
      layer.weight_bytes = stored_weight_bytes(shapes_[i], model_.weights, choice_.weight_bits);
      price_.mapped_macs += shapes_[i].macs;
      price_.weight_bytes += layer.weight_bytes;
    }
  }

  void refuse(std::string reason) {
    price_.fits = false;
    price_.reasons.push_back(std::move(reason));
  }

  // One sentence that names an operator and the rule it breaks.
  std::string unmapped_text(std::size_t op) const {
    return fmt::format("operator {} ({}): {}", op,
                       workloads::operator_name(graph_.operators[op].kind),
                       price_.mapping.operators[op].rule);
  }

  void check_input() {
    if (!choice_.range || graph_.inputs.empty()) return;
    const Tensor& input = graph_.tensors[static_cast<std::size_t>(graph_.inputs.front())];
    const Extent extent = extent_of(input);
    const InputRange& range = *choice_.range;
    if (extent.w >= range.min_width && extent.w <= range.max_width &&
        extent.h >= range.min_height && extent.h <= range.max_height) {
      return;
    }
    refuse(fmt::format("input '{}' is {}x{} ({} bytes); {} takes {}x{} to {}x{} ({} bytes at most)",
                       input.name, extent.w, extent.h, input.bytes(), range.name,
                       range.min_width.value(), range.min_height.value(), range.max_width.value(),
                       range.max_height.value(),
                       std::uint64_t{range.max_width} * range.max_height * 3));
  }

  void check_fit() {
    const int first = price_.mapping.first_unmapped;
    if (!model_.host && first >= 0) {
      refuse(unmapped_text(static_cast<std::size_t>(first)) +
             "; there is no host to run it, the whole network must map");
    }
    check_float();
    check_input();
    std::vector<Bytes> weights;
    for (const LayerPrice& layer : price_.layers) weights.push_back(layer.weight_bytes);
    const std::string shortage =
        memory_shortage(graph_, shapes_, weights, price_.activations, model_.memory);
    if (!shortage.empty()) refuse(shortage);
  }

  // Work that would be the accelerator's, in a type that it does not have: not a fallback's matter.
  void check_float() {
    if (!model_.host) return;  // said already
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      if (shapes_[i].macs == 0) continue;
      const Tensor& output = graph_.tensors[static_cast<std::size_t>(shapes_[i].writes.front())];
      const std::string_view type = workloads::data_type_name(output.type);
      if (mapped(i) || !type.starts_with("float") || std::ranges::count(model_.types, type) > 0) {
        continue;
      }
      refuse(fmt::format("{}; quantise the model, {} computes integers only", unmapped_text(i),
                         model_.name));
      return;
    }
    if (price_.mapped_macs == 0 && workloads::macs(graph_) > 0) {
      refuse(fmt::format(
          "no operator with weights maps; the first is {}",
          unmapped_text(static_cast<std::size_t>(std::max(0, price_.mapping.first_unmapped)))));
    }
  }

  // In a pipeline each device has a run of operators with its share of the stored weights.
  void assign_devices() {
    if (configuration_.device_use != DeviceUse::kPipelined || choice_.devices == 1) return;
    const double share = static_cast<double>(price_.weight_bytes) / choice_.devices;
    double before = 0;
    for (LayerPrice& layer : price_.layers) {
      const double middle = before + static_cast<double>(layer.weight_bytes) / 2;
      if (share > 0) {
        layer.device = std::min(static_cast<int>(middle / share), choice_.devices - 1);
      }
      before += static_cast<double>(layer.weight_bytes);
    }
  }

  // Weights stay in the cache from the first operator on; what does not go in is streamed.
  void cache_weights() {
    if (!model_.memory.cache_bytes) return;
    std::vector<Bytes> weights(static_cast<std::size_t>(choice_.devices));
    for (const LayerPrice& layer : price_.layers) {
      weights[static_cast<std::size_t>(layer.device)] += layer.weight_bytes;
    }
    const Bytes cache = model_.memory.cache_bytes->value();
    const Bytes staging = model_.memory.staging_bytes ? model_.memory.staging_bytes->value() : 0;
    std::vector<Bytes> room;
    for (const Bytes sum : weights) {
      room.push_back(sum <= cache ? cache : cache - std::min(cache, staging));
    }
    price_.cache_capacity_bytes = std::accumulate(room.begin(), room.end(), Bytes{0});
    for (LayerPrice& layer : price_.layers) {
      Bytes& left = room[static_cast<std::size_t>(layer.device)];
      const Bytes kept = std::min(layer.weight_bytes, left);
      left -= kept;
      layer.streamed_bytes = layer.weight_bytes - kept;
      price_.cached_bytes += kept;
      price_.streamed_bytes += layer.streamed_bytes;
    }
  }

  void price_host() {
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      if (mapped(i) || !model_.host) continue;
      if (!model_.host->mcu.empty()) {
        price_.layers[i].host_ms = i < host_ms_.size() ? host_ms_[i] : 0;
        continue;
      }
      const LayerShape& shape = shapes_[i];
      if (shape.layer_class == LayerClass::kView) continue;
      std::int64_t elements = 0;
      for (const auto* tensors : {&shape.reads, &shape.writes}) {
        for (const int tensor : *tensors) {
          elements += graph_.tensors[static_cast<std::size_t>(tensor)].elements();
        }
      }
      price_.layers[i].host_ms =
          (static_cast<double>(shape.macs) * model_.host->ns_per_mac.value() +
           static_cast<double>(elements) * model_.host->ns_per_element.value()) *
          1e-6;
    }
  }

  void set_cycles(std::size_t op, const ArrayCycles& cycles) {
    LayerPrice& layer = price_.layers[op];
    layer.compute_ms = ms_of(cycles.multiply);
    layer.onchip_ms = ms_of(cycles.traffic + cycles.control);
    const double peak = cycles.total() * static_cast<double>(model_.peak_macs_per_cycle());
    layer.utilization = peak > 0 ? static_cast<double>(shapes_[op].macs) / peak : 0;
  }

  void price_lanes(const LaneArray& array) {
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      if (!mapped(i)) continue;
      LayerPrice& layer = price_.layers[i];
      set_cycles(i, lane_cycles(shapes_[i], layer.weight_bytes, array));
      if (!choice_.source) continue;
      layer.streamed_bytes = layer.weight_bytes;
      price_.streamed_bytes += layer.weight_bytes;
      const double fetch_ms =
          static_cast<double>(layer.weight_bytes) / choice_.source->bytes_per_second.value() * 1e3;
      const double hidden = choice_.source->overlaps ? layer.compute_ms + layer.onchip_ms : 0;
      layer.stream_ms = std::max(0.0, fetch_ms - hidden);
    }
    wait_for_parameters();
  }

  // An operator's streamed parameters come in while it runs, not before: what the stream takes
  // longer than the array is waited for.
  void wait_for_parameters() {
    if (!choice_.link || choice_.source) return;
    for (LayerPrice& layer : price_.layers) {
      layer.stream_ms = std::max(0.0, parameter_ms(layer) - layer.compute_ms - layer.onchip_ms);
    }
  }

  double parameter_ms(const LayerPrice& layer) const {
    return static_cast<double>(layer.streamed_bytes) /
           choice_.link->parameter_bytes_per_second.value() * 1e3;
  }

  // Weights of an operator are fetched while the one before runs, block by block where that is too
  // short; a matrix times a vector reads them where they lie (facts: Vela's scheduler.py).
  void price_blocks(const BlockEngine& engine) {
    const bool in_sram = choice_.source && choice_.source->name == "sram";
    const double rate = choice_.source->bytes_per_second.value() / choice_.clock_hz;
    double slack = 0;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      const LayerShape& shape = shapes_[i];
      if (!mapped(i)) {
        slack = 0;
        continue;
      }
      const BlockChoice block = choose_block(shape, engine);
      const auto cycles_of = [&](std::int64_t channels) {
        return block_cycles(shape, block, channels, in_sram, engine);
      };
      const ArrayCycles whole = cycles_of(shape.output.c);
      set_cycles(i, whole);
      LayerPrice& layer = price_.layers[i];
      const double busy = whole.total();
      double waited = std::max(0.0, sram_cycles(shape, block, engine) - busy);
      layer.onchip_ms += ms_of(waited);
      double stream = 0;
      double next_slack = busy;
      if (layer.weight_bytes > 0 && !in_sram) {
        layer.streamed_bytes = encoded_bytes(shape, layer.weight_bytes, engine);
        price_.streamed_bytes += layer.streamed_bytes;
        const double bytes = static_cast<double>(layer.streamed_bytes);
        if (block_operation(shape) == BlockOperation::kVector) {
          stream = std::max(0.0, bytes / rate - busy);
        } else {
          const double fetch = bytes / rate + engine.weights_port.read_latency.value();
          stream = prefetched(shape, block, fetch, slack, busy, cycles_of, next_slack);
        }
      }
      layer.stream_ms = ms_of(stream);
      slack = shape.layer_class == LayerClass::kView ? slack : next_slack;
    }
  }

  // The stream that the weight decoder reads; scales are not encoded.
  Bytes encoded_bytes(const LayerShape& shape, Bytes stored, const BlockEngine& engine) const {
    const auto scales =
        static_cast<double>(round_up(shape.output.c, model_.weights.output_granule.value()) *
                            model_.weights.bytes_per_channel.value());
    const double weights = static_cast<double>(stored) - scales;
    return static_cast<Bytes>(std::llround(weights * engine.weight_stream_bytes.value() + scales));
  }

  // Cycles waited for weights that take `fetch` cycles, `slack` of them under the operator before.
  template <class CyclesOf>
  double prefetched(const LayerShape& shape, const BlockChoice& block, double fetch, double slack,
                    double busy, const CyclesOf& cycles_of, double& next_slack) const {
    constexpr std::int64_t kSplit = 16;  // channels, the least that is fetched apart
    const std::int64_t channels = shape.output.c;
    if (fetch <= slack) return 0;
    const auto rounded_down = [](double value, std::int64_t granule) {
      return static_cast<std::int64_t>(value) / granule * granule;
    };
    const std::int64_t first =
        std::max(kSplit, rounded_down(static_cast<double>(channels) * slack / fetch, kSplit));
    if (first >= channels) return fetch - std::min(fetch, slack);
    std::int64_t each =
        round_up(static_cast<std::int64_t>(
                     std::ceil(static_cast<double>(channels) * cycles_of(first).total() / fetch)),
                 block.output.c);
    each = std::max(each, kSplit);
    const std::int64_t tail = (channels - first - 1) % each + 1;
    next_slack = cycles_of(tail).total();
    const double first_fetch = fetch * static_cast<double>(first) / static_cast<double>(channels);
    const double total =
        std::max(fetch - slack + next_slack, busy + std::max(0.0, first_fetch - slack));
    return total - busy;
  }

  Bytes instruction_bytes(std::size_t op) const {
    if (!model_.instructions || !mapped(op)) return 0;
    const LayerShape& shape = shapes_[op];
    if (shape.layer_class == LayerClass::kView) return 0;
    const InstructionStream& stream = *model_.instructions;
    const bool one_pixel = shape.output.h * shape.output.w == 1;
    std::int64_t bytes = stream.bytes_per_operator.value();
    if (shape.kernel_h * shape.kernel_w > 1 && !one_pixel) {
      bytes += stream.bytes_per_row.value() * shape.output.h;
    }
    bytes *= price_.activations.passes;
    if (shape.layer_class == LayerClass::kTable && one_pixel) {
      bytes += stream.bytes_per_table_element.value() * shape.output.c;
    }
    return static_cast<Bytes>(bytes);
  }

  Bytes aligned(Bytes bytes) const {
    return static_cast<Bytes>(
        round_up(static_cast<std::int64_t>(bytes), model_.memory.alignment.value()));
  }

  void price_link() {
    if (!choice_.link) return;
    std::vector<Bytes> out(shapes_.size()), in(shapes_.size());
    record(price_.used.instructions, [&] {
      for (std::size_t i = 0; i < shapes_.size(); ++i) {
        const Bytes bytes = instruction_bytes(i);
        out[i] += bytes;
        price_.instruction_bytes += bytes;
      }
    });
    for (const TensorCrossing& crossing : price_.mapping.crossings) {
      const std::size_t op = crossing_operator(crossing);
      Bytes bytes = aligned(crossing.bytes);
      if (crossing.to_accelerator) {
        const bool is_input = std::ranges::count(graph_.inputs, crossing.tensor) > 0;
        if (is_input) bytes += aligned(price_.activations.refetched_input_bytes);
        out[op] += bytes;
        price_.input_bytes += bytes;
      } else {
        in[op] += bytes;
        price_.output_bytes += bytes;
      }
    }
    cross_between_devices(out, in);
    const auto first = std::ranges::find(price_.mapping.operators, true, &OperatorMapping::mapped);
    if (first == price_.mapping.operators.end()) return;
    const auto first_op = static_cast<std::size_t>(first - price_.mapping.operators.begin());
    out[first_op] += price_.activations.scratch_read_bytes;
    in[first_op] += price_.activations.scratch_written_bytes;
    const Link& link = *choice_.link;
    int device = -1;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      LayerPrice& layer = price_.layers[i];
      layer.link_bytes = out[i] + in[i];
      layer.link_ms = (static_cast<double>(out[i]) / link.out_bytes_per_second.value() +
                       static_cast<double>(in[i]) / link.in_bytes_per_second.value()) *
                      1e3;
      price_.offchip_out_bytes += out[i] + layer.streamed_bytes;
      price_.offchip_in_bytes += in[i];
      // Each device, and each run of operators behind one on the host, is invoked once.
      const bool begins = mapped(i) && (i == first_op || !mapped(i - 1) || layer.device != device);
      if (begins) layer.link_ms += link.invocation_ms.value();
      if (mapped(i)) device = layer.device;
    }
  }

  // The operator that reads (to the accelerator) or wrote (back) what crosses.
  std::size_t crossing_operator(const TensorCrossing& crossing) const {
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      const auto& tensors = crossing.to_accelerator ? shapes_[i].reads : shapes_[i].writes;
      if (mapped(i) && std::ranges::count(tensors, crossing.tensor) > 0) return i;
    }
    return 0;
  }

  void cross_between_devices(std::vector<Bytes>& out, std::vector<Bytes>& in) {
    std::vector<int> made_by(graph_.tensors.size(), -1);
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      for (const int tensor : shapes_[i].writes) {
        made_by[static_cast<std::size_t>(tensor)] = mapped(i) ? static_cast<int>(i) : -1;
      }
      for (const int tensor : shapes_[i].reads) {
        int& maker = made_by[static_cast<std::size_t>(tensor)];
        if (maker < 0 || !mapped(i)) continue;
        const auto made = static_cast<std::size_t>(maker);
        if (price_.layers[made].device == price_.layers[i].device) continue;
        const Tensor& crossing = graph_.tensors[static_cast<std::size_t>(tensor)];
        const Bytes bytes = aligned(static_cast<Bytes>(crossing.bytes()));
        in[made] += bytes;
        out[i] += bytes;
        maker = -1;
      }
    }
  }

  void sum_up() {
    std::vector<double> stage_ms(static_cast<std::size_t>(choice_.devices));
    const AcceleratorPower& power = model_.power;
    double compute_mw = 0, waiting_mw = 0;
    record(price_.used.energy, [&] {
      compute_mw = power.compute_mw;
      waiting_mw = power.waiting_mw;
    });
    for (LayerPrice& layer : price_.layers) {
      const double busy = layer.compute_ms + layer.onchip_ms;
      layer.energy_uj = busy * compute_mw + (layer.latency_ms() - busy) * waiting_mw;
      price_.latency_ms += layer.latency_ms();
      price_.energy_uj += layer.energy_uj;
      stage_ms[static_cast<std::size_t>(layer.device)] += layer.latency_ms();
    }
    if (price_.latency_ms <= 0) return;
    const bool pipelined = configuration_.device_use == DeviceUse::kPipelined;
    price_.inferences_per_second = pipelined ? 1e3 / *std::ranges::max_element(stage_ms)
                                             : 1e3 / price_.latency_ms * choice_.devices;
    if (!model_.max_frames_per_second) return;
    // A sensor gives whole frames a second.
    double most = 0;
    record(price_.used.latency, [&] { most = *model_.max_frames_per_second; });
    price_.frames_per_second =
        std::max(1.0, std::min(most, std::floor(price_.inferences_per_second)));
    price_.inferences_per_second = *price_.frames_per_second;
    if (!power.sensor_mw) return;
    record(price_.used.energy,
           [&] { price_.energy_uj += *power.sensor_mw / *price_.frames_per_second * 1e3; });
  }

  const Graph& graph_;
  const AcceleratorModel& model_;
  const AcceleratorConfiguration& configuration_;
  const AcceleratorChoice choice_;
  const std::span<const double> host_ms_;
  const std::vector<LayerShape> shapes_;
  AcceleratorPrice price_;
};

}  // namespace

AcceleratorPrice price_graph(const Graph& graph, const AcceleratorModel& model,
                             const AcceleratorConfiguration& configuration,
                             std::span<const double> host_ms) {
  return Pricer(graph, model, configuration, host_ms).run();
}

}  // namespace boardless::cost_models
