// The manual page boardless(1), written from the command definitions.
#pragma once

#include <string>

#include "cli/command_reference.h"

namespace boardless::cli {

// In the `man` macros of troff. `version` stands in its foot; no date does, so that the same source
// gives the same page.
std::string man_page(const CommandReference& commands, const std::string& version);

}  // namespace boardless::cli
