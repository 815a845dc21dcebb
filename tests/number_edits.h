// A hardware file's text with one of its numbers changed, once for each number in it.
#pragma once

#include <cctype>
#include <cstddef>
#include <string>
#include <vector>

#include "targets/ledger.h"

namespace boardless {

struct NumberEdit {
  int line = 1;
  std::string from, text;  // what stood there, and the whole file with the next number instead
};

// Numbers are what stands between a space or bracket and the end of an item, outside quotes and
// comments.
inline std::vector<NumberEdit> number_edits(const std::string& text) {
  std::vector<NumberEdit> edits;
  int line = 1;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ++line;
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    const char before = i == 0 ? '\n' : text[i - 1];
    if (text[i] == '#' && std::isspace(static_cast<unsigned char>(before)) != 0) {
      i = text.find('\n', i) - 1;
      continue;
    }
    const bool begins = before == ' ' || before == '[';
    if (!begins || std::isdigit(static_cast<unsigned char>(text[i])) == 0) continue;
    std::size_t end = i;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                                 text[end] == '.' || text[end] == '_')) {
      ++end;
    }
    const std::string number = text.substr(i, end - i);
    const char behind = end < text.size() ? text[end] : '\n';
    const bool hex = number.starts_with("0x");
    const bool whole = number.find('.') == std::string::npos;
    const bool is_number = hex || number.find_first_not_of("0123456789.") == std::string::npos;
    // "key: 5" and "[5, 6]", not the words of a text.
    const bool is_value = i >= 2 && (text[i - 2] == ':' || text[i - 2] == ',' || before == '[');
    if (is_number && is_value &&
        (behind == '\n' || behind == ',' || behind == '}' || behind == ']' || behind == ' ')) {
      std::string next;
      if (!whole) {
        next = std::to_string(std::stod(number) + 1);
      } else {
        next = std::to_string(std::stoull(number, nullptr, 0) + 1);
      }
      edits.push_back({line, number, text.substr(0, i) + next + text.substr(end)});
    }
    i = end - 1;
  }
  return edits;
}

// The keys of the entries that the two ledgers do not share, "KEY VALUE" as in `before`.
inline std::vector<std::string> changed_numbers(const targets::Ledger& before,
                                                const targets::Ledger& after) {
  std::vector<std::string> keys;
  auto other = after.begin();
  for (const targets::LedgerEntry& entry : before) {
    if (entry.value != (*other).value) keys.push_back(entry.key + " " + entry.value);
    ++other;
  }
  return keys;
}

}  // namespace boardless
