// Runs it, and says what its end means.
#include "gate/firmware_answer.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "prediction/failure.h"
#include "prediction/firmware_run.h"
#include "prediction/target_selection.h"
#include "reports/run_report.h"
#include "sim/firmware_image.h"

namespace boardless::gate {
namespace {

using prediction::FirmwareRun;
using Kind = prediction::Unanswered::Kind;
using sim::EndReason;

using prediction::kDefaultSeconds;

bool stops_somewhere(const FirmwareEntry& entry) {
  return !entry.until_symbol.empty() || !entry.until_output.empty();
}

prediction::FirmwareOptions options_of(const FirmwareEntry& entry, const targets::Target& target,
                                       const prediction::Watcher& watcher) {
  prediction::FirmwareOptions options;
  options.max_cycles =
      entry.max_cycles.value_or(kDefaultSeconds * std::uint64_t{target.clock_hz.value()});
  options.until_symbol = entry.until_symbol;
  options.serial.stop_text = entry.until_output;
  options.profiling = prediction::FirmwareOptions::Profiling{};
  options.profiling->hot_blocks = 0;
  options.regions = entry.regions;
  options.go_on = [&watcher, name = visible(entry.file),
                   most = options.max_cycles](std::uint64_t cycles) {
    if (watcher.progress) watcher.progress(name, cycles, most);
    return !(watcher.interrupted && watcher.interrupted());
  };
  return options;
}

void add_failures(const FirmwareEntry& entry, const FirmwareRun& run, AnsweredPair& pair) {
  const EndReason reason = run.end.reason;
  if (stops_somewhere(entry) && reason != EndReason::kSymbol && reason != EndReason::kOutput) {
    pair.failures.push_back("it was not reached where it was to stop: " + reports::end_text(run));
  } else if (reason == EndReason::kCycles && !entry.max_cycles) {
    pair.failures.push_back(
        fmt::format("it did not end within {} s of simulated time; max_cycles gives it an end",
                    kDefaultSeconds));
  }
  if (reason == EndReason::kExit && run.end.exit_status != 0) {
    pair.failures.push_back(reports::end_text(run));
  }
}

void refuse(Kind kind, const std::string& reason, const std::string& report, AnsweredPair& pair) {
  pair.kind = kind;
  pair.reason = visible(reason);
  pair.report = report;
}

void take(const FirmwareEntry& entry, const FirmwareRun& run, AnsweredPair& pair) {
  switch (run.end.reason) {
    case EndReason::kFault:
    case EndReason::kStuck:
    case EndReason::kSleepsForever:
      return refuse(Kind::kGuestFault, run.end.message, run.end.report, pair);
    case EndReason::kNotModelled:
      return refuse(Kind::kNotModelled, run.end.message, run.end.report, pair);
    case EndReason::kInterrupted:
      return refuse(Kind::kInterrupted, "interrupted", "", pair);
    default:
      if (run.end.faults != 0 && !entry.allow_faults) {
        return refuse(Kind::kGuestFault, reports::faults_text(run), "", pair);
      }
      pair.subject = subject_of(run, version());
      add_failures(entry, run, pair);
  }
}

AnsweredPair answer_on(const targets::Target& target, const sim::ElfImage& firmware,
                       const Entry& entry, const prediction::Watcher& watcher) {
  AnsweredPair pair;
  pair.model = visible(std::filesystem::path(firmware.file).filename().string());
  pair.target = target.name;
  try {
    take(*entry.firmware,
         prediction::run_firmware(firmware, target, options_of(*entry.firmware, target, watcher)),
         pair);
  } catch (const NotModelled& error) {
    refuse(Kind::kNotModelled, error.what(), "", pair);
  }
  return pair;
}

}  // namespace

std::vector<AnsweredPair> firmware_answers(const Entry& entry, const prediction::Watcher& watcher) {
  const std::vector<targets::Target> targets = prediction::load_mcus(entry.targets);
  const sim::ElfImage firmware = sim::load_firmware(entry.firmware->file);
  std::vector<AnsweredPair> pairs;
  for (const targets::Target& target : targets) {
    pairs.push_back(answer_on(target, firmware, entry, watcher));
  }
  return pairs;
}

}  // namespace boardless::gate
