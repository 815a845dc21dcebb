// Networks by name: YAML topologies in workloads/zoo, made into real int8 graphs with seeded
// weights.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "workloads/graph.h"

namespace boardless::workloads {

struct ZooEntry {
  std::string name;                               // "kws"
  std::string description;                        // one line
  std::map<std::string, std::string> parameters;  // name to default, for --set
};

std::vector<ZooEntry> zoo_entries();  // sorted by name

// Builds the network: exact topology, He-initialised weights from `seed`, normalised as batch
// normalisation would have; int8 per channel (fully connected: per tensor); activation ranges
// calibrated by running the network on seeded random inputs. Same bytes on every machine.
// `settings` overrides parameters ("width" -> "0.5"). Throws InputError naming an unknown network
// or parameter and the nearest known one.
Graph make_zoo_model(const std::string& name,
                     const std::map<std::string, std::string>& settings = {},
                     std::uint64_t seed = 1);

}  // namespace boardless::workloads
