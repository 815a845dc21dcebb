// The zoo's front: lists the networks and makes one.
#include "workloads/zoo/zoo.h"

#include "workloads/zoo/calibration.h"
#include "workloads/zoo/network.h"
#include "workloads/zoo/nominal.h"
#include "workloads/zoo/topology.h"

namespace boardless::workloads {

std::vector<ZooEntry> zoo_entries() {
  std::vector<ZooEntry> entries;
  for (const std::string& name : zoo_names()) {
    const ZooNetwork network = find_zoo_network(name);
    ZooEntry entry{name, network.description, {}};
    for (const auto& [parameter, definition] : network.parameters) {
      entry.parameters[parameter] = definition.default_text;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<std::string> zoo_network_names() { return zoo_names(); }

bool has_zoo_network(const std::string& name) { return is_zoo_network(name); }

Graph make_zoo_model(const std::string& name, const std::map<std::string, std::string>& settings,
                     std::uint64_t seed, const ZooProgress& progress) {
  const ZooNetwork network = find_zoo_network(name);
  return calibrate(build_zoo_topology(network, parameter_values(network, settings)), seed,
                   progress);
}

Graph make_zoo_shapes(const std::string& name, const std::map<std::string, std::string>& settings) {
  const ZooNetwork network = find_zoo_network(name);
  return quantise_nominally(build_zoo_topology(network, parameter_values(network, settings)));
}

}  // namespace boardless::workloads
