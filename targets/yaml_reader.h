// Strict reading of hardware YAML: every key known, every number with a source.
//
//   clock_hz: {value: 180000000, source: "RM0390 6.3.2"}     a number with its own source
//   wait_states: 5                                            takes the enclosing map's `source:`
//
// A map's `source:` holds for every number below it that has none of its own.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "targets/sourced.h"

namespace boardless::targets {

// A map of a YAML file together with its path in the file, for messages, and its inherited source.
// Reading marks keys as known; finish() throws InputError for the first key never asked for,
// suggesting the nearest that was.
class YamlMap {
 public:
  static YamlMap load(const std::filesystem::path& file);

  bool has(const std::string& key);
  YamlMap map(const std::string& key);                        // required sub-map
  std::vector<YamlMap> list_of_maps(const std::string& key);  // required list
  std::vector<std::string> strings(const std::string& key);   // optional list, empty when absent
  std::string text(const std::string& key);                   // required
  std::string text(const std::string& key, const std::string& fallback);
  bool flag(const std::string& key, bool fallback);
  Sourced<std::uint32_t> u32(const std::string& key);                    // required; decimal or 0x…
  std::vector<Sourced<std::uint32_t>> u32_list(const std::string& key);  // optional list
  Sourced<std::uint64_t> u64(const std::string& key);
  Sourced<double> real(const std::string& key);
  // The entry whose text is one of `choices`; its index.
  int choice(const std::string& key, const std::vector<std::string>& choices);
  std::vector<std::string> keys() const;  // all keys present, in file order
  void finish() const;

  // "FILE:LINE: key 'a.b': message" as an InputError.
  [[noreturn]] void fail(const std::string& key, const std::string& message) const;

 private:
  YamlMap(YAML::Node node, std::string file, std::string path, std::string source);
  YAML::Node find(const std::string& key, bool required);
  std::string source_of(const YAML::Node& node, const std::string& key) const;
  Sourced<std::uint64_t> whole_number(const YAML::Node& node, const std::string& key) const;
  Sourced<std::uint32_t> narrow(const Sourced<std::uint64_t>& wide, const std::string& key) const;

  YAML::Node node_;
  std::string file_;
  std::string path_;    // dotted path of this map inside the file
  std::string source_;  // inherited
  std::vector<std::string> known_;
};

// Sorted stems of the .yaml files in a folder. Throws InputError when it cannot be listed.
std::vector<std::string> yaml_names(const std::filesystem::path& folder);

}  // namespace boardless::targets
