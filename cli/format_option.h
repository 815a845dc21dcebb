// --format and --output of commands whose results are tables.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace boardless::cli {

enum class Format { kTable, kJson, kCsv };

// -f,--format: table (the default), json or csv.
void add_format_option(CLI::App& command, Format& format);
// -o,--output: a file, or "-" for stdout.
void add_output_option(CLI::App& command, std::string& output);

}  // namespace boardless::cli
