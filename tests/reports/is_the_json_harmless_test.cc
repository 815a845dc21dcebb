// Is what a program prints, whatever it is, in the JSON of its run, and nothing in it that a
// terminal obeys?
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/visible_text.h"
#include "prediction/firmware_run.h"
#include "reports/run_report.h"

namespace boardless::reports {
namespace {

TEST(RunJson, HoldsWhatWasPrintedAndNothingThatATerminalObeys) {
  prediction::FirmwareRun run;
  for (int byte = 0; byte < 0x80; ++byte) run.serial_output += static_cast<char>(byte);
  run.serial_output += "\u0080\u009b2J\u009f\u202e é";
  run.semihosting_output = "\x9b\xff";  // no UTF-8
  const std::string json = run_json(run, "1");
  EXPECT_EQ(visible(json, "\n", std::string::npos), json);
  const auto document = nlohmann::json::parse(json);
  EXPECT_EQ(document.at("serial_output"), run.serial_output);
  EXPECT_EQ(document.at("semihosting_output"), "\ufffd\ufffd");
}

}  // namespace
}  // namespace boardless::reports
