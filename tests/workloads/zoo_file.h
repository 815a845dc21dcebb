// Writes a zoo file for one test and builds its topology.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "tests/scratch_folder.h"
#include "workloads/zoo/network.h"
#include "workloads/zoo/topology.h"

namespace boardless::workloads {

inline ZooTopology zoo_file_topology(const std::string& text,
                                     const std::map<std::string, std::string>& settings = {}) {
  const ScratchFolder folder;
  const std::filesystem::path file = folder.write("net.yaml", text);
  const ZooNetwork network = load_zoo_network(file);
  return build_zoo_topology(network, parameter_values(network, settings));
}

}  // namespace boardless::workloads
