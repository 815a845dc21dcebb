// What is checked out in a folder, read from git's files. git itself is never run there: it would
// obey the folder's own configuration, which can name programs (core.fsmonitor, filters, hooks).
#pragma once

#include <filesystem>
#include <string>

namespace boardless::toolchain {

// The tag that names the commit at HEAD, "v7.0.0", else the commit's first eight digits, "commit
// 99f736a6". Empty when `directory` is not the top of a checkout, or its files are not as git
// writes them. Annotated tags are known once git has packed them. Whether files differ from the
// commit is not known.
std::string checked_out(const std::filesystem::path& directory);

}  // namespace boardless::toolchain
