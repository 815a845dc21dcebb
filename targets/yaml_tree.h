// A YAML file as a tree that remembers where each part stands, so that files can be merged and
// messages still name the file and line of what they are about.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace boardless::targets {

struct YamlNode;
using YamlRef = std::shared_ptr<const YamlNode>;

struct YamlPlace {
  std::shared_ptr<const std::string> file;
  int line = 1;
  std::string text() const;  // "FILE:LINE"
};

struct YamlNode {
  enum class Kind { kEmpty, kScalar, kList, kMap };
  struct Entry {
    std::string key;
    YamlPlace place;  // of the key
    YamlRef node;
  };

  Kind kind = Kind::kEmpty;
  std::string scalar;
  bool quoted = false;
  bool replaces = false;  // "!replace": takes the place of all of the base's part
  YamlPlace place;
  // The innermost `source:` that encloses it in its own file; empty: none.
  std::string source;
  std::vector<YamlRef> items;
  std::vector<Entry> entries;

  const Entry* find(const std::string& key) const;
  const std::string* scalar_of(const std::string& key) const;  // null: no such scalar
};

// Throws InputError with file, line and column for what is no YAML, for keys that are no words or
// are given twice, and for what is nested or grown beyond reason.
YamlRef parse_yaml(const std::filesystem::path& file);

}  // namespace boardless::targets
