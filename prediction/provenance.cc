// Asks each figure's question again and writes down what it read.
#include "prediction/provenance.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cost_models/energy.h"
#include "prediction/footprint.h"

namespace boardless::prediction {
namespace {

constinit thread_local targets::UsedNumbers* latencies = nullptr;

struct Line {
  std::string owner, source;
  std::vector<std::string> numbers;
};

// One line for each owner and source, those of `of` first.
std::vector<Line> lines(const std::vector<targets::NumberRef>& entries, const std::string& of,
                        bool only_estimates) {
  std::vector<Line> lines;
  for (const targets::NumberRef& entry : entries) {
    if (only_estimates && !entry->is_estimate) continue;
    const std::string number =
        entry->key.empty() ? entry->value : fmt::format("{} {}", entry->key, entry->value);
    const auto same = std::ranges::find_if(lines, [&](const Line& line) {
      return line.owner == entry->owner && line.source == entry->source;
    });
    if (same == lines.end()) {
      lines.push_back({entry->owner, entry->source, {number}});
    } else {
      same->numbers.push_back(number);
    }
  }
  std::ranges::stable_partition(lines, [&](const Line& line) { return line.owner == of; });
  return lines;
}

// Names the first `most` of the numbers.
std::string text(const Line& line, const std::string& of, std::size_t most) {
  const bool own = line.owner == of || line.owner.empty();
  const std::size_t named = std::min(line.numbers.size(), most);
  std::string numbers =
      fmt::format("{}", fmt::join(line.numbers.begin(), line.numbers.begin() + named, ", "));
  if (named < line.numbers.size()) {
    numbers += fmt::format(" and {} more", line.numbers.size() - named);
  }
  return fmt::format("{}{}{}: {}", own ? "" : line.owner, own ? "" : " ", numbers, line.source);
}

}  // namespace

LatencyRecorder::LatencyRecorder(targets::UsedNumbers& into) : before_(latencies) {
  latencies = &into;
}

LatencyRecorder::~LatencyRecorder() { latencies = before_; }

void Provenance::add(const std::string& what, const targets::UsedNumbers& used) {
  const auto there = std::ranges::find(fields_, what, &Field::what);
  if (there == fields_.end()) {
    fields_.push_back({what, used});
  } else {
    there->used.add(used);
  }
}

std::vector<Estimate> Provenance::estimates() const {
  constexpr std::size_t kNamed = 6;  // for people; the sources name all
  std::vector<Estimate> estimates;
  for (const Field& field : fields_) {
    for (const Line& line : lines(field.used.entries(), of_, true)) {
      estimates.push_back({field.what, text(line, of_, kNamed)});
    }
  }
  return estimates;
}

std::vector<std::string> Provenance::sources() const {
  targets::UsedNumbers all;
  for (const Field& field : fields_) all.add(field.used);
  std::vector<std::string> sources;
  for (const Line& line : lines(all.entries(), of_, false))
    sources.push_back(text(line, of_, line.numbers.size()));
  return sources;
}

void fill_provenance(const Workload& workload, const ModelRun& run, std::size_t target_index,
                     const targets::Target& target, const cost_models::Runtime& runtime,
                     Prediction& prediction) {
  const targets::UsedNumbers latency =
      targets::numbers_behind([&] { cost_models::latency_ms(target, prediction.cycles); });
  Provenance provenance(target.name);
  provenance.add("cycles", run.used[target_index]);
  provenance.add("latency_ms", latency);
  provenance.ask("energy_uj", [&] { cost_models::run_energy(target, prediction.cycles); });
  Footprint footprint;
  provenance.ask("sram.static_bytes", [&] {
    footprint = footprint_of(workload, run, runtime);
    runtime_ram_bytes({&footprint, 1}, runtime);
  });
  provenance.ask("sram.capacity_bytes", [&] {
    for (const std::string& name : {target.placement.arena, target.placement.stack}) {
      target.memory(name).size_bytes.value();
    }
  });
  provenance.ask("flash.runtime_bytes", [&] { runtime_flash_bytes({&footprint, 1}, runtime); });
  provenance.ask("flash.capacity_bytes", [&] {
    for (const std::string& name : {target.placement.code, target.placement.constants}) {
      target.memory(name).size_bytes.value();
    }
  });
  provenance.ask("price_usd", [&] {
    if (target.price_usd) target.price_usd->value();
  });
  prediction.estimates = provenance.estimates();
  prediction.sources = provenance.sources();
  if (latencies == nullptr) return;
  latencies->add(run.used[target_index]);
  latencies->add(latency);
}

}  // namespace boardless::prediction
