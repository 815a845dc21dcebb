// Removes a file or a folder with all it holds, in a signal handler too.
#pragma once

namespace boardless {

// What `name` is in the open folder `folder`. Links are removed, never followed, and nobody is
// asked; what cannot be removed stays. Only system calls: safe in a signal handler, keeps errno.
void remove_tree(int folder, const char* name);

}  // namespace boardless
