// Completion for bash, zsh and fish, written from the command definitions. Names of targets and of
// networks are asked of the executable when they are needed: `boardless reference targets`.
#pragma once

#include <string>

#include "cli/command_reference.h"

namespace boardless::cli {

std::string bash_completion(const CommandReference& commands);
std::string zsh_completion(const CommandReference& commands);
std::string fish_completion(const CommandReference& commands);

}  // namespace boardless::cli
