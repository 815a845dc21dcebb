// The result document as CSV (RFC 4180): a row per layer and one for the whole model; one for a
// pair without an answer; and one for models together on a target.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cost_models/stall_cause.h"
#include "reports/csv_text.h"
#include "reports/rows.h"
#include "reports/together_table.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

using prediction::Layer;
using prediction::Prediction;
using prediction::StallCycles;
using prediction::Unanswered;

// One record of the file, cell by cell.
class Record {
 public:
  template <class T>
  void add(const T& value) {
    cells_.push_back(fmt::format("{}", value));
  }
  template <class T>
  void add(const std::optional<T>& value) {
    cells_.push_back(value ? fmt::format("{}", *value) : std::string());
  }
  void skip(std::size_t cells) { cells_.resize(cells_.size() + cells); }
  std::string line() const { return csv_line(cells_); }

 private:
  std::vector<std::string> cells_;
};

constexpr std::string_view kIdentityColumns[] = {"model", "target",   "answer",
                                                 "core",  "clock_hz", "kernels",
                                                 "image", "compiler", "compiler_flags"};
constexpr std::string_view kLayerColumns[] = {"layer", "op", "name", "kernel", "output_shape"};
constexpr std::string_view kCostColumns[] = {"macs", "cycles", "instructions", "latency_ms",
                                             "energy_uj"};
constexpr std::string_view kTotalColumns[] = {"sram_arena_bytes",    "sram_stack_bytes",
                                              "sram_static_bytes",   "sram_total_bytes",
                                              "sram_capacity_bytes", "flash_weights_bytes",
                                              "flash_code_bytes",    "flash_runtime_bytes",
                                              "flash_total_bytes",   "flash_capacity_bytes",
                                              "price_usd",           "fits",
                                              "bit_exact",           "ulp",
                                              "bound_ulp",           "reasons"};

constexpr std::string_view kAcceleratorColumns[] = {
    "mapped",      "compute_ms",   "onchip_ms",      "stream_ms",    "link_ms",    "host_ms",
    "utilization", "weight_bytes", "streamed_bytes", "onchip_bytes", "link_bytes", "rule"};

void add_identity(Record& record, const Prediction& p) {
  record.add(p.model);
  record.add(p.target);
  record.add("answered");
  record.add(p.core);
  record.add(p.clock_hz);
  record.add(p.kernels);
  record.add(p.image);
  record.add(p.compiler);
  record.add(p.compiler_flags);
}

template <class Costed>
void add_costs(Record& record, const Costed& costed) {
  record.add(costed.macs);
  record.add(costed.cycles);
  record.add(costed.instructions);
  record.add(costed.latency_ms);
  record.add(costed.energy_uj);
}

// Empty on a microcontroller.
void add_accelerator(Record& record, const Layer& layer) {
  if (!layer.accelerator) {
    record.skip(std::size(kAcceleratorColumns));
    return;
  }
  const prediction::AcceleratorLayer& on = *layer.accelerator;
  record.add(on.mapped);
  for (const double value :
       {on.compute_ms, on.onchip_ms, on.stream_ms, on.link_ms, on.host_ms, on.utilization}) {
    record.add(value);
  }
  for (const Bytes bytes : {on.weight_bytes, on.streamed_bytes, on.onchip_bytes, on.link_bytes}) {
    record.add(bytes);
  }
  record.add(on.rule);
}

// All that there are, whatever the document holds, so that every file has the same columns.
const std::vector<std::string>& stall_causes() {
  static const std::vector<std::string> kCauses = [] {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < cost_models::kStallCauses; ++i) {
      names.emplace_back(cost_models::stall_cause_name(static_cast<cost_models::StallCause>(i)));
    }
    return names;
  }();
  return kCauses;
}

void add_stalls(Record& record, const StallCycles& stalls) {
  Cycles named = 0, all = 0;
  for (const std::string& cause : stall_causes()) {
    const auto found = stalls.find(cause);
    const Cycles cycles = found == stalls.end() ? 0 : found->second;
    named += cycles;
    record.add(cycles);
  }
  for (const auto& [cause, cycles] : stalls) all += cycles;
  record.add(all - named);
}

std::string layer_line(const Prediction& p, const Layer& layer) {
  Record record;
  add_identity(record, p);
  record.add(layer.index);
  record.add(layer.op);
  record.add(layer.name);
  record.add(layer.kernel);
  record.add(layer.output_shape);
  add_costs(record, layer);
  record.skip(std::size(kTotalColumns));
  add_stalls(record, layer.stalls);
  add_accelerator(record, layer);
  return record.line();
}

void add_memories(Record& record, const prediction::Sram& sram, const prediction::Flash& flash) {
  for (const Bytes bytes : {sram.arena_bytes, sram.stack_bytes, sram.static_bytes, sram.total_bytes,
                            sram.capacity_bytes, flash.weights_bytes, flash.code_bytes,
                            flash.runtime_bytes, flash.total_bytes, flash.capacity_bytes}) {
    record.add(bytes);
  }
}

std::string total_line(const Prediction& p) {
  Record record;
  add_identity(record, p);
  record.skip(std::size(kLayerColumns));
  add_costs(record, p);
  add_memories(record, p.sram, p.flash);
  record.add(p.price_usd);
  record.add(p.fits);
  record.add(p.bit_exact);
  if (p.float_agreement) {
    record.add(p.float_agreement->nearest_bound.ulp);
    record.add(p.float_agreement->nearest_bound.bound_ulp);
  } else {
    record.skip(2);
  }
  record.add(fmt::format("{}", fmt::join(p.reasons, "; ")));
  add_stalls(record, p.stalls);
  record.skip(std::size(kAcceleratorColumns));
  return record.line();
}

// The reason where those of a prediction stand, nothing else beside the names.
std::string unanswered_line(const Unanswered& unanswered) {
  Record record;
  record.add(unanswered.model);
  record.add(unanswered.target);
  record.add(prediction::kind_name(unanswered.kind));
  constexpr std::size_t kBetween = std::size(kIdentityColumns) - 3 + std::size(kLayerColumns) +
                                   std::size(kCostColumns) + std::size(kTotalColumns) - 1;
  record.skip(kBetween);
  record.add(unanswered.reason);
  record.skip(cost_models::kStallCauses + 1 + std::size(kAcceleratorColumns));
  return record.line();
}

// Memories and whether they suffice; the reasons alone where there are no figures.
std::string together_line(const prediction::Together& together) {
  // Behind the memories: the price before `fits`, and what is known of outputs behind it.
  constexpr std::size_t kMemories = 10, kPrice = 1, kOutputs = 3;
  static_assert(kMemories + kPrice + 1 + kOutputs + 1 == std::size(kTotalColumns));
  Record record;
  record.add(together_models(together));
  record.add(together.target);
  record.add(together.sram ? "together" : "together_not_answered");
  record.skip(std::size(kIdentityColumns) - 3 + std::size(kLayerColumns) + std::size(kCostColumns));
  if (together.sram && together.flash) {
    add_memories(record, *together.sram, *together.flash);
    record.skip(kPrice);
    record.add(together.fits);
    record.skip(kOutputs);
  } else {
    record.skip(kMemories + kPrice + 1 + kOutputs);
  }
  record.add(fmt::format("{}", fmt::join(together.reasons, "; ")));
  record.skip(cost_models::kStallCauses + 1 + std::size(kAcceleratorColumns));
  return record.line();
}

std::string header_line() {
  Record record;
  for (const auto name : kIdentityColumns) record.add(name);
  for (const auto name : kLayerColumns) record.add(name);
  for (const auto name : kCostColumns) record.add(name);
  for (const auto name : kTotalColumns) record.add(name);
  for (const std::string& cause : stall_causes()) record.add("cycles_" + cause);
  record.add("cycles_other");  // of causes that this version does not know
  for (const auto name : kAcceleratorColumns) record.add(name);
  return record.line();
}

}  // namespace

std::string to_csv(const prediction::Document& document) {
  std::string text = header_line();
  for_each_row(
      document,
      [&](const Prediction& p) {
        for (const Layer& layer : p.layers) text += layer_line(p, layer);
        text += total_line(p);
      },
      [&](const Unanswered& unanswered) { text += unanswered_line(unanswered); });
  if (document.together) {
    for (const prediction::Together& row : *document.together) text += together_line(row);
  }
  return text;
}

}  // namespace boardless::reports
