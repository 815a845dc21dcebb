// What of a table is to be shown: the same four wishes for every table, from --columns, --sort,
// --top and the terminal's width.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace boardless::reports {

struct TableView {
  // Keys of columns in the order wished for, or "all" alone; empty: those that fit.
  std::vector<std::string> columns = {};
  std::string sort = {};     // a column's key, the smallest first; "-KEY": the largest first
  std::size_t top = 0;       // rows to show; 0: all
  std::size_t width = 0;     // of the terminal in characters; 0: no limit
  bool has_options = false;  // the user can ask for columns, so remarks say how
};

}  // namespace boardless::reports
