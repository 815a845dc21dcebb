// Lays out the cells of a TextTable.
#include "reports/text_table.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/error.h"

namespace boardless::reports {
namespace {

constexpr std::size_t kGap = 2;

// Whether a UTF-8 character begins with this byte.
bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::size_t display_width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

// Where the character of that number begins.
std::size_t character_offset(const std::string& text, std::size_t character) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (starts_character(text[i]) && character-- == 0) break;
  }
  return i;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

// Header lines as rows of cells; short headers sink to the bottom line.
std::vector<std::vector<std::string>> header_rows(const std::vector<TextColumn>& columns) {
  std::vector<std::vector<std::string>> split;
  std::size_t height = 1;
  for (const TextColumn& column : columns) {
    split.push_back(split_lines(column.header));
    height = std::max(height, split.back().size());
  }
  std::vector<std::vector<std::string>> rows(height, std::vector<std::string>(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t i = 0; i < split[c].size(); ++i) {
      rows[height - split[c].size() + i][c] = split[c][i];
    }
  }
  return rows;
}

}  // namespace

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
  const std::size_t head = width - 1 - tail;
  return text.substr(0, character_offset(text, head)) + "…" +
         text.substr(character_offset(text, length - tail));
}

TextTable::TextTable(std::vector<TextColumn> columns) : columns_(std::move(columns)) {
  check(!columns_.empty(), "a text table has at least one column");
}

void TextTable::add_row(std::vector<std::string> cells) {
  check(cells.size() <= columns_.size(), "a text table's row has no more cells than columns");
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = one_line(cell);
  rows_.push_back(std::move(cells));
}

void TextTable::add_rule() { rows_.emplace_back(); }

std::string TextTable::render(int indent) const {
  const auto headers = header_rows(columns_);
  std::vector<std::size_t> widths(columns_.size(), 0);
  const auto widen = [&](const std::vector<std::string>& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      widths[c] = std::max(widths[c], display_width(cells[c]));
    }
  };
  for (const auto& row : headers) widen(row);
  for (const auto& row : rows_) widen(row);

  std::string out;
  const auto emit = [&](const std::vector<std::string>& cells) {
    std::string line(static_cast<std::size_t>(indent), ' ');
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) line.append(kGap, ' ');
      const std::size_t padding = widths[c] - display_width(cells[c]);
      if (columns_[c].align == Align::kRight) line.append(padding, ' ');
      line += cells[c];
      if (columns_[c].align == Align::kLeft) line.append(padding, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  };
  std::vector<std::string> rule;
  for (const std::size_t width : widths) rule.emplace_back(width, '-');

  for (const auto& row : headers) emit(row);
  emit(rule);
  for (const auto& row : rows_) emit(row.empty() ? rule : row);
  return out;
}

}  // namespace boardless::reports
