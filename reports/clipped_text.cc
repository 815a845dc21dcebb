// Shortens by code points; names by what tells them apart.
#include "reports/clipped_text.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"

namespace boardless::reports {
namespace {

constexpr char kEllipsis[] = "…";

// Whether a UTF-8 character begins with this byte.
bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// Where the character of that number begins.
std::size_t character_offset(std::string_view text, std::size_t character) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (starts_character(text[i]) && character-- == 0) break;
  }
  return i;
}

// `count` characters from the one of number `first`.
std::string part(const std::string& text, std::size_t first, std::size_t count = ~std::size_t{0}) {
  const std::size_t begin = character_offset(text, first);
  const std::string rest = text.substr(begin);
  return count >= display_width(rest) ? rest : rest.substr(0, character_offset(rest, count));
}

std::size_t common_prefix(const std::set<std::string>& names) {
  // Sorted, so the first and the last differ first.
  const std::string &a = *names.begin(), &b = *names.rbegin();
  std::size_t same = 0;
  while (same < std::min(a.size(), b.size()) && a[same] == b[same]) ++same;
  while (same > 0 && same < a.size() && !starts_character(a[same])) --same;
  return display_width(std::string_view(a).substr(0, same));
}

std::size_t common_suffix(const std::set<std::string>& names) {
  std::set<std::string> reversed;
  std::size_t shortest = ~std::size_t{0};
  for (const std::string& name : names) {
    std::string text;
    for (std::size_t i = display_width(name); i-- > 0;) text += part(name, i, 1);
    shortest = std::min(shortest, display_width(name));
    reversed.insert(std::move(text));
  }
  return std::min(common_prefix(reversed), shortest);
}

// The name with its characters from `from` to `end` kept, and of what is before and behind as much
// as there is room for.
std::string around(const std::string& name, std::size_t from, std::size_t end, std::size_t width) {
  const std::size_t length = display_width(name);
  if (length <= width) return name;
  const std::size_t kept = std::min(end - from, width - 2);
  const std::size_t spare = width - 2 - kept;
  std::size_t head = std::min(from, (spare + 1) / 2);
  const std::size_t tail = std::min(length - end, spare - head);
  head = std::min(from, spare - tail);
  std::string text = part(name, 0, head);
  if (head < from) text += kEllipsis;
  text += part(name, from, kept);
  if (from + kept + tail < length) text += kEllipsis;
  return text + (tail > 0 ? part(name, length - tail) : "");
}

}  // namespace

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string one_line(std::string_view text) {
  std::string line;
  bool in_run = false;
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20U || c == '\x7F';
    if (!control) {
      line += c;
    } else if (!in_run) {
      line += ' ';
    }
    in_run = control;
  }
  return line;
}

std::string clipped(const std::string& text, std::size_t width) {
  check(width >= 3, "a clipped text keeps a first and a last character");
  const std::size_t length = display_width(text);
  if (length <= width) return text;
  const std::size_t tail = (width - 1) / 2;
  return part(text, 0, width - 1 - tail) + kEllipsis + part(text, length - tail);
}

std::string clipped_at_end(const std::string& text, std::size_t width) {
  check(width >= 1, "a clipped text keeps at least its ellipsis");
  return display_width(text) <= width ? text : part(text, 0, width - 1) + kEllipsis;
}

std::vector<std::string> clipped_names(std::span<const std::string> names, std::size_t width) {
  check(width >= 8, "clipped names keep a beginning, what differs and an end");
  std::map<std::string, std::set<std::string>> alike;  // by what is left of them
  for (const std::string& name : names) alike[clipped(name, width)].insert(name);
  std::map<std::string, std::string> shortened;
  std::map<std::string, int> used;
  for (const auto& [left, group] : alike) {
    const std::size_t from = group.size() > 1 ? common_prefix(group) : 0;
    const std::size_t suffix = group.size() > 1 ? common_suffix(group) : 0;
    for (const std::string& name : group) {
      const std::size_t end = std::max(from, display_width(name) - suffix);
      shortened[name] = group.size() > 1 ? around(name, from, end, width) : left;
      ++used[shortened[name]];
    }
  }
  std::vector<std::string> result;
  for (const std::string& name : names) {
    const std::string& text = shortened[name];
    result.push_back(used[text] == 1 ? text : name);
  }
  return result;
}

}  // namespace boardless::reports
