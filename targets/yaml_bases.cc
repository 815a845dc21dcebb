// Finds bases and merges trees.
#include "targets/yaml_bases.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "base/error.h"
#include "base/suggest.h"
#include "targets/yaml_reader.h"

namespace boardless::targets {
namespace {

namespace fs = std::filesystem;
using Kind = YamlNode::Kind;

constexpr const char* kExtends = "extends";

bool is_list_of_named(const YamlNode& node) {
  return node.kind == Kind::kList && !node.items.empty() &&
         std::ranges::all_of(node.items, [](const YamlRef& item) {
           return item->kind == Kind::kMap && item->scalar_of("name") != nullptr;
         });
}

// A number with its source is one thing.
bool is_number(const YamlNode& node) { return node.find("value") != nullptr; }

YamlRef merged(const YamlRef& base, const YamlRef& over);

YamlRef merged_maps(const YamlNode& base, const YamlNode& over) {
  auto result = std::make_shared<YamlNode>(over);
  result->entries.clear();
  for (const YamlNode::Entry& entry : base.entries) {
    const YamlNode::Entry* own = over.find(entry.key);
    if (own == nullptr) {
      result->entries.push_back(entry);
    } else if (own->node->kind != Kind::kEmpty) {
      result->entries.push_back({own->key, own->place, merged(entry.node, own->node)});
    }
  }
  for (const YamlNode::Entry& entry : over.entries) {
    if (base.find(entry.key) == nullptr) result->entries.push_back(entry);
  }
  return result;
}

YamlRef merged_lists(const YamlNode& base, const YamlNode& over) {
  auto result = std::make_shared<YamlNode>(over);
  result->items = base.items;
  for (const YamlRef& item : over.items) {
    const auto same = std::ranges::find_if(result->items, [&](const YamlRef& other) {
      return *other->scalar_of("name") == *item->scalar_of("name");
    });
    if (same == result->items.end()) {
      result->items.push_back(item);
    } else {
      *same = merged(*same, item);
    }
  }
  return result;
}

YamlRef merged(const YamlRef& base, const YamlRef& over) {
  if (over->replaces) return over;
  if (base->kind == Kind::kMap && over->kind == Kind::kMap && !is_number(*over) &&
      !is_number(*base)) {
    return merged_maps(*base, *over);
  }
  if (is_list_of_named(*base) && is_list_of_named(*over)) return merged_lists(*base, *over);
  return over;
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code ignored;
  return fs::equivalent(a, b, ignored);
}

// More than files extend each other in earnest; those that do so in a circle go on.
constexpr std::size_t kMostBases = 16;

// Nothing where there is no such file.
std::optional<fs::path> base_file(const fs::path& file, const std::string& name,
                                  const fs::path& bundled) {
  for (const fs::path& folder : {file.parent_path(), bundled}) {
    const fs::path path = folder / (name + ".yaml");
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored) && !same_file(path, file)) return path;
  }
  return std::nullopt;
}

// Of the file that holds `own`; nothing where it extends none.
std::optional<fs::path> next_base(const fs::path& file, const YamlNode& own,
                                  const fs::path& bundled) {
  const std::string* name = own.scalar_of(kExtends);
  return name == nullptr ? std::nullopt : base_file(file, *name, bundled);
}

YamlRef load(const fs::path& file, const fs::path& bundled, std::vector<fs::path>& chain) {
  const YamlRef own = parse_yaml(file);
  const YamlNode::Entry* extends = own->find(kExtends);
  if (extends == nullptr) return own;
  const auto refuse = [&](const std::string& message) {
    throw InputError(fmt::format("{}: key '{}': {}", extends->place.text(), kExtends, message));
  };
  const std::string* name = own->scalar_of(kExtends);
  if (name == nullptr || name->empty()) {
    refuse("names no file; the name of the file to start from is needed, without .yaml");
  }
  const std::optional<fs::path> base = base_file(file, *name, bundled);
  if (!base) {
    const std::vector<std::string> known = yaml_names(bundled);
    const std::string near = nearest_word(*name, known);
    refuse(fmt::format("no file {}.yaml beside this one or among the bundled {}{}", *name,
                       bundled.filename().string(),
                       near.empty() ? fmt::format("; known are {}", fmt::join(known, ", "))
                                    : fmt::format("; did you mean '{}'?", near)));
  }
  chain.push_back(file);
  if (std::ranges::any_of(chain, [&](const fs::path& one) { return same_file(one, *base); })) {
    refuse(fmt::format("{} extends this file in turn", *name));
  }
  YamlNode under = *load(*base, bundled, chain);
  std::erase_if(under.entries, [](const YamlNode::Entry& entry) {
    return entry.key == "description" || entry.key == "name" || entry.key == kExtends;
  });
  auto result = std::make_shared<YamlNode>(*merged(std::make_shared<YamlNode>(under), own));
  std::erase_if(result->entries,
                [](const YamlNode::Entry& entry) { return entry.key == kExtends; });
  return result;
}

}  // namespace

YamlRef load_with_bases(const fs::path& file, const fs::path& bundled) {
  std::vector<fs::path> chain;
  return load(file, bundled, chain);
}

std::vector<fs::path> bases_of(const fs::path& file, const fs::path& bundled) {
  std::vector<fs::path> bases;
  try {
    std::optional<fs::path> base = next_base(file, *parse_yaml(file), bundled);
    while (base && bases.size() < kMostBases) {
      bases.push_back(*base);
      base = next_base(*base, *parse_yaml(*base), bundled);
    }
  } catch (const InputError&) {  // for its reader to report
  }
  return bases;
}

bool has_key_with_bases(const fs::path& file, const fs::path& bundled, const std::string& key) {
  std::optional<fs::path> at = file;
  for (std::size_t i = 0; i < kMostBases && at; ++i) {
    const YamlRef own = parse_yaml(*at);
    if (own->find(key) != nullptr) return true;
    at = next_base(*at, *own, bundled);
  }
  return false;
}

}  // namespace boardless::targets
