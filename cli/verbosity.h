// -q and -v: how much is said on stderr beside the result.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <utility>

namespace boardless::cli {

enum class Verbosity {
  kQuiet,    // errors alone: no progress, no remarks
  kNormal,   // progress on a terminal, remarks
  kVerbose,  // also what is run, with what, and how long it took
};

Verbosity verbosity();

// Adds -q and -v to `app` and all commands below it, so that they may stand before or behind the
// command. Call it when all commands are there.
void add_verbosity_options(CLI::App& app);

// "boardless: " and the message on stderr, whatever the verbosity, and `more`, lines that explain
// it. What the functions here print quotes strangers' files: it is shown as text (visible()).
void complain(const std::string& message, const std::string& more = {});
// A line on stderr, unless quiet: something the user should know about the result.
void remark(const std::string& line);
// A line on stderr, only when verbose.
void detail(const std::string& line);

}  // namespace boardless::cli
