// The files of `boardless sweep`, and the space read with no more rights than it takes.
#pragma once

#include "cli/command_files.h"
#include "cli/sweep_arguments.h"
#include "exploration/grid.h"
#include "exploration/space.h"

namespace boardless::cli {

// What the command line names.
CommandFiles files_of(const SweepArguments& arguments);

// Reads and resolves the space, confined to the command's files, and checks those that it names.
// Only the space says whether a library is to be compiled: until it is read compilers may start.
exploration::Grid read_confined(const SweepArguments& arguments, const CommandFiles& files);

// Has a cluster answer the points into the store, from which all is taken afterwards. False when
// the user interrupted it. The space is read by a child: this process still has a program to start,
// and reads nothing of a stranger's before.
bool is_answered_by_cluster(SweepArguments& arguments, const CommandFiles& files);

}  // namespace boardless::cli
