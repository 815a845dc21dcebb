// Opens zoo files and settles their parameters.
#include "workloads/zoo/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/data_files.h"
#include "base/error.h"

namespace boardless::workloads {
namespace {

namespace fs = std::filesystem;

fs::path zoo_directory() {
  const fs::path directory = data_directory() / "zoo";
  if (!fs::is_directory(directory)) {
    throw InputError(
        fmt::format("{}: no such folder; it holds the zoo's networks", directory.string()));
  }
  return directory;
}

std::optional<double> parse_number(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

double number_at(ZooMap& map, const std::string& key) {
  const std::string text = map.text(key);
  const std::optional<double> value = parse_number(text);
  if (!value) {
    fail_at(map.file(), map.required(key),
            fmt::format("key '{}': expected a number, not '{}'", key, text));
  }
  return *value;
}

bool in_bounds(const ZooParameter& parameter, double value) {
  return value >= parameter.minimum && value <= parameter.maximum &&
         (!parameter.whole() || value == std::floor(value));
}

ZooParameter read_parameter(const std::string& name, const YAML::Node& node,
                            const std::string& file) {
  ZooMap map(node, file, fmt::format("parameter '{}'", name));
  ZooParameter parameter;
  const double default_value = number_at(map, "default");
  parameter.default_text = map.text("default");
  parameter.minimum = number_at(map, "minimum");
  parameter.maximum = number_at(map, "maximum");
  map.finish();
  if (!in_bounds(parameter, default_value)) {
    map.fail(fmt::format("parameter '{}': the default lies outside its own bounds", name));
  }
  return parameter;
}

// `variants` maps a network's name to its description and the parameters it changes.
void apply_variant(const YAML::Node& variants, const std::string& name, ZooNetwork& network) {
  ZooMap map(variants, network.file, "variants");
  ZooMap variant(map.required(name), network.file, fmt::format("variant '{}'", name));
  network.name = name;
  network.description = variant.text("description");
  for (auto& [key, parameter] : network.parameters) {
    const std::string text = variant.text(key, parameter.default_text);
    const std::optional<double> value = parse_number(text);
    if (!value || !in_bounds(parameter, *value)) {
      variant.fail(fmt::format("variant '{}': '{}' is no value of '{}'", name, text, key));
    }
    parameter.default_text = text;
  }
  variant.finish();
}

// Every network's name and where it stands.
std::map<std::string, fs::path> zoo_index() {
  std::map<std::string, fs::path> index;
  for (const fs::directory_entry& entry : fs::directory_iterator(zoo_directory())) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string file = entry.path().string();
    ZooMap map = ZooMap::load(file);
    std::vector<std::string> names{entry.path().stem().string()};
    if (const YAML::Node variants = map.optional("variants"); variants.IsDefined()) {
      names.clear();
      ZooMap variant_map(variants, file, "variants");
      for (const auto& [name, node] : variant_map.entries()) names.push_back(name);
    }
    for (const std::string& name : names) {
      if (!index.emplace(name, entry.path()).second) {
        map.fail(fmt::format("network '{}' is also in {}", name, index.at(name).string()));
      }
    }
  }
  return index;
}

// The network of the file that bears its name, found without reading the others.
std::optional<ZooNetwork> network_of_own_file(const std::string& name) {
  const fs::path file = zoo_directory() / (name + ".yaml");
  std::error_code error;
  if (name.find('/') != std::string::npos || !fs::is_regular_file(file, error)) return std::nullopt;
  ZooNetwork network = load_zoo_network(file);
  if (network.has_variants) return std::nullopt;
  return network;
}

}  // namespace

ZooNetwork load_zoo_network(const fs::path& file, const std::string& variant) {
  ZooMap map = ZooMap::load(file.string());
  ZooNetwork network;
  network.name = file.stem().string();
  network.file = file.string();
  network.description = map.text("description", "");
  map.text("source");
  if (const YAML::Node parameters = map.optional("parameters"); parameters.IsDefined()) {
    ZooMap parameter_map(parameters, network.file, "parameters");
    for (const auto& [name, node] : parameter_map.entries()) {
      network.parameters.emplace(name, read_parameter(name, node, network.file));
    }
  }
  const YAML::Node variants = map.optional("variants");
  network.has_variants = variants.IsDefined();
  if (!network.has_variants) map.required("description");
  network.input = map.required("input");
  network.layers = map.required("layers");
  network.defaults = map.optional("defaults");
  network.blocks = map.optional("blocks");
  network.outputs = map.optional("outputs");
  map.finish();
  if (!variant.empty()) apply_variant(variants, variant, network);
  return network;
}

bool is_zoo_network(const std::string& name) {
  return network_of_own_file(name) || zoo_index().contains(name);
}

std::vector<std::string> zoo_names() {
  std::vector<std::string> names;
  for (const auto& [name, file] : zoo_index()) names.push_back(name);
  return names;
}

ZooNetwork find_zoo_network(const std::string& name) {
  if (std::optional<ZooNetwork> own = network_of_own_file(name)) return std::move(*own);
  const std::map<std::string, fs::path> index = zoo_index();
  const auto found = index.find(name);
  if (found == index.end()) {
    std::vector<std::string> names;
    for (const auto& [known, file] : index) names.push_back(known);
    throw InputError(fmt::format("no network '{}' in the zoo{}", name, suggestion(name, names)));
  }
  const bool is_variant = found->second.stem().string() != name;
  return load_zoo_network(found->second, is_variant ? name : "");
}

std::map<std::string, double> parameter_values(const ZooNetwork& network,
                                               const std::map<std::string, std::string>& settings) {
  std::map<std::string, double> values;
  std::vector<std::string> known;
  for (const auto& [name, parameter] : network.parameters) {
    known.push_back(name);
    values[name] = *parse_number(parameter.default_text);
  }
  for (const auto& [name, text] : settings) {
    const auto found = network.parameters.find(name);
    if (found == network.parameters.end()) {
      throw InputError(fmt::format("network '{}' has no parameter '{}'{}", network.name, name,
                                   suggestion(name, known)));
    }
    const ZooParameter& parameter = found->second;
    const std::optional<double> value = parse_number(text);
    if (!value || !in_bounds(parameter, *value)) {
      throw InputError(
          fmt::format("network '{}', parameter '{}' = '{}': expected a {} from {} to {}",
                      network.name, name, text, parameter.whole() ? "whole number" : "number",
                      parameter.minimum, parameter.maximum));
    }
    values[name] = *value;
  }
  return values;
}

}  // namespace boardless::workloads
