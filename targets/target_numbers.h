// Every number of a target as text with its unit and its source, for people and for result files.
#pragma once

#include <string>
#include <vector>

#include "targets/target.h"

namespace boardless::targets {

struct TargetNumber {
  std::string key;    // as in the YAML: "memories.flash.wait_states"
  std::string value;  // with its unit: "5 cycles"
  std::string source;
  bool is_estimate = false;
};

// In the order of the YAML schema. Cache geometry is there only where a cache is.
std::vector<TargetNumber> target_numbers(const Target& target);

// "512 KiB" where the size is a whole number of KiB, else "1000 bytes".
std::string size_text(Bytes bytes);
// "180 MHz", "4.5 MHz".
std::string clock_text(std::uint32_t clock_hz);

}  // namespace boardless::targets
