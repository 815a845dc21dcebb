// Opens zoo files and settles their parameters.
#include "workloads/zoo/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/data_files.h"
#include "base/error.h"
#include "base/number.h"

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

// A parameter's value, or why `text` is none.
ReadNumber<double> read_value(const ZooParameter& parameter, std::string_view text) {
  if (!parameter.whole()) {
    return read_number(text, RealForm{.least = parameter.minimum, .most = parameter.maximum});
  }
  const auto value =
      read_number(text, WholeForm{.least = static_cast<std::uint64_t>(parameter.minimum),
                                  .most = static_cast<std::uint64_t>(parameter.maximum)});
  if (!value) return ReadNumber<double>::refused(value.refusal());
  return ReadNumber<double>::of(static_cast<double>(*value));
}

template <class Form>
double bound_at(ZooMap& map, const std::string& key, const Form& form) {
  const auto value = read_number(map.text(key), form);
  if (!value) {
    fail_at(map.file(), map.required(key), fmt::format("key '{}': {}", key, value.refusal()));
  }
  return static_cast<double>(*value);
}

ZooParameter read_parameter(const std::string& name, const YAML::Node& node,
                            const std::string& file) {
  ZooMap map(node, file, fmt::format("parameter '{}'", name));
  ZooParameter parameter;
  parameter.default_text = map.text("default");
  constexpr std::uint32_t kLargest = 1U << 24U;
  const auto bound = [&](const std::string& key) {
    return parameter.whole() ? bound_at(map, key, WholeForm{.most = kLargest})
                             : bound_at(map, key, RealForm{.least = 0, .most = kLargest});
  };
  parameter.minimum = bound("minimum");
  parameter.maximum = bound("maximum");
  map.finish();
  if (const auto value = read_value(parameter, parameter.default_text); !value) {
    map.fail(fmt::format("parameter '{}': the default lies outside its own bounds: {}", name,
                         value.refusal()));
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
    if (const auto value = read_value(parameter, text); !value) {
      variant.fail(fmt::format("variant '{}': parameter '{}': {}", name, key, value.refusal()));
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
    values[name] = *read_value(parameter, parameter.default_text);
  }
  for (const auto& [name, text] : settings) {
    const auto found = network.parameters.find(name);
    if (found == network.parameters.end()) {
      throw InputError(fmt::format("network '{}' has no parameter '{}'{}", network.name, name,
                                   suggestion(name, known)));
    }
    const auto value = read_value(found->second, text);
    if (!value) {
      throw InputError(
          fmt::format("network '{}', parameter '{}': {}", network.name, name, value.refusal()));
    }
    values[name] = *value;
  }
  return values;
}

}  // namespace boardless::workloads
