// Views of several runs of firmware (schema boardless.runs/1, docs/documents.md).
#pragma once

#include <string>

#include "prediction/firmware_runs.h"
#include "reports/run_report.h"
#include "reports/table_view.h"

namespace boardless::reports {

// A row for each run; below it why the others were not answered, what faulted, and of each run
// regions and profile, where it has them.
std::string runs_table(const prediction::FirmwareRuns& runs, const ProfileRows& rows,
                       const TableView& view);
// Of each run the fields of its own document.
std::string runs_json(const prediction::FirmwareRuns& runs, const std::string& version);

}  // namespace boardless::reports
