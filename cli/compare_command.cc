// Reads documents, compares each with the first, and judges limits.
#include "cli/compare_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "cli/choice_option.h"
#include "cli/command_files.h"
#include "cli/command_line.h"
#include "cli/format_option.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/table_options.h"
#include "gate/comparison_views.h"

namespace boardless::cli {
namespace {

enum class CompareFormat { kTable, kJson, kMarkdown };

struct Arguments {
  std::string base;
  std::vector<std::string> others;
  std::vector<std::string> limits;
  CompareFormat format = CompareFormat::kTable;
  std::size_t layers = gate::ComparisonStyle{}.parts;
  std::string output, report;
  reports::TableView view;
};

// "cycles=+2%", "latency<=50 ms": a figure's name, and its limit behind '=' or as it begins.
gate::Limit read_limit(const std::string& text) {
  const gate::Place place{"", 0, fmt::format("--limit {}", visible(text))};
  const std::size_t end = std::min(text.find_first_of("=<>"), text.size());
  const std::string name = text.substr(0, end);
  const gate::FigureRecord* figure = gate::find_figure(name);
  if (figure == nullptr) {
    const std::vector<std::string> known = gate::figure_names(gate::Scope::kWhole);
    throw InputError(fmt::format("{}: '{}' is no figure{}; known are {}", place.text(),
                                 visible(name), did_you_mean(name, known), fmt::join(known, ", ")));
  }
  const bool is_sign = text.substr(end).starts_with("==");
  const bool has_equals = end < text.size() && text[end] == '=' && !is_sign;
  return gate::read_limit(*figure, text.substr(has_equals ? end + 1 : end), place);
}

gate::ReadDocument read(const std::string& file) {
  return gate::read_document(read_input_text(file, kMostFileBytes), visible(file));
}

std::string render(const std::vector<gate::ComparedDocument>& documents,
                   const Arguments& arguments) {
  switch (arguments.format) {
    case CompareFormat::kJson:
      return gate::to_json(documents);
    case CompareFormat::kMarkdown:
      return gate::to_markdown(documents, arguments.layers);
    case CompareFormat::kTable:
      break;
  }
  return gate::to_table(
      documents, {.view = view_for(arguments.view, arguments.output), .parts = arguments.layers});
}

ExitStatus run_compare(const Arguments& arguments) {
  if (arguments.format == CompareFormat::kTable) gate::require_comparison_columns(arguments.view);
  std::vector<gate::Limit> limits;
  for (const std::string& text : arguments.limits) limits.push_back(read_limit(text));
  CommandFiles files;
  files.reads("BASE", arguments.base);
  for (const std::string& other : arguments.others) files.reads("NEW", other);
  files.writes("--output", arguments.output);
  if (!arguments.report.empty()) files.writes("--report", arguments.report);
  files.check();
  files.confine();
  const gate::ReadDocument base = read(arguments.base);
  std::vector<gate::ComparedDocument> documents;
  bool hold = true;
  for (const std::string& name : arguments.others) {
    gate::ReadDocument other = read(name);
    if (base.subjects.empty() && other.subjects.empty()) {
      throw InputError(fmt::format("{} and {} have no answers to compare", base.name, other.name));
    }
    gate::ComparedDocument compared{base.name,
                                    other.name,
                                    base.version,
                                    other.version,
                                    gate::compare(base.subjects, other.subjects),
                                    std::move(other.not_answered),
                                    {}};
    for (const gate::Limit& limit : limits) {
      std::vector<gate::Verdict> verdicts = gate::judge(limit, compared.comparison);
      compared.verdicts.insert(compared.verdicts.end(), verdicts.begin(), verdicts.end());
    }
    hold = hold && gate::all_hold(compared.verdicts);
    documents.push_back(std::move(compared));
  }
  if (!arguments.report.empty()) {
    write_output(arguments.report, gate::to_html(documents, command_line()));
  }
  write_output(arguments.output, render(documents, arguments));
  return hold ? ExitStatus::kDone : ExitStatus::kNo;
}

}  // namespace

void add_compare_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("compare", "Compare result documents: what changed, by how much, and why");
  command
      ->add_option("base", arguments->base,
                   "What predict, run or sweep wrote with --format json; - is stdin")
      ->required()
      ->type_name("FILE");
  command->add_option("new", arguments->others, "Documents to compare with it")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--limit", arguments->limits,
                   "What a figure may be, absolute or against the first document: cycles=+2%, "
                   "'latency<=50ms'; a broken one is exit status 1")
      ->allow_extra_args(false)
      ->type_name("FIGURE=LIMIT");
  add_number_option(*command, "--layers", arguments->layers, {},
                    "Layers, or functions, to show of each pair, those that changed most")
      ->default_str(fmt::format("{}", arguments->layers));
  add_choice<CompareFormat>(*command, "-f,--format", arguments->format,
                            {{"table", CompareFormat::kTable},
                             {"json", CompareFormat::kJson},
                             {"markdown", CompareFormat::kMarkdown}},
                            "What the result is written as");
  add_output_option(*command, arguments->output);
  command->add_option("-r,--report", arguments->report, "Write a self-contained HTML page as well")
      ->type_name("FILE");
  add_table_options(*command, arguments->view);
  command->footer(
      "Examples:\n"
      "  boardless compare base.json new.json\n"
      "  boardless compare base.json new.json --limit cycles=+2% --limit 'sram<=64KiB'\n"
      "  boardless compare base.json new.json --format markdown -o comment.md\n"
      "Exit status 1: a limit is broken, or a pair is gone that one is for.");
  command->callback([arguments, &status] { status = run_compare(*arguments); });
}

}  // namespace boardless::cli
