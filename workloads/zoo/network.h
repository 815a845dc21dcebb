// A zoo file opened: its description, its parameters with their bounds, and the values they take.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "workloads/zoo/yaml.h"

namespace boardless::workloads {

struct ZooParameter {
  std::string default_text;  // as written; without a decimal point the parameter is a whole number
  double minimum = 0, maximum = 0;
  bool whole() const { return default_text.find('.') == std::string::npos; }
};

struct ZooNetwork {
  std::string name;  // the file's stem, or one of its variants
  std::string file;
  std::string description;
  bool has_variants = false;  // of the file
  std::map<std::string, ZooParameter> parameters;
  YAML::Node input, defaults, blocks, layers, outputs;  // read when the topology is built
};

// A file may describe several networks that differ in parameters only, under `variants`: then
// `variant` names one of them, and the file's stem names none.
ZooNetwork load_zoo_network(const std::filesystem::path& file, const std::string& variant = "");

// Sorted names of the bundled networks (the .yaml files of data_directory()/zoo and their
// variants).
std::vector<std::string> zoo_names();
bool is_zoo_network(const std::string& name);
// A bundled network by name. Throws InputError naming the nearest when there is none.
ZooNetwork find_zoo_network(const std::string& name);

// Every parameter's value: the default, or what `settings` says. Throws InputError for an unknown
// parameter (nearest named) and a value that is no number or out of bounds.
std::map<std::string, double> parameter_values(const ZooNetwork& network,
                                               const std::map<std::string, std::string>& settings);

}  // namespace boardless::workloads
