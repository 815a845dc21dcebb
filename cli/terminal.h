// What the terminal is like, if there is one.
#pragma once

#include <cstddef>
#include <string>

namespace boardless::cli {

// Characters in a line of the terminal that the descriptor is: $COLUMNS when it is a number above
// 0, else what the terminal says, else 80. 0 when it is no terminal: files and pipes have no limit.
std::size_t terminal_width(int descriptor);

// The width of tables that go to `output`, a file or, when it is empty or "-", stdout; see
// TableView::width.
std::size_t table_width(const std::string& output);

}  // namespace boardless::cli
