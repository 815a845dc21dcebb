// RFC 4180 lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace boardless::reports {

// Quoted where it must be; what a spreadsheet would compute, because it begins like a formula and
// is no number, gets an apostrophe in front.
std::string csv_cell(std::string_view text);
// Cells, quoted where they must be, and the line's end.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace boardless::reports
