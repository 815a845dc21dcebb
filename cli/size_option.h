// An option that takes a number of bytes.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/units.h"

namespace boardless::cli {

// "65536", "64KiB", "1.5 GB". Throws InputError, naming the option and what is accepted, for what
// is no size from 1 byte to 2^63.
CLI::Option* add_size_option(CLI::App& command, const std::string& flag, Bytes& bytes,
                             const std::string& description);

}  // namespace boardless::cli
