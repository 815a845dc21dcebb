// A row for each run, and a list of them.
#include "reports/runs_report.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "reports/figures.h"
#include "reports/json_text.h"
#include "reports/notes.h"
#include "reports/region_report.h"
#include "reports/text_table.h"

namespace boardless::reports {

using prediction::FirmwareRun;
using prediction::FirmwareRuns;

namespace {

// The files' names, where these tell them apart, else their paths.
class FileNames {
 public:
  explicit FileNames(const FirmwareRuns& runs) {
    for (const FirmwareRun& run : runs.runs) add(run.firmware);
    for (const prediction::Unanswered& each : runs.unanswered) add(each.model);
  }
  std::string of(const std::string& path) const {
    const std::string name = name_of(path);
    return paths_.at(name).size() == 1 ? name : path;
  }

 private:
  static std::string name_of(const std::string& path) {
    return std::filesystem::path(path).filename().string();
  }
  void add(const std::string& path) { paths_[name_of(path)].insert(path); }

  std::map<std::string, std::set<std::string>> paths_;  // by name
};

}  // namespace

std::string runs_table(const FirmwareRuns& runs, const ProfileRows& rows, const TableView& view) {
  TextTable table(
      {{"firmware"},
       {"target"},
       {.header = "core@MHz", .key = "core", .drop = 4},
       {.header = "ended", .prose = true},
       {"cycles", Align::kRight},
       {"time\nms", Align::kRight, "simulated_ms"},
       {.header = "instructions", .align = Align::kRight, .drop = 5},
       {.header = "flash\nB", .align = Align::kRight, .key = "flash_bytes", .drop = 3},
       {.header = "RAM\nB", .align = Align::kRight, .key = "ram_bytes", .drop = 2},
       {.header = "stack\nB", .align = Align::kRight, .key = "stack_bytes", .drop = 1}});
  const FileNames names(runs);
  std::vector<std::string> faults, unanswered;
  std::string details;
  for (const FirmwareRun& run : runs.runs) {
    table.add_row({names.of(run.firmware), run.target,
                   fmt::format("{}@{:g}", run.core, run.clock_hz / 1e6), end_text(run),
                   cycles_mark(run) + with_commas(run.cycles),
                   fmt::format("{}{:.4f}", time_mark(run), run.simulated_seconds() * 1e3),
                   with_commas(run.instructions), with_commas(run.size.flash_bytes),
                   with_commas(run.size.ram_bytes), with_commas(run.stack_bytes)});
    const std::string pair = fmt::format("{} on {}", names.of(run.firmware), run.target);
    if (run.end.faults != 0) faults.push_back(fmt::format("{}: {}", pair, faults_text(run)));
    if (run.regions.empty() && !run.profile) continue;
    details += fmt::format("\n{}:", pair);
    details += run.profile ? "\n" + run_table(run, rows, {.width = view.width})
                           : region_table(run.regions, run.clock_hz, {.width = view.width});
  }
  for (const prediction::Unanswered& each : runs.unanswered) {
    unanswered.push_back(fmt::format("{} on {}: {}: {}", names.of(each.model), each.target,
                                     kind_text(each.kind), each.reason));
  }
  return table.render(view) + notes("Not answered:", unanswered) + notes("Faults:", faults) +
         details;
}

std::string runs_json(const FirmwareRuns& runs, const std::string& version) {
  nlohmann::ordered_json json{{"schema", "boardless.runs/1"},
                              {"version", version},
                              {"runs", nlohmann::ordered_json::array()},
                              {"unanswered", nlohmann::ordered_json::array()}};
  for (const FirmwareRun& run : runs.runs) {
    json["runs"].push_back(run_fields(run));
  }
  for (const prediction::Unanswered& each : runs.unanswered) {
    json["unanswered"].push_back({{"firmware", each.model},
                                  {"target", each.target},
                                  {"kind", prediction::kind_name(each.kind)},
                                  {"reason", each.reason}});
  }
  return json_text(json, 2) + "\n";
}

}  // namespace boardless::reports
