// Reads hardware YAML strictly: positions in every message, no unknown key, no number without
// source.
#include "targets/yaml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"

namespace boardless::targets {
namespace {

std::string join_path(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

// yaml-cpp gives quoted scalars the tag "!", plain ones "?".
bool is_quoted(const YAML::Node& node) { return node.Tag() == "!"; }

// What the user wrote, as the subject of "is …".
std::string what_it_is(const YAML::Node& node) {
  if (node.IsMap()) return "a map";
  if (node.IsSequence()) return "a list";
  if (!node.IsScalar()) return "empty";
  return fmt::format("{}'{}'", is_quoted(node) ? "the text " : "", node.Scalar());
}

// Decimal or 0x…; nothing when the text is neither, or does not fit 64 bits.
std::optional<std::uint64_t> parse_integer(std::string_view text) {
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_real(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

// The position "LINE" or "LINE:COLUMN" of the node of `key` in `map`, else of the map itself.
int line_of(const YAML::Node& map, const std::string& key) {
  if (map.IsMap()) {
    for (const auto& entry : map) {
      if (entry.first.IsScalar() && entry.first.Scalar() == key) return entry.first.Mark().line + 1;
    }
  }
  return std::max(map.Mark().line, 0) + 1;
}

}  // namespace

YamlMap::YamlMap(YAML::Node node, std::string file, std::string path, std::string source)
    : node_(std::move(node)),
      file_(std::move(file)),
      path_(std::move(path)),
      source_(std::move(source)) {
  if (!node_.IsMap()) {
    throw InputError(fmt::format("{}:{}: {}{} is {}; a map of keys is needed here", file_,
                                 std::max(node_.Mark().line, 0) + 1, path_.empty() ? "" : "key ",
                                 path_.empty() ? "the file" : fmt::format("'{}'", path_),
                                 what_it_is(node_)));
  }
  std::vector<std::string> seen;
  for (const auto& entry : node_) {
    const int line = entry.first.Mark().line + 1;
    if (!entry.first.IsScalar()) {
      throw InputError(
          fmt::format("{}:{}: a key is {}; keys are words", file_, line, what_it_is(entry.first)));
    }
    const std::string& key = entry.first.Scalar();
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
      throw InputError(fmt::format("{}:{}: key '{}': given twice, first on line {}", file_, line,
                                   join_path(path_, key), line_of(node_, key)));
    }
    seen.push_back(key);
  }
  if (has("source")) source_ = text("source");
}

YamlMap YamlMap::load(const std::filesystem::path& file) {
  const std::string name = file.string();
  const std::vector<std::uint8_t> bytes = read_file(file);
  std::vector<YAML::Node> documents;
  try {
    documents = YAML::LoadAll(std::string(bytes.begin(), bytes.end()));
  } catch (const YAML::Exception& error) {
    throw InputError(fmt::format("{}:{}:{}: not valid YAML: {}", name,
                                 std::max(error.mark.line, 0) + 1,
                                 std::max(error.mark.column, 0) + 1, error.msg));
  }
  if (documents.size() != 1) {
    throw InputError(
        fmt::format("{}:1: holds {} YAML documents; one is needed", name, documents.size()));
  }
  return YamlMap(documents.front(), name, "", "");
}

void YamlMap::fail(const std::string& key, const std::string& message) const {
  throw InputError(fmt::format("{}:{}: key '{}': {}", file_, line_of(node_, key),
                               join_path(path_, key), message));
}

YAML::Node YamlMap::find(const std::string& key, bool required) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
  // Iterated rather than indexed: indexing a yaml-cpp map by an absent key may insert it.
  for (const auto& entry : node_) {
    if (entry.first.Scalar() == key) return entry.second;
  }
  if (required) {
    std::vector<std::string> unread;
    for (const std::string& present : keys()) {
      if (std::find(known_.begin(), known_.end(), present) == known_.end()) {
        unread.push_back(present);
      }
    }
    const std::string near = nearest_word(key, unread);
    fail(key, near.empty() ? std::string("missing")
                           : fmt::format("missing; did you mean it by '{}' on line {}?", near,
                                         line_of(node_, near)));
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

bool YamlMap::has(const std::string& key) { return find(key, false).IsDefined(); }

YamlMap YamlMap::map(const std::string& key) {
  return YamlMap(find(key, true), file_, join_path(path_, key), source_);
}

std::vector<YamlMap> YamlMap::list_of_maps(const std::string& key) {
  const YAML::Node list = find(key, true);
  if (!list.IsSequence()) fail(key, fmt::format("is {}; a list is needed", what_it_is(list)));
  std::vector<YamlMap> maps;
  for (const YAML::Node& item : list) {
    maps.push_back(
        YamlMap(item, file_, fmt::format("{}[{}]", join_path(path_, key), maps.size()), source_));
  }
  return maps;
}

std::vector<std::string> YamlMap::strings(const std::string& key) {
  const YAML::Node list = find(key, false);
  std::vector<std::string> texts;
  if (!list.IsDefined()) return texts;
  if (!list.IsSequence()) {
    fail(key, fmt::format("is {}; a list of texts is needed", what_it_is(list)));
  }
  for (const YAML::Node& item : list) {
    if (!item.IsScalar()) {
      fail(key, fmt::format("entry {} is {}; a text is needed", texts.size(), what_it_is(item)));
    }
    texts.push_back(item.Scalar());
  }
  return texts;
}

std::string YamlMap::text(const std::string& key) {
  const YAML::Node node = find(key, true);
  if (!node.IsScalar() || node.Scalar().empty()) {
    fail(key, fmt::format("is {}; a text is needed", node.IsScalar() ? "empty" : what_it_is(node)));
  }
  return node.Scalar();
}

std::string YamlMap::text(const std::string& key, const std::string& fallback) {
  return has(key) ? text(key) : fallback;
}

bool YamlMap::flag(const std::string& key, bool fallback) {
  if (!has(key)) return fallback;
  return choice(key, {"false", "true"}) == 1;
}

int YamlMap::choice(const std::string& key, const std::vector<std::string>& choices) {
  const std::string word = text(key);
  const auto match = std::find(choices.begin(), choices.end(), word);
  if (match == choices.end()) {
    const std::string near = nearest_word(word, choices);
    fail(key, fmt::format("is '{}'; accepted are {}{}", word, fmt::join(choices, ", "),
                          near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
  return static_cast<int>(match - choices.begin());
}

std::string YamlMap::source_of(const YAML::Node& node, const std::string& key) const {
  std::string source = source_;
  if (node.IsMap()) {
    YamlMap own(node, file_, join_path(path_, key), source_);
    own.find("value", true);
    own.finish();
    source = own.source_;
  }
  if (source.empty()) {
    fail(key,
         "has no source; write {value: …, source: \"document and section\"} or give an enclosing "
         "map a 'source:'");
  }
  if (source.starts_with("estimate") && !source.starts_with("estimate (")) {
    fail(key, fmt::format("source '{}' gives no reason; write \"estimate (why)\"", source));
  }
  return source;
}

Sourced<std::uint64_t> YamlMap::whole_number(const YAML::Node& node, const std::string& key) const {
  const std::string source = source_of(node, key);
  const YAML::Node number = node.IsMap() ? node["value"] : node;
  std::optional<std::uint64_t> value;
  if (number.IsScalar() && !is_quoted(number)) value = parse_integer(number.Scalar());
  if (!value) {
    fail(key,
         fmt::format("is {}; a whole number is needed, such as 64 or 0x40", what_it_is(number)));
  }
  return {*value, source};
}

Sourced<std::uint32_t> YamlMap::narrow(const Sourced<std::uint64_t>& wide,
                                       const std::string& key) const {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint32_t>::max();
  if (wide.value > kMax) fail(key, fmt::format("is {}; at most {} fits here", wide.value, kMax));
  return {static_cast<std::uint32_t>(wide.value), wide.source};
}

Sourced<std::uint64_t> YamlMap::u64(const std::string& key) {
  return whole_number(find(key, true), key);
}

Sourced<std::uint32_t> YamlMap::u32(const std::string& key) { return narrow(u64(key), key); }

std::vector<Sourced<std::uint32_t>> YamlMap::u32_list(const std::string& key) {
  const YAML::Node list = find(key, false);
  std::vector<Sourced<std::uint32_t>> numbers;
  if (!list.IsDefined()) return numbers;
  if (!list.IsSequence()) {
    fail(key, fmt::format("is {}; a list of numbers is needed", what_it_is(list)));
  }
  for (const YAML::Node& item : list) numbers.push_back(narrow(whole_number(item, key), key));
  return numbers;
}

Sourced<double> YamlMap::real(const std::string& key) {
  const YAML::Node node = find(key, true);
  const std::string source = source_of(node, key);
  const YAML::Node number = node.IsMap() ? node["value"] : node;
  std::optional<double> value;
  if (number.IsScalar() && !is_quoted(number)) value = parse_real(number.Scalar());
  if (!value) {
    fail(key, fmt::format("is {}; a number is needed, such as 3.3", what_it_is(number)));
  }
  return {*value, source};
}

std::vector<std::string> YamlMap::keys() const {
  std::vector<std::string> names;
  for (const auto& entry : node_) names.push_back(entry.first.Scalar());
  return names;
}

void YamlMap::finish() const {
  for (const std::string& key : keys()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    const std::string near = nearest_word(key, known_);
    fail(key, near.empty()
                  ? fmt::format("not a known key; known here are {}", fmt::join(known_, ", "))
                  : fmt::format("not a known key; did you mean '{}'?", near));
  }
}

std::vector<std::string> yaml_names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const std::filesystem::directory_entry& entry :
       std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  if (error) throw InputError(fmt::format("{}: {}", folder.string(), error.message()));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace boardless::targets
