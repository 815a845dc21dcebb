// Which columns of a table fit a width, and how wide each becomes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/text_table.h"

namespace boardless::reports {

constexpr std::size_t kColumnGap = 2;

using TableRows = std::vector<std::vector<std::string>>;  // an empty row is a rule

struct TableLayout {
  std::vector<std::size_t> columns;  // that are shown, by index
  std::vector<std::size_t> dropped;  // that did not fit, in the order they went
  std::vector<std::size_t> widths;   // of each shown column
};

// Header lines as rows of cells; short headers sink to the bottom line.
TableRows header_rows(const std::vector<TextColumn>& columns);

// `wished` are the columns to show by index; with `may_drop` those with a TextColumn::drop may go.
// `rows` are cut: cells of columns that had to become narrower are clipped. `width` 0: no limit.
TableLayout lay_out(const std::vector<TextColumn>& columns, TableRows& rows,
                    std::vector<std::size_t> wished, bool may_drop, std::size_t width);

}  // namespace boardless::reports
