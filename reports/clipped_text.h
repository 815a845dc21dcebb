// Text on one line and within a width: what is too long loses what it can spare.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace boardless::reports {

// Code points of UTF-8 text.
std::size_t display_width(std::string_view text);

// `text` on one line: each run of control characters (line breaks, escapes a terminal would obey)
// is one space.
std::string one_line(std::string_view text);

// At most `width` code points, 3 or more: what is too long loses its middle to "…".
std::string clipped(const std::string& text, std::size_t width);
// Likewise, but its end.
std::string clipped_at_end(const std::string& text, std::size_t width);

// Names of one column, each at most `width` (8 or more) code points, so that different names stay
// different: they keep the part in which they differ and lose what they share. A name for which
// that cannot be done stays whole.
std::vector<std::string> clipped_names(std::span<const std::string> names, std::size_t width);

}  // namespace boardless::reports
