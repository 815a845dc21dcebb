// Runs the built executable on a pseudo-terminal, as its users see it.
#pragma once

#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace boardless::cli {

// With stdin, stdout and stderr on a terminal of so many columns; Finished::out is all that was
// written to it, with its "\r\n" as "\n". $COLUMNS is not set.
Finished boardless_on_terminal(const std::vector<std::string>& arguments, int columns,
                               const Setting& setting = {});

// The longest line in code points, of text without escape sequences.
std::size_t longest_line(const std::string& text);

}  // namespace boardless::cli
