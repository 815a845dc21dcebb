// Asks, judges, writes the views that were asked for.
#include "cli/check_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"
#include "cli/check_arguments.h"
#include "cli/choice_option.h"
#include "cli/command_line.h"
#include "cli/format_option.h"
#include "cli/output.h"
#include "cli/question_progress.h"
#include "cli/table_options.h"
#include "cli/verbosity.h"
#include "gate/check_views.h"
#include "gate/update.h"
#include "gate/verdict_table.h"

namespace boardless::cli {
namespace {

using gate::AnsweredPair;
using gate::CheckResult;
using Kind = prediction::Unanswered::Kind;

std::vector<AnsweredPair> ask(const gate::Budget& budget) {
  QuestionProgress progress("check");
  return gate::answers(budget, progress.watcher());
}

// The gravest thing decides. A chip that the model cannot fit, or that cannot do what was asked, is
// a broken limit.
ExitStatus status_of(const CheckResult& result) {
  const auto refused = [&](Kind kind) {
    return std::ranges::any_of(result.pairs, [&](const gate::CheckedPair& pair) {
      return !pair.answer.subject && pair.answer.kind == kind;
    });
  };
  if (refused(Kind::kInterrupted)) return ExitStatus::kInterrupted;
  if (refused(Kind::kBadInput)) return ExitStatus::kBadInput;
  const std::vector<gate::Verdict> verdicts = gate::all_verdicts(result);
  const bool broken = std::ranges::any_of(
      verdicts, [](const gate::Verdict& verdict) { return !verdict.holds && verdict.checked; });
  if (broken || refused(Kind::kDoesNotFit) || refused(Kind::kNotPossible)) return ExitStatus::kNo;
  if (refused(Kind::kGuestFault)) return ExitStatus::kGuestFault;
  return gate::all_hold(verdicts) ? ExitStatus::kDone : ExitStatus::kNotModelled;
}

CheckResult updated(const gate::Budget& budget) {
  gate::Update update = gate::update_baseline(budget, ask(budget));
  remark(update.is_written
             ? fmt::format("{}: {} row{} written, {} changed, new or gone", budget.baseline,
                           update.rows, update.rows == 1 ? "" : "s", update.changed)
             : fmt::format("{} stays as it was: not every pair is answered", budget.baseline));
  return std::move(update.result);
}

CheckResult checked(const gate::Budget& budget) {
  const std::optional<gate::Baseline> baseline = gate::baseline_for(budget);
  return gate::judge(budget, ask(budget), baseline ? &*baseline : nullptr);
}

std::string render(const CheckResult& result, const CheckArguments& arguments) {
  switch (arguments.format) {
    case CheckFormat::kJson:
      return gate::to_json(result);
    case CheckFormat::kMarkdown:
      return gate::to_markdown(result);
    case CheckFormat::kTable:
      break;
  }
  return gate::to_table(result, view_for(arguments.view, arguments.output));
}

// Behind what earlier steps wrote there.
void add_to_summary(const std::string& file, const std::string& text) {
  std::error_code ignored;
  std::string before;
  if (std::filesystem::exists(file, ignored)) before = read_input_text(file, kMostTextBytes);
  if (!before.empty() && !before.ends_with('\n')) before += '\n';
  write_output(file, before + text);
}

void write(const CheckResult& result, const CheckArguments& arguments) {
  if (!arguments.report.empty()) {
    write_output(arguments.report, gate::to_html(result, command_line()));
  }
  if (!arguments.junit.empty()) write_output(arguments.junit, gate::to_junit(result));
  if (!arguments.code_quality.empty()) {
    write_output(arguments.code_quality, gate::to_code_quality(result));
  }
  if (!arguments.metrics.empty()) write_output(arguments.metrics, gate::to_metrics(result));
  if (!arguments.step_summary.empty()) {
    add_to_summary(arguments.step_summary, gate::to_markdown(result));
  }
  write_output(arguments.output, render(result, arguments));
  if (arguments.github) fmt::print(stderr, "{}", gate::to_github(result));
  for (const gate::CheckedPair& pair : result.pairs) {
    if (!pair.answer.report.empty()) complain(pair.answer.reason, pair.answer.report);
  }
}

void add_firmware(const std::string& word, gate::BudgetFiles& files) {
  const std::size_t sign = word.find('=');
  if (sign == std::string::npos || sign == 0 || sign + 1 == word.size()) {
    throw InputError(fmt::format("--firmware {}: NAME=FILE is needed", visible(word)));
  }
  files.firmware[word.substr(0, sign)] = word.substr(sign + 1);
}

ExitStatus run_check(CheckArguments& arguments) {
  if (arguments.format == CheckFormat::kTable) gate::require_verdict_columns(arguments.view);
  if (arguments.github) {
    const char* const summary = std::getenv("GITHUB_STEP_SUMMARY");
    if (summary != nullptr) arguments.step_summary = summary;
  }
  const gate::Budget budget = read_confined(arguments);
  const CheckResult result = arguments.update ? updated(budget) : checked(budget);
  write(result, arguments);
  return status_of(result);
}

}  // namespace

void add_check_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<CheckArguments>();
  const char* kReports = "Reports for CI";
  CLI::App* command =
      app.add_subcommand("check", "Check models and firmware against a budget, for CI");
  command
      ->add_option("budget", arguments->budget,
                   "A YAML file: models or firmware, targets, limits (docs/gate.md)")
      ->required()
      ->type_name("FILE.yaml");
  command->add_flag("--update", arguments->update,
                    "Write the baseline anew from what is measured now");
  command
      ->add_option("--baseline", arguments->files.baseline,
                   "Take this baseline, not the one that the budget names")
      ->type_name("FILE");
  command
      ->add_option_function<std::vector<std::string>>(
          "--firmware",
          [arguments](const std::vector<std::string>& words) {
            for (const std::string& word : words) add_firmware(word, arguments->files);
          },
          "Take this file where the budget says `firmware: NAME`: what a build just made")
      ->allow_extra_args(false)
      ->type_name("NAME=FILE");
  add_choice<CheckFormat>(*command, "-f,--format", arguments->format,
                          {{"table", CheckFormat::kTable},
                           {"json", CheckFormat::kJson},
                           {"markdown", CheckFormat::kMarkdown}},
                          "What the result is written as");
  add_output_option(*command, arguments->output);
  command->add_option("-r,--report", arguments->report, "Write a self-contained HTML page as well")
      ->type_name("FILE");
  command
      ->add_option("--junit", arguments->junit,
                   "Write JUnit XML as well, a test case for each limit")
      ->type_name("FILE.xml")
      ->group(kReports);
  command
      ->add_flag(
          "--github", arguments->github,
          "Print broken limits as annotations of GitHub's to stderr, and add Markdown to the "
          "step's summary ($GITHUB_STEP_SUMMARY)")
      ->group(kReports);
  command
      ->add_option("--gitlab-code-quality", arguments->code_quality,
                   "Write GitLab's code quality report as well")
      ->type_name("FILE.json")
      ->group(kReports);
  command
      ->add_option("--metrics", arguments->metrics,
                   "Write all figures as OpenMetrics as well, GitLab's metrics report")
      ->type_name("FILE.txt")
      ->group(kReports);
  add_table_options(*command, arguments->view);
  command->footer(
      "Examples:\n"
      "  boardless check budget.yaml\n"
      "  boardless check budget.yaml --update\n"
      "  boardless check budget.yaml --junit boardless.xml --github\n"
      "  boardless check budget.yaml --gitlab-code-quality quality.json --metrics metrics.txt\n"
      "Exit status: 0 everything was checked and holds; 1 a limit is broken; 2 the budget or the\n"
      "baseline names what is not there; 3 a program faulted; 4 something could not be checked.");
  command->callback([arguments, &status] { status = run_check(*arguments); });
}

}  // namespace boardless::cli
