// Strict reading of zoo YAML: every key known once, every complaint with file and line.
#pragma once

#include <yaml-cpp/yaml.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace boardless::workloads {

// Throws InputError "FILE:LINE: message".
[[noreturn]] void fail_at(const std::string& file, const YAML::Node& node,
                          const std::string& message);

// ", did you mean 'x'?" or, when nothing is near, "; accepted: a, b, c".
std::string suggestion(const std::string& word, const std::vector<std::string>& known);

// A map whose keys are marked as known by asking for them; finish() refuses the others.
class ZooMap {
 public:
  // The top of a file. Throws InputError when it cannot be read, is not YAML or not a map.
  static ZooMap load(const std::string& file);
  // `what` names the map in messages ("conv"). A null node counts as an empty map.
  ZooMap(YAML::Node node, std::string file, std::string what);

  // From now on a key that is absent is looked up in this map.
  void set_defaults(ZooMap defaults);

  YAML::Node required(const std::string& key);
  YAML::Node optional(const std::string& key);  // undefined (false) when absent
  std::string text(const std::string& key);     // required scalar
  std::string text(const std::string& key, const std::string& fallback);
  // All entries in file order, each then known: for maps whose keys are names.
  std::vector<std::pair<std::string, YAML::Node>> entries();
  void finish() const;

  const std::string& file() const { return file_; }
  const YAML::Node& node() const { return node_; }
  [[noreturn]] void fail(const std::string& message) const { fail_at(file_, node_, message); }

 private:
  bool is_known(const std::string& key) const;
  // A missing key is often a misspelt one: says so where it stands.
  void refuse_misspelling_of(const std::string& key) const;

  YAML::Node node_;
  std::string file_;
  std::string what_;
  std::vector<std::string> known_;
  std::shared_ptr<ZooMap> defaults_;
};

}  // namespace boardless::workloads
