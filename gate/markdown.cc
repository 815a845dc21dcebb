// Escapes and tables.
#include "gate/markdown.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

#include "base/visible_text.h"

namespace boardless::gate {

std::string markdown_text(const std::string& text) {
  std::string result;
  for (const char c : visible(text)) {
    switch (c) {
      case '\n':
      case '\r':
        result += ' ';
        break;
      // GitHub makes references of @name and #12, too.
      case '<':
      case '>':
      case '&':
      case '@':
      case '#':
        result += fmt::format("&#{};", static_cast<int>(c));
        break;
      default:
        if (std::string_view("\\`*_[]{}!|~$").find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
  }
  return result;
}

std::string markdown_table(const std::vector<std::vector<std::string>>& rows,
                           const std::vector<bool>& right) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += fmt::format("| {} |\n", fmt::join(rows[i], " | "));
    if (i > 0) continue;
    text += '|';
    for (const bool is_right : right) text += is_right ? "---:|" : "---|";
    text += '\n';
  }
  return text;
}

}  // namespace boardless::gate
