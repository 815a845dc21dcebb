// Views of one run of firmware (schema boardless.run/1, docs/run.schema.json).
#pragma once

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
std::string run_json(const prediction::FirmwareRun& run, const std::string& version);

}  // namespace boardless::reports
