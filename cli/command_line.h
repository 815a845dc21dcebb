// The command as it was called, for results that say how they were made.
#pragma once

#include <string>

namespace boardless::cli {

// Called once, by main().
void keep_command_line(int argc, char** argv);

// As a shell would take it: "boardless predict kws -t 'stm32*'". The program is called by its name,
// wherever it lies.
const std::string& command_line();

}  // namespace boardless::cli
