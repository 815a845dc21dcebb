// `boardless model`: what a .tflite file holds, and networks of the zoo written as .tflite files.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "reports/table_view.h"
#include "workloads/graph/graph.h"

namespace boardless::cli {

// Adds `model show MODEL`, `model make NETWORK -o FILE`, `model list` and `model operators`, which
// print to stdout when parsed.
void add_model_command(CLI::App& app);

// Inputs and outputs, one row per operator, and totals.
std::string model_sheet(const workloads::Graph& graph, const reports::TableView& view = {});

}  // namespace boardless::cli
