// An accelerator as data: compute array, memories, links, numeric formats, operator rules, power.
// Loaded from targets/accelerators/*.yaml; a new accelerator of a known structure is a new file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/units.h"
#include "targets/availability.h"
#include "targets/sourced.h"
#include "targets/target_numbers.h"

namespace boardless::cost_models {

using targets::Sourced;
using Count = Sourced<std::uint32_t>;
using Real = Sourced<double>;

// An array that multiplies `rows x columns` output pixels, `outputs` output channels and `inputs`
// inputs of the reduction in one cycle. What a layer lacks of any of them is idle: utilisation
// follows from the layer's shape. Edge TPU tiles, Kendryte KPU, in-sensor DSP and their like.
struct LaneArray {
  Count rows, columns;             // output pixels at once, as a grid; each tile gets a rectangle
  bool pixels_in_line = false;     // the grid's pixels are consecutive instead
  Count inputs;                    // of the reduction; over input channels, for each tap
  Count taps;                      // taps of a window at once
  bool taps_share_inputs = false;  // channels and taps are one flat reduction
  Count outputs;                   // output channels at once
  Count depthwise_channels, depthwise_taps;  // of a depthwise window or a pool, per pixel
  Real drain_per_cycle;                      // results that leave one pixel's lanes in a cycle
  Count drain_granule;                       // in whole groups of so many channels
  bool drain_overlaps = false;               // with the next multiplications; otherwise behind them
  Real table_per_cycle;         // results of LOGISTIC and its like, over the whole array
  Real weight_bytes_per_cycle;  // from on-chip memory to the array
  Count operator_cycles;        // from one operator to the next
};

// Cycles for each result that leaves an Ethos-U's output unit.
struct OutputCycles {
  Real plain, multiply, add, maximum, lookup, clamp;
};
// An external memory as an Ethos-U sees it.
struct PortMemory {
  Real bytes_per_cycle;
  Count burst_bytes, read_latency, write_latency;
};
// Arm Ethos-U: blocks of output pixels in micro-blocks, weights streamed per block.
struct BlockEngine {
  Count ublock_w, ublock_h, ublock_d;
  Count input_ublock_d;
  Count cores;
  Count shram_banks, reserved_banks;
  Count input_granule, accumulator_granule;
  Count ramp_cycles;  // of a block of one micro-block
  OutputCycles output;
  PortMemory sram, weights_port;
  Real weight_stream_bytes;  // of the encoded stream for each weight
};

struct OnChipMemory {
  Sourced<std::uint64_t> bytes;
  bool holds_weights = false;          // beside the activations
  Sourced<std::uint64_t> fixed_bytes;  // taken before the model
  bool tiles_activations = false;      // splits what is too large into passes with halo
  // Parameters that stay between inferences; the rest is streamed in each. Absent: see `weights`.
  std::optional<Sourced<std::uint64_t>> cache_bytes;
  std::optional<Sourced<std::uint64_t>> staging_bytes;  // of the cache when something is streamed
  Count alignment;                                      // of tensors
};

// How parameters are stored.
struct WeightLayout {
  Count input_granule, output_granule;  // channels, at 8 bits; more at fewer
  bool granule_grows_at_fewer_bits = false;
  Count bytes_per_channel;  // bias and scale
  Count depthwise_tap_granule;
  Real depthwise_bytes_per_tap;
  std::vector<Count> bits;  // accepted, the first is the default; never empty
  std::vector<int> bit_widths() const { return {bits.begin(), bits.end()}; }
};

struct WeightSource {
  std::string name;  // "flash", "sram"
  Real bytes_per_second;
  bool overlaps = false;  // with compute
};

struct Link {
  std::string name;                                // "usb3"
  Real out_bytes_per_second, in_bytes_per_second;  // towards the accelerator, back
  Real parameter_bytes_per_second;
  Real invocation_ms;
};

// Sent with every inference.
struct InstructionStream {
  Count bytes_per_operator, bytes_per_row, bytes_per_table_element;
};

struct InputRange {
  std::string name;  // "brief"
  Count min_width, min_height, max_width, max_height;
};

struct AcceleratorPower {
  Real compute_mw, waiting_mw;    // while it computes; while it waits for the link or memory
  std::optional<Real> sensor_mw;  // the pixels' part, for a whole frame
};

// Where operators run that are not mapped.
struct FallbackHost {
  std::string mcu;       // a Cortex-M target that is simulated; else
  std::string describe;  // "Cortex-A72, Linux"
  Real ns_per_mac, ns_per_element;
};

struct OperatorRule {
  std::string op;                        // "CONV_2D"
  std::vector<std::string> constraints;  // names of mapping rules
};

struct AcceleratorModel {
  std::string name, description, vendor, family;
  targets::Availability availability = targets::Availability::kPart;
  std::string sha256;  // of what its file says (targets/yaml_digest.h)
  std::variant<LaneArray, BlockEngine> compute;
  Sourced<std::uint32_t> clock_hz;
  std::vector<Sourced<std::uint32_t>> clocks_hz;  // accepted; empty: any up to clock_hz
  OnChipMemory memory;
  WeightLayout weights;
  std::vector<WeightSource> weight_sources;  // the first is the default; empty: on chip or link
  std::vector<Link> links;                   // the first is the default; empty: none
  std::optional<InstructionStream> instructions;
  Count max_devices;
  std::vector<std::string> types;  // of activations: "int8", "uint8"
  std::vector<OperatorRule> operators;
  bool single_cut = false;  // behind the first unmapped operator nothing is mapped
  std::vector<InputRange> input_ranges;
  std::optional<Real> max_frames_per_second;
  AcceleratorPower power;
  std::optional<FallbackHost> host;  // absent: the whole network maps, or it does not run
  std::optional<Real> price_usd;
  // Ids of the published points that constants were derived from: no check of the model.
  std::vector<std::string> calibrated_on;
  std::string rules_source;
  std::vector<std::string> notes;
  targets::Ledger numbers;  // all of the above

  std::int64_t peak_macs_per_cycle() const;
};

// Sorted names of the bundled accelerators.
std::vector<std::string> accelerator_names();
bool is_accelerator(const std::string& name_or_path);
// By name, or a path to a YAML file, which may say `extends:`. Throws InputError as
// targets::load_target does.
AcceleratorModel load_accelerator(const std::string& name_or_path);

}  // namespace boardless::cost_models
