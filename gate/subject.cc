// Reads subjects off predictions and runs.
#include "gate/subject.h"

#include <filesystem>
#include <map>

#include "base/sha256.h"
#include "base/visible_text.h"
#include "cost_models/stall_cause.h"

namespace boardless::gate {
namespace {

template <class T>
void add(prediction::Omittable<T>& sum, const prediction::Omittable<T>& value) {
  if (value) sum.emplace(sum.value_or(T{}) + *value);
}

void add(Part& sum, const Part& part) {
  add(sum.figures.latency_ms, part.figures.latency_ms);
  add(sum.figures.energy_uj, part.figures.energy_uj);
  add(sum.figures.cycles, part.figures.cycles);
  add(sum.figures.instructions, part.figures.instructions);
  for (const auto& [cause, cycles] : part.stalls) sum.stalls[cause] += cycles;
}

prediction::StallCycles without_zeros(const prediction::StallCycles& stalls) {
  prediction::StallCycles result = stalls;
  std::erase_if(result, [](const auto& entry) { return entry.second == 0; });
  return result;
}

Part part_of(const prediction::Layer& layer) {
  Part part{layer.index, layer.op, layer.name, layer.kernel, {}, without_zeros(layer.stalls)};
  part.figures.latency_ms.emplace(layer.latency_ms);
  part.figures.energy_uj.emplace(layer.energy_uj);
  part.figures.cycles.emplace(layer.cycles);
  if (layer.instructions > 0) part.figures.instructions.emplace(layer.instructions);
  return part;
}

std::string printed_digest(const prediction::FirmwareRun& run) {
  const std::string all = run.serial_output + run.semihosting_output;
  return sha256_hex({reinterpret_cast<const std::uint8_t*>(all.data()), all.size()});
}

}  // namespace

Subject subject_of(const prediction::Prediction& p, const std::string& version) {
  Subject subject;
  subject.model = p.model;
  subject.target = p.target;
  subject.clock_hz = p.clock_hz;
  subject.basis = {version,
                   p.model_sha256,
                   p.data_sha256.value_or(""),
                   p.kernels,
                   p.kernels_sha256.value_or(""),
                   p.compiler,
                   p.compiler_flags,
                   p.runtime.value_or("")};
  subject.fits = p.fits;
  subject.output_sha256 = p.output_sha256;
  Figures& figures = subject.figures;
  figures.latency_ms.emplace(p.latency_ms);
  figures.energy_uj.emplace(p.energy_uj);
  figures.cycles.emplace(p.cycles);
  if (!p.accelerator) {
    figures.instructions.emplace(p.instructions);
    figures.stack_bytes.emplace(p.sram.stack_bytes);
    figures.code_bytes.emplace(p.flash.code_bytes);
  }
  figures.sram_bytes.emplace(p.sram.total_bytes);
  figures.arena_bytes.emplace(p.sram.arena_bytes);
  figures.flash_bytes.emplace(p.flash.total_bytes);
  figures.weights_bytes.emplace(p.flash.weights_bytes);
  subject.stalls = without_zeros(p.stalls);
  for (const prediction::Layer& layer : p.layers) subject.parts.push_back(part_of(layer));
  return subject;
}

Part region_part(const std::string& name, int index, Cycles cycles, std::uint32_t clock_hz) {
  Part part{index, kRegionOp, name, "", {}, {}};
  part.figures.cycles.emplace(cycles);
  part.figures.latency_ms.emplace(static_cast<double>(cycles) / clock_hz * 1e3);
  return part;
}

Subject subject_of(const prediction::FirmwareRun& run, const std::string& version) {
  Subject subject;
  subject.model = visible(std::filesystem::path(run.firmware).filename().string());
  subject.target = run.target;
  subject.clock_hz = run.clock_hz;
  subject.basis.version = version;
  subject.output_sha256 = printed_digest(run);
  subject.figures.latency_ms.emplace(run.simulated_seconds() * 1e3);
  subject.figures.cycles.emplace(run.cycles);
  subject.figures.instructions.emplace(run.instructions);
  subject.figures.sram_bytes.emplace(run.size.ram_bytes);
  subject.figures.flash_bytes.emplace(run.size.flash_bytes);
  subject.figures.code_bytes.emplace(run.size.code_bytes);
  subject.figures.stack_bytes.emplace(run.stack_bytes);
  if (run.heap_bytes) subject.figures.heap_bytes.emplace(*run.heap_bytes);
  for (std::size_t i = 0; i < run.stalls.size(); ++i) {
    const auto cause = static_cast<cost_models::StallCause>(i);
    if (run.stalls[i] > 0) {
      subject.stalls[std::string(cost_models::stall_cause_name(cause))] = run.stalls[i];
    }
  }
  for (const profiling::RegionTimes& region : run.regions) {
    if (region.passes == 0) continue;
    subject.parts.push_back(region_part(region.name, static_cast<int>(subject.parts.size()),
                                        region.most, run.clock_hz));
  }
  if (!run.profile) return subject;
  for (const profiling::FunctionProfile& function : run.profile->functions) {
    Part part{static_cast<int>(subject.parts.size()), "", visible(function.name), "", {}, {}};
    part.figures.cycles.emplace(function.self);
    part.figures.latency_ms.emplace(static_cast<double>(function.self) / run.clock_hz * 1e3);
    part.stalls = without_zeros(function.causes);
    subject.parts.push_back(std::move(part));
  }
  return subject;
}

std::vector<Part> grouped(const Subject& subject, Grouping by) {
  std::vector<Part> groups;
  std::map<std::string, std::size_t> places;
  for (const Part& part : subject.parts) {
    const bool is_function = part.op.empty();
    const std::string& kernel = is_function ? part.name : part.kernel;
    const std::string& name = by == Grouping::kOperator ? part.op : kernel;
    if (name.empty()) continue;
    const auto [place, is_new] = places.try_emplace(name, groups.size());
    if (is_new) {
      groups.push_back({.index = static_cast<int>(groups.size()),
                        .op = "",
                        .name = name,
                        .kernel = "",
                        .figures = {},
                        .stalls = {}});
    }
    add(groups[place->second], part);
  }
  return groups;
}

}  // namespace boardless::gate
