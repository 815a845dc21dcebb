// Parses with yaml-cpp, the only place that knows of it, and copies what it gives.
#include "targets/yaml_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdint>
#include <sstream>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"

namespace boardless::targets {
namespace {

std::string join_path(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

// A text as every view shows it: in one line, whatever block it was written as.
std::string one_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  std::ranges::replace(text, '\n', ' ');
  return visible(text);
}

class Copier {
 public:
  explicit Copier(std::shared_ptr<const std::string> file) : file_(std::move(file)) {}

  YamlRef copy(const YAML::Node& from, const std::string& path, const std::string& source,
               int depth) {
    auto node = std::make_shared<YamlNode>();
    node->place = at(from);
    node->source = source;
    // Aliases may refer to themselves, or to each other's multiples.
    constexpr int kDeepest = 64, kMost = 200000;
    if (depth > kDeepest || ++copied_ > kMost) {
      throw InputError(
          fmt::format("{}: key '{}': nested too deeply, or too large", node->place.text(), path));
    }
    node->replaces = from.Tag() == "!replace";
    if (from.IsMap()) {
      node->kind = YamlNode::Kind::kMap;
      copy_map(from, path, *node, depth);
    } else if (from.IsSequence()) {
      node->kind = YamlNode::Kind::kList;
      for (const YAML::Node& item : from) {
        node->items.push_back(
            copy(item, fmt::format("{}[{}]", path, node->items.size()), source, depth + 1));
      }
    } else if (from.IsScalar()) {
      node->kind = YamlNode::Kind::kScalar;
      node->scalar = one_line(from.Scalar());
      node->quoted = from.Tag() == "!";  // yaml-cpp's mark of quotes
    }
    return node;
  }

 private:
  YamlPlace at(const YAML::Node& node) const { return {file_, std::max(node.Mark().line, 0) + 1}; }

  void copy_map(const YAML::Node& from, const std::string& path, YamlNode& map, int depth) {
    for (const auto& entry : from) {
      if (entry.first.IsScalar() && entry.first.Scalar() == "source" && entry.second.IsScalar()) {
        map.source = one_line(entry.second.Scalar());
      }
    }
    for (const auto& entry : from) {
      const YamlPlace place = at(entry.first);
      if (!entry.first.IsScalar()) {
        throw InputError(fmt::format("{}: a key is {}; keys are words", place.text(),
                                     entry.first.IsMap()        ? "a map"
                                     : entry.first.IsSequence() ? "a list"
                                                                : "empty"));
      }
      const std::string key = visible(entry.first.Scalar());
      if (const YamlNode::Entry* first = map.find(key)) {
        throw InputError(fmt::format("{}: key '{}': given twice, first on line {}", place.text(),
                                     join_path(path, key), first->place.line));
      }
      map.entries.push_back(
          {key, place, copy(entry.second, join_path(path, key), map.source, depth + 1)});
    }
  }

  std::shared_ptr<const std::string> file_;
  int copied_ = 0;
};

// Hears what a parser says, and does nothing.
class Silence : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

// YAML::LoadAll() would take documents without end from a text such as ",": at what belongs to none
// the parser gives one more, and does not move.
void require_one_document(const std::string& text, const std::string& name) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  Silence silence;
  if (!parser.HandleNextDocument(silence)) {
    throw InputError(fmt::format("{}:1: holds no YAML document; one is needed", name));
  }
  if (parser.HandleNextDocument(silence)) {
    throw InputError(fmt::format(
        "{}:1: holds more than one YAML document, or what belongs to none; one is needed", name));
  }
}

}  // namespace

std::string YamlPlace::text() const { return fmt::format("{}:{}", *file, line); }

const YamlNode::Entry* YamlNode::find(const std::string& key) const {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &*found;
}

const std::string* YamlNode::scalar_of(const std::string& key) const {
  const Entry* entry = find(key);
  return entry == nullptr || entry->node->kind != Kind::kScalar ? nullptr : &entry->node->scalar;
}

YamlRef parse_yaml(const std::filesystem::path& file) {
  const std::string name = file.string();
  const std::vector<std::uint8_t> bytes = read_file(file, kMostTextBytes);
  try {
    const std::string text(bytes.begin(), bytes.end());
    require_one_document(text, name);
    return Copier(std::make_shared<const std::string>(name)).copy(YAML::Load(text), "", "", 0);
  } catch (const YAML::Exception& error) {
    throw InputError(fmt::format("{}:{}:{}: not valid YAML: {}", name,
                                 std::max(error.mark.line, 0) + 1,
                                 std::max(error.mark.column, 0) + 1, visible(error.msg)));
  }
}

}  // namespace boardless::targets
