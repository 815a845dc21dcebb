// Names and interrupt lines are checked where they are read, so that the message has their line.
#include "devices/device_keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/suggest.h"

namespace boardless::devices {

sim::DeviceSpec DeviceKeys::device(std::uint32_t bytes) {
  sim::DeviceSpec spec;
  spec.name = map_.text("name");
  spec.base = map_.u32("base");
  spec.bytes = bytes;
  return spec;
}

std::uint32_t DeviceKeys::interrupt() {
  const std::uint32_t line = map_.u32("interrupt");
  if (line >= surroundings_.interrupt_lines) {
    map_.fail("interrupt",
              fmt::format("is {}; there are {} lines", line, surroundings_.interrupt_lines));
  }
  std::vector<std::uint32_t>& taken = surroundings_.taken_lines;
  if (std::ranges::find(taken, line) != taken.end()) {
    map_.fail("interrupt", fmt::format("line {} belongs to another peripheral already", line));
  }
  taken.push_back(line);
  return line;
}

std::string DeviceKeys::clock() {
  std::string name = map_.text("clock");
  check_name(map_, "clock", name, surroundings_.clocks);
  return name;
}

void check_name(targets::YamlMap& map, const std::string& key, const std::string& name,
                const std::vector<std::string>& known) {
  if (std::ranges::find(known, name) != known.end()) return;
  const std::string near = nearest_word(name, known);
  map.fail(key, fmt::format("no '{}'; known are {}{}", name, fmt::join(known, ", "),
                            near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

}  // namespace boardless::devices
