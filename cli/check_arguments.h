// What `boardless check` was asked, and the files it reads and writes.
#pragma once

#include <string>

#include "cli/command_files.h"
#include "gate/budget.h"
#include "reports/table_view.h"

namespace boardless::cli {

enum class CheckFormat { kTable, kJson, kMarkdown };

struct CheckArguments {
  std::string budget;
  gate::BudgetFiles files;
  bool update = false;
  CheckFormat format = CheckFormat::kTable;
  std::string output, report, junit, code_quality, metrics;
  bool github = false;
  std::string step_summary;  // with --github, where the runner names one
  reports::TableView view;
};

// The budget, read once the kernel holds the process to the files that the arguments and the budget
// name, which are checked.
gate::Budget read_confined(const CheckArguments& arguments);

}  // namespace boardless::cli
