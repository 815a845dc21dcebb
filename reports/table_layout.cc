// Drops, then clips, until a table fits.
#include "reports/table_layout.h"

#include <algorithm>
#include <numeric>

namespace boardless::reports {
namespace {

constexpr std::size_t kLeastTextWidth = 10;  // of a clipped column

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

std::size_t header_width(const TextColumn& column) {
  std::size_t width = 0;
  for (const std::string& line : split_lines(column.header)) {
    width = std::max(width, display_width(line));
  }
  return width;
}

std::size_t full_width(const TextColumn& column, const TableRows& rows, std::size_t index) {
  std::size_t width = header_width(column);
  for (const auto& row : rows) {
    if (!row.empty()) width = std::max(width, display_width(row[index]));
  }
  return width;
}

std::size_t line_width(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
         kColumnGap * (widths.empty() ? 0 : widths.size() - 1);
}

void drop_until_it_fits(const std::vector<TextColumn>& columns, std::size_t width,
                        TableLayout& layout) {
  while (line_width(layout.widths) > width) {
    std::size_t worst = layout.columns.size();
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      const int drop = columns[layout.columns[i]].drop;
      if (drop == 0) continue;
      // Of those with the same number the rightmost.
      if (worst == layout.columns.size() || drop >= columns[layout.columns[worst]].drop) worst = i;
    }
    if (worst == layout.columns.size()) return;
    layout.dropped.push_back(layout.columns[worst]);
    layout.columns.erase(layout.columns.begin() + static_cast<std::ptrdiff_t>(worst));
    layout.widths.erase(layout.widths.begin() + static_cast<std::ptrdiff_t>(worst));
  }
}

// The widest text first, a character at a time, so that several become equally wide.
void narrow_until_it_fits(const std::vector<TextColumn>& columns, std::size_t width,
                          TableLayout& layout) {
  std::size_t line = line_width(layout.widths);
  while (line > width) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      const TextColumn& column = columns[layout.columns[i]];
      if (column.align != Align::kLeft) continue;
      if (layout.widths[i] <= std::max(kLeastTextWidth, header_width(column))) continue;
      if (widest == nullptr || layout.widths[i] > *widest) widest = &layout.widths[i];
    }
    if (widest == nullptr) return;
    --*widest;
    --line;
  }
}

void clip(const TextColumn& column, std::size_t index, std::size_t width, TableRows& rows) {
  std::vector<std::string> cells;
  for (const auto& row : rows) {
    if (!row.empty()) cells.push_back(row[index]);
  }
  if (column.prose) {
    for (std::string& cell : cells) cell = clipped_at_end(cell, width);
  } else {
    cells = clipped_names(cells, width);
  }
  std::size_t next = 0;
  for (auto& row : rows) {
    if (!row.empty()) row[index] = std::move(cells[next++]);
  }
}

}  // namespace

TableRows header_rows(const std::vector<TextColumn>& columns) {
  TableRows split;
  std::size_t height = 1;
  for (const TextColumn& column : columns) {
    split.push_back(split_lines(column.header));
    height = std::max(height, split.back().size());
  }
  TableRows rows(height, std::vector<std::string>(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t i = 0; i < split[c].size(); ++i) {
      rows[height - split[c].size() + i][c] = split[c][i];
    }
  }
  return rows;
}

TableLayout lay_out(const std::vector<TextColumn>& columns, TableRows& rows,
                    std::vector<std::size_t> wished, bool may_drop, std::size_t width) {
  TableLayout layout;
  layout.columns = std::move(wished);
  for (const std::size_t c : layout.columns) {
    layout.widths.push_back(full_width(columns[c], rows, c));
  }
  if (width == 0) return layout;
  if (may_drop) drop_until_it_fits(columns, width, layout);
  narrow_until_it_fits(columns, width, layout);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const std::size_t c = layout.columns[i];
    if (layout.widths[i] == full_width(columns[c], rows, c)) continue;
    clip(columns[c], c, layout.widths[i], rows);
    layout.widths[i] = full_width(columns[c], rows, c);
  }
  return layout;
}

}  // namespace boardless::reports
