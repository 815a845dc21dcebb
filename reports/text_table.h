// Plain-text tables for a terminal: headers, aligned columns, two spaces between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace boardless::reports {

// `text` on one line: each run of control characters (line breaks, escapes a terminal would obey)
// is one space.
std::string one_line(std::string_view text);
// At most `width` code points: what is too long loses its middle to "…".
std::string clipped(const std::string& text, std::size_t width);

enum class Align { kLeft, kRight };

struct TextColumn {
  std::string header;  // '\n' starts a second header line; the lines are aligned at the bottom
  Align align = Align::kLeft;
};

// Collects rows and renders them with columns as wide as their widest cell. Cells are UTF-8, put on
// one line; widths count code points. A column of empty cells still shows its header.
class TextTable {
 public:
  explicit TextTable(std::vector<TextColumn> columns);

  // One cell per column; missing cells at the end are empty, more than there are columns is a bug.
  void add_row(std::vector<std::string> cells);
  // A rule of dashes between the rows before and after this call, for totals.
  void add_rule();

  // Header, a rule, the rows; every line ends with '\n', has no trailing blanks and starts with
  // `indent` spaces.
  std::string render(int indent = 0) const;

 private:
  std::vector<TextColumn> columns_;
  std::vector<std::vector<std::string>> rows_;  // an empty vector is a rule
};

}  // namespace boardless::reports
