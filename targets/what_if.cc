#include "targets/what_if.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/suggest.h"
#include "base/visible_text.h"

namespace boardless::targets {
namespace {

struct Window {
  const char* name;
  std::string Placement::* memory;
  bool is_written;
};
constexpr std::array<Window, 4> kWindows{{{"code", &Placement::code, false},
                                          {"constants", &Placement::constants, false},
                                          {"arena", &Placement::arena, true},
                                          {"stack", &Placement::stack, true}}};

void put(Target& target, const Window& window, const std::string& name) {
  std::vector<std::string> names;
  for (const Memory& memory : target.memories) names.push_back(memory.name);
  const auto memory = std::ranges::find(target.memories, name, &Memory::name);
  if (memory == target.memories.end()) {
    throw InputError(fmt::format("{} has no memory '{}'; it has {}", target.name, visible(name),
                                 fmt::join(names, ", ")));
  }
  if (window.is_written && !memory->is_writable()) {
    throw InputError(fmt::format("{}: the {} cannot be written in '{}'", target.name, window.name,
                                 visible(name)));
  }
  target.placement.*window.memory = name;
}

bool is_cache(const ReadPath& path) {
  return path.kind == ReadPath::Kind::kCache || path.kind == ReadPath::Kind::kSharedCache;
}

// Whether there was one. A path's prefetch goes with the cache that it fills.
bool remove_caches(Target& target) {
  bool any = false;
  for (Memory& memory : target.memories) {
    for (ReadPath* path : {&memory.fetch, &memory.data}) {
      if (!is_cache(*path)) continue;
      *path = ReadPath{};
      any = true;
    }
    memory.unified = false;
  }
  return any;
}

bool remove_prefetch(Target& target) {
  bool any = false;
  for (Memory& memory : target.memories) {
    for (ReadPath* path : {&memory.fetch, &memory.data}) {
      const bool is_all = path->kind == ReadPath::Kind::kPrefetch;
      any = any || is_all || path->sequential_prefetch;
      if (is_all) *path = ReadPath{};
      path->sequential_prefetch = false;
    }
  }
  return any;
}

}  // namespace

bool WhatIf::asks_nothing() const { return asked().empty(); }

std::vector<std::string> WhatIf::asked() const {
  std::vector<std::string> options;
  for (const Window& window : kWindows) {
    const std::string& memory = placement.*window.memory;
    if (!memory.empty()) options.push_back(fmt::format("--place {}={}", window.name, memory));
  }
  if (without_cache) options.emplace_back("--without cache");
  if (without_prefetch) options.emplace_back("--without prefetch");
  return options;
}

void add_placement(WhatIf& what_if, const std::string& word, const std::string& place) {
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  const auto window = std::ranges::find(kWindows, name, &Window::name);
  if (window == kWindows.end() || equals == std::string::npos || equals + 1 == word.size()) {
    std::vector<std::string> names;
    for (const Window& each : kWindows) names.emplace_back(each.name);
    throw InputError(fmt::format("{} '{}': WINDOW=MEMORY is needed, with one of {}{}", place,
                                 visible(word), fmt::join(names, ", "),
                                 window == kWindows.end() ? did_you_mean(name, names) : ""));
  }
  what_if.placement.*window->memory = word.substr(equals + 1);
}

void add_without(WhatIf& what_if, const std::string& word, const std::string& place) {
  if (word == "cache") {
    what_if.without_cache = true;
  } else if (word == "prefetch") {
    what_if.without_prefetch = true;
  } else {
    throw InputError(fmt::format("{} '{}': cache or prefetch is needed", place, visible(word)));
  }
}

WhatIf read_what_if(std::span<const std::string> places, const std::string& place_name,
                    std::span<const std::string> without, const std::string& without_name) {
  WhatIf what_if;
  for (const std::string& word : places) add_placement(what_if, word, place_name);
  for (const std::string& word : without) add_without(what_if, word, without_name);
  return what_if;
}

ConfiguredTarget set_up(Target target, const WhatIf& what_if) {
  ConfiguredTarget result{std::move(target), {}};
  for (const Window& window : kWindows) {
    const std::string& memory = what_if.placement.*window.memory;
    if (!memory.empty()) put(result.target, window, memory);
  }
  const auto remark = [&](const char* what) {
    result.remarks.push_back(fmt::format("--without {0} has no effect: there is no {0}", what));
  };
  if (what_if.without_prefetch && !remove_prefetch(result.target)) remark("prefetch");
  if (what_if.without_cache && !remove_caches(result.target)) remark("cache");
  return result;
}

}  // namespace boardless::targets
