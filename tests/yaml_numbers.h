// Every number of a hardware file, and the file's text with one of them raised by 1. Numbers are
// found by yaml-cpp and changed in the text, so that what is read is what a hand would have
// written.
#pragma once

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"

namespace boardless {

struct YamlNumber {
  std::string name;          // "classes.load.result_delay", "rules.blocks[0].cycles"
  int line = 0;              // in its file
  std::size_t position = 0;  // in the file's text
  std::string digits;        // as they stand there
};

// `digits` and 1 more, written alike; nothing when they are no number.
inline std::optional<std::string> one_more(const std::string& digits) {
  const char* const last = digits.data() + digits.size();
  const bool hex = digits.starts_with("0x");
  std::uint64_t whole = 0;
  const auto parsed = std::from_chars(digits.data() + (hex ? 2 : 0), last, whole, hex ? 16 : 10);
  if (parsed.ec == std::errc{} && parsed.ptr == last) {
    return hex ? fmt::format("{:#x}", whole + 1) : fmt::format("{}", whole + 1);
  }
  double real = 0;
  const auto [end, error] = std::from_chars(digits.data(), last, real);
  if (error != std::errc{} || end != last) return std::nullopt;
  return fmt::format("{}", real + 1);
}

// Calls `found` for every scalar, with its place among keys.
inline void each_scalar(const YAML::Node& node, const std::string& name,
                        const std::function<void(const YAML::Node&, const std::string&)>& found) {
  if (node.IsScalar()) {
    found(node, name);
  } else if (node.IsSequence()) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      each_scalar(node[i], fmt::format("{}[{}]", name, i), found);
    }
  } else if (node.IsMap()) {
    for (const auto& entry : node) {
      const auto key = entry.first.as<std::string>();
      // `{value: 3, source: …}` is the number of the key before it.
      const std::string inner = key == "value" ? name
                                : name.empty() ? key
                                               : fmt::format("{}.{}", name, key);
      each_scalar(entry.second, inner, found);
    }
  }
}

// In the text's order. A number that others refer to by an anchor counts once; what is quoted is a
// text.
inline std::vector<YamlNumber> numbers_of(const std::string& text) {
  std::vector<YamlNumber> numbers;
  std::set<std::size_t> seen;
  each_scalar(YAML::Load(text), "", [&](const YAML::Node& node, const std::string& name) {
    const bool quoted = node.Tag() == "!";
    if (quoted || !one_more(node.Scalar())) return;
    const auto position = static_cast<std::size_t>(node.Mark().pos);
    check(text.compare(position, node.Scalar().size(), node.Scalar()) == 0,
          "a number stands where the reader found it");
    if (!seen.insert(position).second) return;
    numbers.push_back({name, node.Mark().line + 1, position, node.Scalar()});
  });
  std::ranges::sort(numbers, {}, &YamlNumber::position);
  return numbers;
}

inline std::string raised(std::string text, const YamlNumber& number) {
  return text.replace(number.position, number.digits.size(), *one_more(number.digits));
}

}  // namespace boardless
