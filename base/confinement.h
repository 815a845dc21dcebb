// What this process may still do while it reads what strangers wrote, enforced by the kernel:
// should a crafted file get hold of the process, it finds no network, no program to start, and no
// file to change but the results.
//
// Linux' Landlock and seccomp; both need no privileges and cannot be taken back. A kernel without
// them enforces less, which is said (log_detail()) and no error.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boardless {

struct Confinement {
  // Files that may be written, and folders in which all may be; with the temporaries beside them.
  // What does not exist yet counts as the folder that will hold it.
  std::vector<std::filesystem::path> writes;
  // Files that may be opened at all, and folders; absent: every file that the user may read.
  std::optional<std::vector<std::filesystem::path>> reads;
  bool starts_programs = false;
};

// Confines the calling thread and all that it starts from here on; call it before there are others.
// Called again, it confines further. Returns what is enforced: "files, programs, network", or less.
std::string confine(const Confinement& confinement);

}  // namespace boardless
