// Writes a zoo file for one test and builds its topology.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/data_files.h"
#include "workloads/zoo_network.h"
#include "workloads/zoo_topology.h"

namespace boardless::workloads {

inline ZooTopology zoo_file_topology(const std::string& text,
                                     const std::map<std::string, std::string>& settings = {}) {
  static const std::filesystem::path kFolder =
      std::filesystem::temp_directory_path() /
      ("boardless_zoo_test_" +
       std::filesystem::read_symlink("/proc/self").string());  // one per process
  const std::filesystem::path file = kFolder / "net.yaml";
  struct Remove {
    ~Remove() {
      std::error_code ignored;
      std::filesystem::remove_all(kFolder, ignored);
    }
  } remove_at_end;
  write_file(file, text);
  const ZooNetwork network = load_zoo_network(file);
  return build_zoo_topology(network, parameter_values(network, settings));
}

}  // namespace boardless::workloads
