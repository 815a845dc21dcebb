// Markdown as GitHub and GitLab show it, and names in it that stay text.
#pragma once

#include <string>
#include <vector>

namespace boardless::gate {

// What could be markup is escaped, and nothing begins a line or a cell.
std::string markdown_text(const std::string& text);

// The first row is the header; right[i]: column i is aligned to the right.
std::string markdown_table(const std::vector<std::vector<std::string>>& rows,
                           const std::vector<bool>& right);

}  // namespace boardless::gate
