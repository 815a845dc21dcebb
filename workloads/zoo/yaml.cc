// Looks keys up in yaml-cpp nodes without ever adding to them, and words the complaints.
#include "workloads/zoo/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "base/visible_text.h"

namespace boardless::workloads {

void fail_at(const std::string& file, const YAML::Node& node, const std::string& message) {
  throw InputError(fmt::format("{}:{}: {}", file, node.Mark().line + 1, visible(message)));
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string nearest = nearest_word(word, known);
  if (!nearest.empty()) return fmt::format(", did you mean '{}'?", nearest);
  return known.empty() ? "; none is accepted here"
                       : fmt::format("; accepted: {}", fmt::join(known, ", "));
}

ZooMap ZooMap::load(const std::string& file) {
  const std::vector<std::uint8_t> bytes = read_file(file, kMostTextBytes);
  YAML::Node top;
  try {
    top = YAML::Load(std::string(bytes.begin(), bytes.end()));
  } catch (const YAML::ParserException& error) {
    throw InputError(
        fmt::format("{}:{}: not YAML: {}", file, error.mark.line + 1, visible(error.msg)));
  }
  return ZooMap(top, file, "a network");
}

ZooMap::ZooMap(YAML::Node node, std::string file, std::string what)
    : node_(std::move(node)), file_(std::move(file)), what_(std::move(what)) {
  if (node_.IsNull()) return;
  if (!node_.IsMap()) fail(fmt::format("{}: expected a map of keys", what_));
  std::set<std::string> seen;
  for (const auto& entry : node_) {
    if (!entry.first.IsScalar()) fail_at(file_, entry.first, "expected a plain word as key");
    if (!seen.insert(entry.first.Scalar()).second) {
      fail_at(file_, entry.first,
              fmt::format("{}: key '{}' is given twice", what_, entry.first.Scalar()));
    }
  }
}

void ZooMap::set_defaults(ZooMap defaults) {
  defaults_ = std::make_shared<ZooMap>(std::move(defaults));
}

YAML::Node ZooMap::optional(const std::string& key) {
  known_.push_back(key);
  if (node_.IsMap()) {
    for (const auto& entry : node_) {
      if (entry.first.Scalar() == key) return entry.second;
    }
  }
  return defaults_ ? defaults_->optional(key) : YAML::Node(YAML::NodeType::Undefined);
}

YAML::Node ZooMap::required(const std::string& key) {
  YAML::Node value = optional(key);
  if (!value.IsDefined()) {
    refuse_misspelling_of(key);
    fail(fmt::format("{}: key '{}' is missing", what_, key));
  }
  return value;
}

void ZooMap::refuse_misspelling_of(const std::string& key) const {
  if (!node_.IsMap()) return;
  const std::vector<std::string> wanted{key};
  for (const auto& entry : node_) {
    const std::string& word = entry.first.Scalar();
    if (!is_known(word) && nearest_word(word, wanted) == key) {
      fail_at(file_, entry.first,
              fmt::format("{}: unknown key '{}'{}", what_, word, suggestion(word, wanted)));
    }
  }
}

bool ZooMap::is_known(const std::string& key) const {
  return std::find(known_.begin(), known_.end(), key) != known_.end();
}

std::string ZooMap::text(const std::string& key) {
  const YAML::Node value = required(key);
  if (!value.IsScalar()) {
    fail_at(file_, value, fmt::format("{}: key '{}': expected a word", what_, key));
  }
  return value.Scalar();
}

std::string ZooMap::text(const std::string& key, const std::string& fallback) {
  const bool present = optional(key).IsDefined();
  return present ? text(key) : fallback;
}

std::vector<std::pair<std::string, YAML::Node>> ZooMap::entries() {
  std::vector<std::pair<std::string, YAML::Node>> result;
  if (!node_.IsMap()) return result;
  for (const auto& entry : node_) {
    known_.push_back(entry.first.Scalar());
    result.emplace_back(entry.first.Scalar(), entry.second);
  }
  return result;
}

void ZooMap::finish() const {
  // A key may be given in place of its default, which then nobody asked for.
  if (defaults_) {
    defaults_->known_.insert(defaults_->known_.end(), known_.begin(), known_.end());
    defaults_->finish();
  }
  if (!node_.IsMap()) return;
  for (const auto& entry : node_) {
    const std::string& key = entry.first.Scalar();
    if (is_known(key)) continue;
    std::vector<std::string> known = known_;
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    fail_at(file_, entry.first,
            fmt::format("{}: unknown key '{}'{}", what_, key, suggestion(key, known)));
  }
}

}  // namespace boardless::workloads
