// Whether a target is something that one can buy, and design a board around.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace boardless::targets {

enum class Availability : std::uint8_t {
  kPart,       // a chip, sensor or module that is sold
  kIpBlock,    // a design that is licensed: to be had inside somebody's chip, or in an FPGA
  kIdealCore,  // a core with memories that nobody makes, for comparison
};

// As YAML files and documents write them.
inline constexpr std::array<std::string_view, 3> kAvailabilities{"part", "ip_block", "ideal_core"};

constexpr std::string_view availability_name(Availability availability) {
  return kAvailabilities[static_cast<std::size_t>(availability)];
}

// The key `availability` of a target's file; without it, a part.
template <class Map>
Availability read_availability(Map& map) {
  if (!map.has("availability")) return Availability::kPart;
  const std::vector<std::string> names(kAvailabilities.begin(), kAvailabilities.end());
  return static_cast<Availability>(map.choice("availability", names));
}

}  // namespace boardless::targets
