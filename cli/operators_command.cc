// Prints what the operators' records and the kernel images say.
#include "cli/operators_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>
#include <vector>

#include "base/version.h"
#include "cli/format_option.h"
#include "cli/output.h"
#include "cli/table_options.h"
#include "prediction/operator_support.h"
#include "reports/model_document.h"
#include "reports/text_table.h"

namespace boardless::cli {
namespace {

using reports::TextTable;

struct OperatorsOptions {
  Format format = Format::kTable;
  std::string output;
  reports::TableView view;
};

std::string operators_table(const std::vector<prediction::OperatorSupport>& operators,
                            const reports::TableView& view) {
  TextTable table({{"operator"},
                   {.header = "types", .prose = true},
                   {"kernel"},
                   {.header = "libraries", .prose = true},
                   {.header = "bits", .prose = true}});
  for (const prediction::OperatorSupport& op : operators) {
    if (op.kernels.empty()) table.add_row({op.name, "any", "-", "-", "-"});
    for (const prediction::KernelSupport& kernel : op.kernels) {
      table.add_row({op.name, kernel.types, kernel.kernel,
                     kernel.libraries.empty()
                         ? "the host alone"
                         : fmt::format("{}", fmt::join(kernel.libraries, ", ")),
                     kernel.within.empty() ? "the host's" : "within " + kernel.within});
    }
  }
  return table.render(view);
}

void list_operators(const OperatorsOptions& options) {
  const std::vector<prediction::OperatorSupport> operators = prediction::operator_support();
  std::string text;
  switch (options.format) {
    case Format::kTable:
      text = operators_table(operators, view_for(options.view, options.output));
      break;
    case Format::kJson:
      text = reports::operators_json(operators, version());
      break;
    case Format::kCsv:
      text = reports::operators_csv(operators);
      break;
  }
  write_output(options.output, text);
}

}  // namespace

void add_operators_command(CLI::App& model_command) {
  CLI::App* command = model_command.add_subcommand(
      "operators", "List the operators that are run, their element types and kernel libraries");
  const auto options = std::make_shared<OperatorsOptions>();
  add_format_option(*command, options->format);
  add_output_option(*command, options->output);
  add_table_options(*command, options->view);
  command->footer(
      "Examples:\n  boardless model operators\n  boardless model operators --format json");
  command->callback([options] { list_operators(*options); });
}

}  // namespace boardless::cli
