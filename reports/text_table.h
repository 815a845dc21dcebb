// Plain-text tables for a terminal: headers, aligned columns, two spaces between them; narrowed,
// sorted and cut as a TableView says.
//
//   TextTable table({{.header = "target", .key = "target"},
//                    {.header = "latency\nms", .align = Align::kRight, .key = "latency_ms"},
//                    {.header = "core@MHz", .key = "core", .drop = 2}});
//   table.add_row({"stm32f446re", "~27.30", "cortex-m4@180"});
//   fmt::print("{}", table.render(view));
//
// Within a width, columns with a `drop` go first, the highest number before the others, until the
// rest fits; if it does not then, the widest texts are clipped. A remark below the table says what
// was left out. Columns that --columns names are never dropped.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/clipped_text.h"
#include "reports/table_view.h"

namespace boardless::reports {

enum class Align { kLeft, kRight };

struct TextColumn {
  std::string header;  // '\n' starts a second header line; the lines are aligned at the bottom
  Align align = Align::kLeft;
  // What --columns and --sort call it; empty: the header in lower case with '_' for what is neither
  // letter nor digit.
  std::string key = {};
  int drop = 0;             // 0: never; else what does not fit goes by this, the highest first
  bool on_request = false;  // shown only when --columns names it
  bool prose = false;       // clipped at its end; else where its cells are alike
};

// Collects rows and renders them with columns as wide as their widest cell. Cells are UTF-8, put on
// one line; widths count code points. A column of empty cells still shows its header.
class TextTable {
 public:
  explicit TextTable(std::vector<TextColumn> columns);

  // One cell per column; missing cells at the end are empty, more than there are columns is a bug.
  void add_row(std::vector<std::string> cells);
  // A rule of dashes between the rows before and after this call, for totals. What follows the
  // first rule is neither sorted nor cut.
  void add_rule();

  // Header, a rule, the rows; every line ends with '\n', has no trailing blanks and starts with
  // `indent` spaces. Then, on lines of their own, remarks on what the view left out.
  // Throws InputError for a column that is not there, naming the nearest.
  std::string render(const TableView& view, int indent = 0) const;
  std::string render(int indent = 0) const { return render({}, indent); }

  std::vector<std::string> keys() const;
  // Throws InputError for a column of the view that is not there, naming the nearest.
  void require_columns(const TableView& view) const;

 private:
  friend std::string render_tables(std::span<const TextTable* const>, const TableView&);
  // The view's columns that this table has; those of `view` must be checked before.
  std::vector<std::size_t> columns_of(const TableView& view) const;
  std::vector<std::vector<std::string>> rows_of(const TableView& view, std::string& remark) const;

  std::vector<TextColumn> columns_;
  std::vector<std::vector<std::string>> rows_;  // an empty vector is a rule
};

// Several tables under one view, with an empty line between them: each shows the columns it has of
// those asked for, and is left out when it has none. Throws InputError for a column that none has.
std::string render_tables(std::span<const TextTable* const> tables, const TableView& view);

}  // namespace boardless::reports
