// What a run of firmware says to the caller of the process, and on stderr.
#pragma once

#include <string>

#include "cli/exit_status.h"
#include "cli/run_arguments.h"
#include "prediction/firmware_runs.h"

namespace boardless::cli {

ExitStatus status_of(const RunArguments& arguments, const prediction::FirmwareRun& run);
// The gravest of all.
ExitStatus status_of(const RunArguments& arguments, const prediction::FirmwareRuns& runs);

// What is wrong with a run; `name` leads each line where there are several.
void report_problems(const RunArguments& arguments, const prediction::FirmwareRun& run,
                     const std::string& name);

}  // namespace boardless::cli
