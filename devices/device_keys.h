// One device of a peripherals file, as its kind reads it: the keys that many kinds have, checked
// against the rest of the file, and the map for its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/board.h"
#include "targets/yaml_reader.h"

namespace boardless::devices {

// What the devices of one file share.
struct DeviceSurroundings {
  std::uint32_t interrupt_lines = 0;
  std::vector<std::string> clocks;         // by name
  std::vector<std::uint32_t> taken_lines;  // by the devices read so far
};

class DeviceKeys {
 public:
  // Both must outlive it.
  DeviceKeys(targets::YamlMap& map, DeviceSurroundings& surroundings)
      : map_(map), surroundings_(surroundings) {}

  targets::YamlMap& map() { return map_; }

  // `name` and `base`, of a device whose registers fill `bytes`.
  sim::DeviceSpec device(std::uint32_t bytes);
  // `interrupt`: a line that exists and that no other device has.
  std::uint32_t interrupt();
  // `clock`: the name of one of the file's.
  std::string clock();

 private:
  targets::YamlMap& map_;
  DeviceSurroundings& surroundings_;
};

// Refuses a name that is none of `known`, with the nearest that is.
void check_name(targets::YamlMap& map, const std::string& key, const std::string& name,
                const std::vector<std::string>& known);

}  // namespace boardless::devices
