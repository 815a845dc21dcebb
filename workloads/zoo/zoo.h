// Networks by name: YAML topologies in workloads/zoo/topologies, made into real int8 graphs with
// seeded weights.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/zoo/calibration.h"

namespace boardless::workloads {

struct ZooEntry {
  std::string name;                               // "kws"
  std::string description;                        // one line
  std::map<std::string, std::string> parameters;  // name to default, for --set
};

std::vector<ZooEntry> zoo_entries();           // sorted by name
std::vector<std::string> zoo_network_names();  // likewise
bool has_zoo_network(const std::string& name);

// Builds the network: exact topology, He-initialised weights from `seed`, normalised as batch
// normalisation would have; int8 per channel (fully connected: per tensor); activation ranges
// calibrated by running the network on seeded random inputs. Same bytes on every machine.
// `progress` is called with the MACs done and all MACs; it may be empty. `settings` overrides
// parameters ("width" -> "0.5"). Throws InputError naming an unknown network or parameter and the
// nearest known one.
Graph make_zoo_model(const std::string& name,
                     const std::map<std::string, std::string>& settings = {},
                     std::uint64_t seed = 1, const ZooProgress& progress = {});

// The same operators, shapes and types at no cost: weights are Tensor::shape_only, and scales are
// nominal (activations span six deviations). For whoever asks about shapes and nothing else.
Graph make_zoo_shapes(const std::string& name,
                      const std::map<std::string, std::string>& settings = {});

}  // namespace boardless::workloads
