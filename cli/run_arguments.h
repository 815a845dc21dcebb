// What `boardless run` was asked.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "prediction/firmware_run.h"
#include "reports/run_report.h"

namespace boardless::cli {

struct RunArguments {
  std::vector<std::string> firmware, targets;
  std::string symbols;
  prediction::FirmwareOptions options;
  std::string uart_in, uart_out, semihosting_in;
  std::string prompt, line_end = "\\n", until_output;  // with escapes
  std::string format = "table";
  std::string clock = "model";
  std::string output;
  std::string profile, trace, report;
  std::vector<std::string> regions;
  bool explain = false, traffic = false, allow_faults = false;
  reports::ProfileRows rows;
  std::size_t hot_blocks = 3;

  bool wants_profile() const {
    return explain || traffic || !profile.empty() || !trace.empty() || !report.empty();
  }
};

}  // namespace boardless::cli
