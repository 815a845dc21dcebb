// RFC 4180 lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace boardless::reports {

// Quoted where it must be.
std::string csv_cell(std::string_view text);
// Cells, quoted where they must be, and the line's end.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace boardless::reports
