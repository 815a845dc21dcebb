// The result document: what boardless says about one model on one target. Reports are views of it;
// docs/prediction.schema.json describes its JSON form (schema "boardless.prediction/1").
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "targets/published_errors.h"

namespace boardless::prediction {

// Cycles by cause; the causes sum to the total. Keys are cost_models' stall cause names plus
// "issue" (cycles in which instructions were issued). Ordered, so that output is deterministic.
using StallCycles = std::map<std::string, Cycles>;

// What a model keeps between invocations: a variable tensor.
struct PersistentBuffer {
  std::string name;
  Bytes bytes = 0;
};

// Of several invocations, one after the other. The other figures of a prediction are the last
// one's.
struct Invocations {
  int count = 1;
  Cycles first_cycles = 0, slowest_cycles = 0;
  double first_latency_ms = 0, slowest_latency_ms = 0;
};

// A part of the document that its JSON form leaves out when it is empty.
template <class T>
struct Omittable : std::optional<T> {
  using std::optional<T>::optional;
  using std::optional<T>::operator=;
};

struct Sram {
  Bytes arena_bytes = 0;              // activations and scratch, as planned
  Bytes stack_bytes = 0;              // deepest stack of any operator
  Bytes static_bytes = 0;             // the runtime's own data
  Omittable<Bytes> persistent_bytes;  // what the model keeps between invocations
  Bytes total_bytes = 0;
  Bytes capacity_bytes = 0;
  // Of an interpreter: the smallest arena it can be given, for activations, scratch and its
  // records.
  Omittable<Bytes> tensor_arena_bytes;
};

struct Flash {
  Bytes weights_bytes = 0;  // constants the kernels read: weights, biases, multipliers
  Bytes code_bytes = 0;     // kernel code reachable from the operators used
  Bytes runtime_bytes = 0;  // descriptors, call sequence, start-up
  Bytes total_bytes = 0;
  Bytes capacity_bytes = 0;
};

// One rectangle of the arena over time: a tensor (or an operator's scratch buffer) lives at
// [offset, offset + bytes) from the start of operator first_op to the end of operator last_op.
struct ArenaBlock {
  std::string name;
  Bytes offset = 0;
  Bytes bytes = 0;
  int first_op = 0;
  int last_op = 0;
  bool scratch = false;
};

// One operator on an accelerator, or beside it. The times sum to the layer's latency.
struct AcceleratorLayer {
  bool mapped = false;
  std::string rule;        // that decided
  double compute_ms = 0;   // multipliers
  double onchip_ms = 0;    // results, activations and weights on chip
  double stream_ms = 0;    // waiting for parameters from outside
  double link_ms = 0;      // instructions and tensors
  double host_ms = 0;      // on the host, when not mapped
  double utilization = 0;  // of the array's peak while busy with it, 0 to 1
  int device = 0;
  Bytes weight_bytes = 0;    // as stored
  Bytes streamed_bytes = 0;  // of them in each inference
  Bytes onchip_bytes = 0;    // activations read and written
  Bytes link_bytes = 0;
};

// Consecutive operators that run in one place.
struct AcceleratorSegment {
  bool on_accelerator = true;
  int first_op = 0;
  int last_op = 0;
};

// A tensor that crosses between host and accelerator in each inference.
struct AcceleratorCrossing {
  std::string tensor;
  Bytes bytes = 0;
  bool to_accelerator = true;
};

struct AcceleratorUse {
  std::string family;      // "edge-tpu"
  std::string host;        // what runs the rest; empty: nothing does
  std::string link;        // "usb3"; empty: none
  std::string weights_in;  // "flash", "sram"; empty: on chip or over the link
  int weight_bits = 8;
  int devices = 1;
  std::string device_use;                   // "pipelined", "data-parallel"
  double inferences_per_second = 0;         // of all devices
  std::optional<double> frames_per_second;  // of an image sensor, a whole number
  double peak_macs_per_second = 0;
  double weight_bytes_per_second = 0;  // at which parameters come in
  int mapped_operators = 0;
  std::int64_t mapped_macs = 0;
  Bytes memory_bytes = 0;   // on chip, as far as it holds what follows
  Bytes working_bytes = 0;  // activations at their peak
  Bytes fixed_bytes = 0;
  Bytes weight_bytes = 0;  // as stored
  Bytes cached_bytes = 0;
  Bytes cache_capacity_bytes = 0;
  Bytes streamed_bytes = 0;
  Bytes instruction_bytes = 0;
  Bytes input_bytes = 0;  // over the link, halo of passes and alignment included
  Bytes output_bytes = 0;
  Bytes offchip_out_bytes = 0;  // towards the accelerator in each inference
  Bytes offchip_in_bytes = 0;
  std::int64_t passes = 1;  // over a picture larger than the memory
  std::vector<AcceleratorSegment> segments;
  std::vector<AcceleratorCrossing> crossings;
};

// Of an operator whose kernel calls functions of a C library on floats: how far its output was from
// the host reference's, in units in the last place, and how far it may be.
struct UlpDifference {
  std::int64_t ulp = 0;
  std::int64_t bound_ulp = 0;
};

// The same of all such operators of a model.
struct FloatAgreement {
  // Whether each is within its bound, and all other operators bit for bit.
  bool within_bound = true;
  UlpDifference nearest_bound;  // of the one that comes nearest to its bound, or furthest past
  std::vector<std::string> operators;  // "LOGISTIC"
};

struct Layer {
  int index = 0;
  std::string op;            // "CONV_2D"
  std::string name;          // the output tensor's name
  std::string kernel;        // "dsp_conv_2d_s8"
  std::string output_shape;  // "1x25x5x64"
  std::int64_t macs = 0;
  Cycles cycles = 0;
  std::uint64_t instructions = 0;
  double latency_ms = 0;
  double energy_uj = 0;
  StallCycles stalls;
  std::string note;  // why this kernel was taken, where that is not obvious; may be empty
  Omittable<UlpDifference> difference;      // when its kernel calls a C library's functions
  Omittable<AcceleratorLayer> accelerator;  // on an accelerator's prediction
};

// A number in this result that rests on an estimate, and why.
struct Estimate {
  std::string what;    // "energy_uj"
  std::string reason;  // "run_ua_per_mhz: estimate (…)"
};

struct Prediction {
  std::string model;         // Graph::name
  std::string model_sha256;  // of the file, or of the generated one
  std::int64_t macs = 0;
  std::int64_t parameters = 0;

  std::string target;
  std::string target_description;
  Omittable<std::string> vendor;        // like the next absent in documents of before
  Omittable<std::string> availability;  // "part", "ip_block", "ideal_core" (targets/availability.h)
  std::string core;
  std::uint32_t clock_hz = 0;
  std::optional<double> price_usd;
  std::string kernels;             // "dsp", "reference", "cmsis-nn 7.0.0"
  std::string image;               // kernel image: "v7e-m-fp"
  std::string compiler;            // that built the kernels, with its version
  std::string compiler_flags;      // "-mcpu=cortex-m4 …; reference -O2; dsp -O3"
  Omittable<std::string> planner;  // of the arena, when one was asked for
  // Older documents have none of these three.
  Omittable<std::string> runtime;         // around the kernels: "ahead-of-time"
  Omittable<std::string> kernels_sha256;  // of the kernel image's bytes as they are run
  Omittable<std::string> data_sha256;     // of what the YAML of chip, core and runtime says

  Cycles cycles = 0;
  std::uint64_t instructions = 0;
  double latency_ms = 0;
  // How far latencies were from published ones, on this core or accelerator; absent: unchecked.
  Omittable<targets::PublishedErrors> latency_error;
  double energy_uj = 0;
  Omittable<Invocations> invocations;  // when more than one was asked for
  Sram sram;
  Flash flash;
  bool fits = true;
  std::vector<std::string> reasons;  // why it does not fit; other remarks worth a line
  std::optional<bool> bit_exact;     // every output equals the host reference; absent: not computed
  Omittable<FloatAgreement> float_agreement;  // when some kernels call a C library's functions
  std::string output_sha256;
  int output_argmax = 0;  // largest element of the first output: a classifier's answer
  StallCycles stalls;
  std::vector<Layer> layers;
  std::vector<ArenaBlock> arena;
  Omittable<std::vector<PersistentBuffer>> persistent;  // when there are any
  std::vector<Estimate> estimates;
  // On an accelerator's prediction. Outputs are not computed there, cycles are the accelerator's
  // clock over the whole latency.
  Omittable<AcceleratorUse> accelerator;
  std::vector<std::string> sources;  // "clock_hz 180000000: RM0390 …": the target's numbers, cited
};

// Whether an operator's output differs from the host reference's, and by more than it may.
inline bool is_wrong(const Prediction& prediction) {
  if (prediction.bit_exact.value_or(true)) return false;
  return !prediction.float_agreement || !prediction.float_agreement->within_bound;
}

// A model and a target for which there are no figures, and why.
struct Unanswered {
  enum class Kind {
    kNotModelled,  // something that the model needs is not modelled
    kNotPossible,  // the target cannot do what was asked, such as run at a clock
    kDoesNotFit,   // known before anything is run; too large to be simulated all the same
    kBadInput,     // the model cannot be read or run
    kGuestFault,   // the simulated program faulted
    kInterrupted,  // not reached
  };
  std::size_t row = 0;  // its place among all rows of the document, from 0
  std::string model;
  std::string model_sha256;  // empty when it was not read
  std::string target;
  Kind kind = Kind::kNotModelled;
  std::string reason;  // one line
  std::string report;  // of a fault: registers and the last blocks; else empty
};

inline constexpr std::array<std::string_view, 6> kUnansweredKinds{
    "not_modelled", "not_possible", "does_not_fit", "bad_input", "guest_fault", "interrupted"};
constexpr std::string_view kind_name(Unanswered::Kind kind) {
  return kUnansweredKinds[static_cast<std::size_t>(kind)];
}

// What the models of a question take together in one device, where they take turns: the arena and
// the stack of the largest, persistent and static bytes and weights of all, common code once.
struct Together {
  std::string target;
  std::vector<std::string> models;
  std::optional<Sram> sram;  // absent, like flash, where a model of them is not answered
  std::optional<Flash> flash;
  bool fits = false;
  std::vector<std::string> reasons;  // why it does not fit, or which models are not answered
  std::vector<Estimate> estimates;   // of the models' sram and flash
};

// What one question gives: every model on every target, models outermost, in the order asked. A
// model that does not fit carries memory figures and reasons, and cycles too (the simulated core
// has room); only `fits` is false.
struct Document {
  std::string version;  // of boardless
  std::vector<Prediction> predictions;
  std::vector<Unanswered> unanswered;              // by `row`; predictions fill the rows between
  Omittable<std::vector<Together>> together = {};  // one for each target, when asked for
};

}  // namespace boardless::prediction
