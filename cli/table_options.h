// --columns, --sort and --top of every command that shows a table.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "reports/table_view.h"

namespace boardless::cli {

// `view` must outlive the parsing.
void add_table_options(CLI::App& command, reports::TableView& view);

// The view for a table that goes to `output` (an option -o): as asked for, at the terminal's width.
reports::TableView view_for(const reports::TableView& asked, const std::string& output);

}  // namespace boardless::cli
