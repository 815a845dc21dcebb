// The talk with an MLPerf Tiny firmware over its serial port.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/units.h"

namespace boardless::validation {

// What is typed and when: one command a line, each once the prompt was printed since the one
// before.
struct SerialScript {
  std::string commands;
  std::string prompt;
  std::string line_end;   // typed after each command
  std::string stop_text;  // ends the run once printed
};

// Loads `input_bytes` bytes drawn from a fixed seed, then asks for `inferences` without warm-up.
SerialScript mlperf_script(Bytes input_bytes, std::uint32_t inferences);

// The firmware's own account of one inference, in ms. Throws InputError with what it said when that
// holds a refusal, or no two rising time stamps around the inferences.
double mlperf_latency_ms(std::string_view transcript, std::uint32_t inferences);

}  // namespace boardless::validation
