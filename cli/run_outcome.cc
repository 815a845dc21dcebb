// What was asked, against what came.
#include "cli/run_outcome.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <vector>

#include "cli/terminal.h"
#include "cli/verbosity.h"

namespace boardless::cli {
namespace {

using prediction::FirmwareRun;

// The regions that were never passed, as they were asked for.
std::vector<std::string> missed_regions(const FirmwareRun& run) {
  std::vector<std::string> missed;
  for (const profiling::RegionTimes& region : run.regions) {
    if (region.passes == 0) missed.push_back(fmt::format("--region '{}'", region.name));
  }
  return missed;
}

// Of a run that was to get somewhere, and did not: "--until-output 'ready'"; else nothing.
std::string missed_end(const RunArguments& arguments, const FirmwareRun& run) {
  const bool until_symbol = !arguments.options.until_symbol.empty();
  const bool until_output = !arguments.until_output.empty();
  if (until_symbol && run.end.reason == sim::EndReason::kSymbol) return "";
  if (until_output && run.end.reason == sim::EndReason::kOutput) return "";
  std::string text;
  if (until_symbol) text = fmt::format("--until-symbol '{}'", arguments.options.until_symbol);
  if (until_output) {
    text +=
        fmt::format("{}--until-output '{}'", text.empty() ? "" : " or ", arguments.until_output);
  }
  return text;
}

}  // namespace

ExitStatus status_of(const RunArguments& arguments, const FirmwareRun& run) {
  const bool missed_something = !missed_end(arguments, run).empty() || !missed_regions(run).empty();
  switch (run.end.reason) {
    case sim::EndReason::kFault:
    case sim::EndReason::kStuck:
    case sim::EndReason::kSleepsForever:
      return ExitStatus::kGuestFault;
    case sim::EndReason::kNotModelled:
      return ExitStatus::kNotModelled;
    case sim::EndReason::kInterrupted:
      return ExitStatus::kInterrupted;
    default:
      break;
  }
  if (run.end.faults != 0 && !arguments.allow_faults) return ExitStatus::kGuestFault;
  const bool exits_with_no = run.end.reason == sim::EndReason::kExit && run.end.exit_status != 0;
  return exits_with_no || missed_something ? ExitStatus::kNo : ExitStatus::kDone;
}

void report_problems(const RunArguments& arguments, const FirmwareRun& run,
                     const std::string& name) {
  const std::string lead = name.empty() ? "" : name + ": ";
  const ExitStatus status = status_of(arguments, run);
  const bool ended_itself = run.end.report.empty();
  if (!ended_itself && (status == ExitStatus::kGuestFault || status == ExitStatus::kNotModelled)) {
    complain(lead + (status == ExitStatus::kNotModelled ? "not modelled: " : "") + run.end.message,
             run.end.report);
  }
  if (ended_itself && run.end.faults != 0 && !arguments.allow_faults) {
    complain(fmt::format("{}faults: {}; --allow-faults is for a program that means them", lead,
                         reports::faults_text(run)));
  }
  const std::vector<std::string> regions = missed_regions(run);
  if (!regions.empty()) {
    complain(fmt::format("{}{} was not passed: {}", lead, fmt::join(regions, ", "),
                         reports::end_text(run)));
  }
  const std::string end = missed_end(arguments, run);
  if (!end.empty()) {
    complain(fmt::format("{}{} was not reached: {}", lead, end, reports::end_text(run)));
  } else if (status == ExitStatus::kInterrupted) {
    remark(fmt::format("{}interrupted after {} cycles", lead, run.cycles));
  }
}

ExitStatus status_of(const RunArguments& arguments, const prediction::FirmwareRuns& runs) {
  std::set<ExitStatus> found;
  for (const FirmwareRun& run : runs.runs) found.insert(status_of(arguments, run));
  for (const prediction::Unanswered& each : runs.unanswered) {
    using Kind = prediction::Unanswered::Kind;
    if (each.kind == Kind::kInterrupted) found.insert(ExitStatus::kInterrupted);
    if (each.kind == Kind::kBadInput) found.insert(ExitStatus::kBadInput);
    if (each.kind == Kind::kNotModelled) found.insert(ExitStatus::kNotModelled);
  }
  for (const ExitStatus status :
       {ExitStatus::kInterrupted, ExitStatus::kBadInput, ExitStatus::kGuestFault,
        ExitStatus::kNotModelled, ExitStatus::kNo}) {
    if (found.contains(status)) return status;
  }
  return ExitStatus::kDone;
}

}  // namespace boardless::cli
