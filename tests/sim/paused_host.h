// A machine around a device that stands still: the test sets its time and looks at what reaches it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/device_host.h"

namespace boardless::sim::testing {

class PausedHost : public DeviceHost {
 public:
  std::uint64_t now() const override { return time; }
  void set_line(unsigned line, bool level) override { lines.at(line) = level; }
  void reschedule() override {}
  void request_reset(std::string why) override { resets.push_back(std::move(why)); }

  std::uint64_t time = 0;
  std::vector<bool> lines = std::vector<bool>(8);
  std::vector<std::string> resets;  // why
};

}  // namespace boardless::sim::testing
