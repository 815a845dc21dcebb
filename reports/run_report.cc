// Table and JSON.
#include "reports/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/figures.h"
#include "reports/json_text.h"
#include "reports/notes.h"
#include "reports/profile_report.h"
#include "reports/region_report.h"
#include "reports/size_report.h"
#include "reports/text_table.h"
#include "targets/target_numbers.h"

namespace boardless::reports {
namespace {

using prediction::FirmwareOptions;
using prediction::FirmwareRun;

bool rests_on_estimate(const FirmwareRun& run, std::string_view what) {
  return std::ranges::any_of(run.estimates,
                             [&](const prediction::Estimate& each) { return each.what == what; });
}

std::string estimate_legend(const FirmwareRun& run) {
  std::vector<std::string> lines;
  for (const prediction::Estimate& each : run.estimates) {
    lines.push_back(fmt::format("{}: {}", each.what, each.reason));
  }
  return estimate_notes(std::move(lines), "the JSON form holds");
}

std::string ram_text(const FirmwareRun& run) {
  std::string text = fmt::format("{} B", with_commas(run.size.ram_bytes));
  if (run.heap_bytes) text += fmt::format(", heap {} B", with_commas(*run.heap_bytes));
  return text + fmt::format(", stack {} B", with_commas(run.stack_bytes));
}

}  // namespace

const char* cycles_mark(const FirmwareRun& run) {
  return rests_on_estimate(run, "cycles") ? "~" : "";
}

const char* time_mark(const FirmwareRun& run) {
  return rests_on_estimate(run, "simulated_ms") ? "~" : cycles_mark(run);
}

std::string end_text(const FirmwareRun& run) {
  using sim::EndReason;
  switch (run.end.reason) {
    case EndReason::kExit:
      return fmt::format("the program exited with status {}", run.end.exit_status);
    case EndReason::kSymbol:
      return fmt::format("it arrived at 0x{:08x}", run.end.pc);
    case EndReason::kOutput:
      return "it printed what was waited for";
    case EndReason::kCycles:
      if (!run.has_default_end) return "the cycles asked for are over";
      return fmt::format("{} s of simulated time are over; --max-cycles sets another end",
                         prediction::kDefaultSeconds);
    case EndReason::kQuiet:
      return fmt::format(
          "it printed nothing new for {} s of simulated time; --max-cycles sets another end",
          prediction::kQuietSeconds);
    case EndReason::kReset:
      return "it asked for a system reset";
    case EndReason::kInterrupted:
      return "interrupted by the user";
    default:
      return run.end.message;
  }
}

std::string faults_text(const FirmwareRun& run) {
  const sim::RunEnd& end = run.end;
  return fmt::format("{} that the program's handlers took; the first: {}", end.faults,
                     end.first_fault);
}

std::string run_table(const FirmwareRun& run, const ProfileRows& rows, const TableView& view) {
  std::string text = fmt::format("{} on {} ({} at {})\n", run.firmware, run.target, run.core,
                                 targets::clock_text(run.clock_hz));
  const auto line = [&](const char* name, const std::string& value) {
    text += fmt::format("  {:<14} {}\n", name, value);
  };
  line("ended", end_text(run));
  const bool counted = run.clock == FirmwareOptions::Clock::kInstructions;
  line("cycles", fmt::format("{}{}{}", cycles_mark(run), run.cycles,
                             counted ? "  (one per instruction: not a prediction)" : ""));
  line("instructions", fmt::format("{}", run.instructions));
  line("time", fmt::format("{}{:.6f} s", time_mark(run), run.simulated_seconds()));
  line("exceptions", fmt::format("{} taken, {} cycles to enter and leave", run.end.exceptions,
                                 run.exception_cycles));
  line("asleep",
       fmt::format("{} cycles, {}", run.asleep_cycles, percent(run.asleep_cycles, run.cycles)));
  if (!counted) {
    for (std::size_t i = 0; i < run.stalls.size(); ++i) {
      if (run.stalls[i] == 0) continue;
      const auto cause = static_cast<cost_models::StallCause>(i);
      line(i == 0 ? "cycles of" : "",
           fmt::format("{:<16} {:>14}  {}", cost_models::stall_cause_name(cause), run.stalls[i],
                       percent(run.stalls[i], run.cycles)));
    }
  }
  if (run.end.faults != 0) line("faults", faults_text(run));
  line("flash", fmt::format("{} B", with_commas(run.size.flash_bytes)));
  line("RAM", ram_text(run));
  if (run.input_left) line("input", "not all of it was taken");
  if (run.dropped_output_bytes != 0) {
    line("output", fmt::format("{} bytes more than are kept", run.dropped_output_bytes));
  }
  if (!run.regions.empty()) text += region_table(run.regions, run.clock_hz, view);
  if (run.profile) text += profile_table(*run.profile, rows, view);
  return text + estimate_legend(run);
}

nlohmann::ordered_json run_fields(const FirmwareRun& run) {
  nlohmann::ordered_json json;
  json["firmware"] = run.firmware;
  json["target"] = run.target;
  json["core"] = run.core;
  json["clock_hz"] = run.clock_hz;
  json["clock_model"] = run.clock == FirmwareOptions::Clock::kModel ? "model" : "instructions";
  json["end"] = {{"reason", sim::end_reason_name(run.end.reason)},
                 {"message", end_text(run)},
                 {"pc", run.end.pc}};
  if (run.end.reason == sim::EndReason::kExit) json["end"]["exit_status"] = run.end.exit_status;
  if (!run.end.report.empty()) json["end"]["report"] = run.end.report;
  if (run.end.faults != 0) {
    json["faults"] = {{"taken", run.end.faults}, {"first", run.end.first_fault}};
  }
  json["cycles"] = run.cycles;
  json["instructions"] = run.instructions;
  json["simulated_ms"] = run.simulated_seconds() * 1e3;
  json["exceptions"] = run.end.exceptions;
  json["exception_cycles"] = run.exception_cycles;
  json["asleep_cycles"] = run.asleep_cycles;
  json["stalls"] = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < run.stalls.size(); ++i) {
    if (run.stalls[i] == 0) continue;
    const auto cause = static_cast<cost_models::StallCause>(i);
    json["stalls"][std::string(cost_models::stall_cause_name(cause))] = run.stalls[i];
  }
  json["memory"] = size_fields(run.size);
  json["memory"]["stack_bytes"] = run.stack_bytes;
  if (run.heap_bytes) json["memory"]["heap_bytes"] = *run.heap_bytes;
  json["serial_output"] = run.serial_output;
  json["semihosting_output"] = run.semihosting_output;
  json["dropped_output_bytes"] = run.dropped_output_bytes;
  json["input_left"] = run.input_left;
  json["estimates"] = nlohmann::ordered_json::array();
  for (const prediction::Estimate& estimate : run.estimates) {
    json["estimates"].push_back({{"what", estimate.what}, {"reason", estimate.reason}});
  }
  json["sources"] = run.sources;
  if (!run.regions.empty()) {
    json["regions"] = nlohmann::ordered_json::array();
    for (const profiling::RegionTimes& region : run.regions) {
      json["regions"].push_back(region_json(region));
    }
  }
  if (run.profile) json["profile"] = profile_json(*run.profile);
  return json;
}

std::string run_json(const FirmwareRun& run, const std::string& version) {
  nlohmann::ordered_json json{{"schema", "boardless.run/1"}, {"version", version}};
  json.update(run_fields(run));
  return json_text(json, 2) + "\n";
}

}  // namespace boardless::reports
