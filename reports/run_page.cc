// The run's own document, and beside it what pictures need: call paths, and what was when.
#include "reports/run_page.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/packed_text.h"
#include "base/visible_text.h"
#include "reports/json_text.h"
#include "reports/page.h"
#include "reports/run_report.h"
#include "reports/stall_meanings.h"

namespace boardless::reports {
namespace {

using Json = nlohmann::ordered_json;
using prediction::FirmwareRun;
using profiling::PathProfile;
using profiling::Profile;

// Paths that are wide enough to be seen, numbered anew; what the others took is their callers'.
class VisiblePaths {
 public:
  explicit VisiblePaths(const Profile& profile) : profile_(profile) {
    std::vector<Cycles> totals;
    for (const PathProfile& path : profile.paths) totals.push_back(path.self);
    for (std::size_t i = totals.size(); i-- > 1;) totals[profile.paths[i].parent] += totals[i];
    constexpr Cycles kNarrowest = 20000;  // of the run's cycles, one in so many
    for (std::size_t i = 0; i < profile.paths.size(); ++i) {
      const bool is_wide = i == 0 || totals[i] * kNarrowest >= profile.cycles;
      const std::uint32_t parent = i == 0 ? 0 : number_[profile.paths[i].parent];
      number_.push_back(is_wide ? static_cast<std::uint32_t>(paths_.size()) : parent);
      if (is_wide) {
        paths_.push_back({parent, profile.paths[i].function, profile.paths[i].self});
      } else {
        paths_[parent].self += profile.paths[i].self;
      }
    }
  }

  Json paths() const {
    Json json = Json::array();
    for (const PathProfile& path : paths_) {
      json.push_back({path.parent, path.function, path.self});
    }
    return json;
  }
  Json samples() const {
    Json json = Json::array();
    for (const std::uint32_t sample : profile_.samples) json.push_back(number_[sample]);
    return json;
  }

 private:
  const Profile& profile_;
  std::vector<std::uint32_t> number_;  // of each path of the profile
  std::vector<PathProfile> paths_;
};

Json memory_json(const FirmwareRun& run) {
  Json json{{"step_cycles", run.memory_step_cycles},
            {"stack_bytes", Json::array()},
            {"heap_bytes", Json::array()}};
  for (const profiling::MemoryStep& step : run.memory_steps) {
    json["stack_bytes"].push_back(step.stack_bytes);
    json["heap_bytes"].push_back(step.heap_bytes);
  }
  return json;
}

Json document_of(const FirmwareRun& run, const std::string& version) {
  Json json{{"schema", "boardless.run/1"}, {"version", version}, {"run", run_fields(run)}};
  const Profile& profile = *run.profile;
  const VisiblePaths visible_paths(profile);
  Json functions = Json::array();
  for (const std::string& name : profile.path_functions) functions.push_back(visible(name));
  json["functions"] = std::move(functions);
  json["paths"] = visible_paths.paths();
  json["samples"] = {{"step_cycles", profile.sample_cycles}, {"paths", visible_paths.samples()}};
  json["memory"] = memory_json(run);
  return json;
}

}  // namespace

std::string run_page(const FirmwareRun& run, const std::string& version,
                     const std::string& command) {
  return fill_page(Page::kRun,
                   {{kDocumentMark, packed_text(json_text(document_of(run, version), -1))},
                    {kCausesMark, script_safe(stall_meanings_json())},
                    {kCommandMark, html_escaped(visible(command))},
                    {kTextMark, html_escaped(run_table(run))}});
}

}  // namespace boardless::reports
