// Views of one run of firmware (schema boardless.run/1, docs/run.schema.json).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "prediction/firmware_run.h"
#include "reports/table_view.h"

namespace boardless::reports {

// A few lines for people: why it ended, cycles, time, where they went.
// How much of a profile a table shows.
struct ProfileRows {
  std::size_t functions = 10;
  std::size_t lines = 10;
};
// With the profile, when the run has one.
std::string run_table(const prediction::FirmwareRun& run, const ProfileRows& rows = {},
                      const TableView& view = {});
// Why it ended, in a few words: "the program exited with status 0".
std::string end_text(const prediction::FirmwareRun& run);
// "~" of a figure that rests on an estimate.
const char* cycles_mark(const prediction::FirmwareRun& run);
const char* time_mark(const prediction::FirmwareRun& run);
// "2 that the program's handlers took; the first: …".
std::string faults_text(const prediction::FirmwareRun& run);
// Of a document, but for schema and version.
nlohmann::ordered_json run_fields(const prediction::FirmwareRun& run);
std::string run_json(const prediction::FirmwareRun& run, const std::string& version);

}  // namespace boardless::reports
