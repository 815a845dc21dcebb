// A run of firmware as one self-contained HTML page.
#pragma once

#include <string>

#include "prediction/firmware_run.h"

namespace boardless::reports {

// Of a run with a profile that has a timeline. `command` is shown at its foot.
std::string run_page(const prediction::FirmwareRun& run, const std::string& version,
                     const std::string& command);

}  // namespace boardless::reports
