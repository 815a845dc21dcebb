// Footnotes below a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace boardless::reports {

// Each of `lines` on one line under a heading; nothing when there are none.
std::string notes(const std::string& heading, const std::vector<std::string>& lines);

// "stm32f446re, rp2040 and 12 more"
std::string names_text(const std::vector<std::string>& names);

// The footnote of the mark `~`: its first lines, and how many more there are; `elsewhere` says
// where they stand: "the JSON form holds".
std::string estimate_notes(std::vector<std::string> lines, std::string_view elsewhere);

}  // namespace boardless::reports
