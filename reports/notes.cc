// Indents by two spaces.
#include "reports/notes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "reports/text_table.h"

namespace boardless::reports {

std::string notes(const std::string& heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text = '\n' + heading + '\n';
  for (const std::string& line : lines) text += "  " + one_line(line) + '\n';
  return text;
}

std::string names_text(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 4;
  const std::size_t named = std::min(names.size(), kNamed);
  std::string text = fmt::format("{}", fmt::join(names.begin(), names.begin() + named, ", "));
  if (names.size() > named) text += fmt::format(" and {} more", names.size() - named);
  return text;
}

std::string estimate_notes(std::vector<std::string> lines, std::string_view elsewhere) {
  constexpr std::size_t kLines = 8;
  if (lines.size() > kLines + 1) {
    const std::size_t more = lines.size() - kLines;
    lines.resize(kLines);
    lines.push_back(fmt::format("and {} more; {} all of them", more, elsewhere));
  }
  return notes("~ rests on an estimate:", lines);
}

}  // namespace boardless::reports
