// Reads hardware YAML strictly: positions in every message, no unknown key, no number without
// source.
#include "targets/yaml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/suggest.h"
#include "targets/asked_keys.h"
#include "targets/number_text.h"
#include "targets/yaml_bases.h"
#include "targets/yaml_digest.h"

namespace boardless::targets {
namespace {

using Kind = YamlNode::Kind;

std::string join_path(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

// What the user wrote, as the subject of "is …".
std::string what_it_is(const YamlNode& node) {
  switch (node.kind) {
    case Kind::kMap:
      return "a map";
    case Kind::kList:
      return "a list";
    case Kind::kEmpty:
      return "empty";
    case Kind::kScalar:
      break;
  }
  return fmt::format("{}'{}'", node.quoted ? "the text " : "", node.scalar);
}

// Where the item of a list stands in the ledger: by its name, if it has one.
std::string item_name(const std::string& list, const YamlNode& item, std::size_t index) {
  const std::string* name = item.scalar_of("name");
  return name == nullptr ? fmt::format("{}[{}]", list, index) : join_path(list, *name);
}

}  // namespace

YamlMap::YamlMap(YamlRef node, std::string path, std::string ledger_path,
                 std::shared_ptr<Ledger> ledger, std::string owner)
    : node_(std::move(node)),
      path_(std::move(path)),
      ledger_path_(std::move(ledger_path)),
      ledger_(std::move(ledger)),
      owner_(std::move(owner)) {
  if (node_->kind != Kind::kMap) {
    throw InputError(fmt::format("{}: {} is {}; a map of keys is needed here", node_->place.text(),
                                 path_.empty() ? "the file" : fmt::format("key '{}'", path_),
                                 what_it_is(*node_)));
  }
  if (has("source")) text("source");
}

YamlMap YamlMap::root(YamlRef node, const std::filesystem::path& file) {
  return YamlMap(std::move(node), "", "", std::make_shared<Ledger>(), file.stem().string());
}

YamlMap YamlMap::load(const std::filesystem::path& file) { return root(parse_yaml(file), file); }

YamlMap YamlMap::load(const std::filesystem::path& file, const std::filesystem::path& bundled) {
  return root(load_with_bases(file, bundled), file);
}

YamlMap YamlMap::part(const YamlRef& node, const std::string& path,
                      const std::string& ledger_path) const {
  return YamlMap(node, path, ledger_path, ledger_, owner_);
}

void YamlMap::fail_at(const YamlPlace& place, const std::string& key,
                      const std::string& message) const {
  throw InputError(fmt::format("{}: key '{}': {}", place.text(), join_path(path_, key), message));
}

void YamlMap::fail(const std::string& key, const std::string& message) const {
  const YamlNode::Entry* entry = node_->find(key);
  fail_at(entry == nullptr ? node_->place : entry->place, key, message);
}

// An empty value stands nowhere; its key does.
const YamlPlace& YamlMap::place_of(const YamlNode& value, const std::string& key) const {
  const YamlNode::Entry* entry = node_->find(key);
  return value.kind != Kind::kEmpty || entry == nullptr ? value.place : entry->place;
}

const YamlNode* YamlMap::find(const std::string& key, bool required) {
  if (std::ranges::find(known_, key) == known_.end()) {
    known_.push_back(key);
    if (asked_keys != nullptr) note_asked(join_path(path_, key), required);
  }
  const YamlNode::Entry* entry = node_->find(key);
  return entry == nullptr ? nullptr : entry->node.get();
}

void YamlMap::note(const std::string& key, std::string_view type,
                   const std::vector<std::string>& choices, const std::string& fallback) const {
  if (asked_keys != nullptr) note_type(join_path(path_, key), std::string(type), choices, fallback);
}

const YamlNode& YamlMap::require(const std::string& key) {
  if (const YamlNode* node = find(key, true)) return *node;
  std::vector<std::string> unread;
  for (const std::string& present : keys()) {
    if (std::ranges::find(known_, present) == known_.end()) unread.push_back(present);
  }
  const std::string near = nearest_word(key, unread);
  fail(key, near.empty() ? std::string("missing")
                         : fmt::format("missing; did you mean it by '{}' on line {}?", near,
                                       node_->find(near)->place.line));
}

bool YamlMap::has(const std::string& key) { return find(key) != nullptr; }

YamlMap YamlMap::map(const std::string& key) {
  note(key, "map");
  require(key);
  return part(node_->find(key)->node, join_path(path_, key), join_path(ledger_path_, key));
}

std::vector<YamlMap> YamlMap::list_of_maps(const std::string& key) {
  note(key, "list of maps");
  const YamlNode& list = require(key);
  if (list.kind != Kind::kList) fail(key, fmt::format("is {}; a list is needed", what_it_is(list)));
  std::vector<YamlMap> maps;
  for (const YamlRef& item : list.items) {
    maps.push_back(part(item, fmt::format("{}[{}]", join_path(path_, key), maps.size()),
                        item_name(join_path(ledger_path_, key), *item, maps.size())));
  }
  return maps;
}

std::vector<std::string> YamlMap::strings(const std::string& key) {
  note(key, "list of texts");
  const YamlNode* list = find(key);
  std::vector<std::string> texts;
  if (list == nullptr) return texts;
  if (list->kind != Kind::kList) {
    fail(key, fmt::format("is {}; a list of texts is needed", what_it_is(*list)));
  }
  for (const YamlRef& item : list->items) {
    if (item->kind != Kind::kScalar) {
      fail_at(item->place, key,
              fmt::format("entry {} is {}; a text is needed", texts.size(), what_it_is(*item)));
    }
    texts.push_back(item->scalar);
  }
  return texts;
}

std::vector<std::string> YamlMap::words(const std::string& key,
                                        const std::vector<std::string>& known,
                                        const std::string& what) {
  std::vector<std::string> texts = strings(key);
  note(key, "list of words", known);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (std::ranges::find(known, texts[i]) != known.end()) continue;
    const std::string near = nearest_word(texts[i], known);
    fail_at(node_->find(key)->node->items[i]->place, key,
            fmt::format("'{}' is none of the known {}{}", texts[i], what,
                        near.empty() ? fmt::format(": {}", fmt::join(known, ", "))
                                     : fmt::format("; did you mean '{}'?", near)));
  }
  return texts;
}

std::string YamlMap::text(const std::string& key) {
  note(key, "text");
  const YamlNode& node = require(key);
  if (node.kind != Kind::kScalar || node.scalar.empty()) {
    fail(key, fmt::format("is {}; a text is needed",
                          node.kind == Kind::kScalar ? "empty" : what_it_is(node)));
  }
  return node.scalar;
}

std::string YamlMap::text(const std::string& key, const std::string& fallback) {
  const bool given = has(key);
  note(key, "text", {}, fallback);
  return given ? text(key) : fallback;
}

bool YamlMap::flag(const std::string& key, bool fallback) {
  const bool given = has(key);
  note(key, "flag", {}, fallback ? "true" : "false");
  if (!given) return fallback;
  return choice(key, {"false", "true"}) == 1;
}

int YamlMap::choice(const std::string& key, const std::vector<std::string>& choices) {
  const std::string word = text(key);
  note(key, "word", choices);
  const auto match = std::ranges::find(choices, word);
  if (match == choices.end()) {
    const std::string near = nearest_word(word, choices);
    fail(key, fmt::format("is '{}'; accepted are {}{}", word, fmt::join(choices, ", "),
                          near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
  return static_cast<int>(match - choices.begin());
}

const YamlNode& YamlMap::number_node(const YamlNode& node, const std::string& key) const {
  const YamlNode* number = &node;
  if (node.kind == Kind::kMap) {
    YamlMap own(std::make_shared<YamlNode>(node), join_path(path_, key), "", ledger_, owner_);
    own.known_.push_back("value");
    own.require("value");
    own.finish();
    number = node.find("value")->node.get();
  }
  if (node.source.empty()) {
    fail(key,
         "has no source; write {value: …, source: \"document and section\"} or give an enclosing "
         "map a 'source:'");
  }
  if (is_estimate(node.source) && !node.source.starts_with("estimate (")) {
    fail(key, fmt::format("source '{}' gives no reason; write \"estimate (why)\"", node.source));
  }
  return *number;
}

template <class T, class Form>
T YamlMap::checked(const YamlNode& number, const std::string& key, const Form& form) const {
  if (number.kind != Kind::kScalar || number.quoted) {
    fail_at(place_of(number, key), key,
            fmt::format("is {}; {}", what_it_is(number), needed_text(form)));
  }
  const auto value = read_number(number.scalar, form);
  if (!value) fail_at(place_of(number, key), key, value.refusal());
  return static_cast<T>(*value);
}

std::uint64_t YamlMap::whole_number(const YamlNode& node, const std::string& key,
                                    std::uint64_t most) const {
  return checked<std::uint64_t>(number_node(node, key), key,
                                WholeForm{.kind = kind_of_key(key), .most = most});
}

std::uint32_t YamlMap::narrow(const YamlNode& node, const std::string& key,
                              std::uint32_t most) const {
  return static_cast<std::uint32_t>(whole_number(node, key, most));
}

NumberRef YamlMap::enter(const std::string& key, std::string value, std::string source) {
  return ledger_->enter(owner_, key.empty() ? ledger_path_ : join_path(ledger_path_, key),
                        std::move(value), std::move(source));
}

Sourced<std::uint64_t> YamlMap::u64(const std::string& key) {
  note(key, noun_of(kind_of_key(key)));
  const YamlNode& node = require(key);
  const std::uint64_t value = whole_number(node, key, std::numeric_limits<std::uint64_t>::max());
  return {value, enter(key, number_text(key, value), node.source)};
}

Sourced<std::uint32_t> YamlMap::u32(const std::string& key, std::uint32_t most) {
  note(key, noun_of(kind_of_key(key)));
  const YamlNode& node = require(key);
  const std::uint32_t value = narrow(node, key, most);
  return {value, enter(key, number_text(key, std::uint64_t{value}), node.source)};
}

Sourced<std::uint32_t> YamlMap::unentered_u32(const std::string& key, std::uint32_t most) {
  note(key, noun_of(kind_of_key(key)));
  const YamlNode& node = require(key);
  return {narrow(node, key, most), node.source};
}

std::vector<Sourced<std::uint32_t>> YamlMap::u32_list(const std::string& key) {
  note(key, fmt::format("list of {}", plural_of(kind_of_key(key))));
  const YamlNode* list = find(key);
  std::vector<Sourced<std::uint32_t>> numbers;
  if (list == nullptr) return numbers;
  if (list->kind != Kind::kList) {
    fail(key, fmt::format("is {}; a list of numbers is needed", what_it_is(*list)));
  }
  for (const YamlRef& item : list->items) {
    const std::uint32_t value = narrow(*item, key, std::numeric_limits<std::uint32_t>::max());
    numbers.push_back({value, enter(key, number_text(key, std::uint64_t{value}), item->source)});
  }
  return numbers;
}

Sourced<double> YamlMap::real(const std::string& key) {
  note(key, "number");
  const YamlNode& node = require(key);
  const double value = checked<double>(number_node(node, key), key, RealForm{});
  return {value, enter(key, number_text(key, value), node.source)};
}

double YamlMap::unsourced_real(const std::string& key) {
  note(key, "number");
  return checked<double>(require(key), key, RealForm{});
}

YamlRef YamlMap::value(const std::string& key, const std::string& type) {
  const bool given = has(key);
  note(key, type);
  return given ? node_->find(key)->node : nullptr;
}

std::vector<std::string> YamlMap::keys() const {
  std::vector<std::string> names;
  for (const YamlNode::Entry& entry : node_->entries) names.push_back(entry.key);
  return names;
}

void YamlMap::finish() const {
  for (const std::string& key : keys()) {
    if (std::ranges::find(known_, key) != known_.end()) continue;
    const std::string near = nearest_word(key, known_);
    fail(key, near.empty()
                  ? fmt::format("not a known key; known here are {}", fmt::join(known_, ", "))
                  : fmt::format("not a known key; did you mean '{}'?", near));
  }
}

std::string YamlMap::digest() const { return yaml_digest(*node_); }

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
