// Chooses programs, has them compared, and writes the record in the form asked for.
#include "cli/validate_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/temporary.h"
#include "base/version.h"
#include "cli/command_files.h"
#include "cli/interrupt.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "cli/table_options.h"
#include "cli/verbosity.h"
#include "reports/text_table.h"
#include "validation/accelerator_points.h"
#include "validation/machine_runner.h"
#include "validation/validate.h"
#include "validation/views.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using validation::Record;
using validation::Row;

struct Arguments {
  std::string sources;
  std::vector<std::string> only;
  std::string format = "table";
  std::string output;
  std::string record;
  std::string keep;
  bool list = false;
  bool accelerators = false;
  reports::TableView view;
  std::optional<double> max_error_percent;
};

std::vector<validation::Program> chosen_programs(const Arguments& arguments) {
  const std::vector<validation::Program> all =
      validation::load_suites(data_directory() / "validation" / "suites");
  if (arguments.only.empty()) return all;
  std::vector<validation::Program> chosen;
  for (const std::string& word : arguments.only) {
    for (const validation::Program& program : validation::only(all, word)) {
      chosen.push_back(program);
    }
  }
  return chosen;
}

std::string list_text(const std::vector<validation::Program>& programs,
                      const validation::Places& places, const reports::TableView& view) {
  reports::TextTable table({{"program"},
                            {"target"},
                            {.header = "basis", .drop = 1},
                            {.header = "measurement", .drop = 2},
                            {.header = "published by", .drop = 3, .prose = true},
                            {.header = "missing here", .prose = true}});
  for (const validation::Program& program : programs) {
    table.add_row({program.full_name(), program.target, basis_text(program.basis),
                   program.published.measurement, program.published.source,
                   fmt::format("{}", fmt::join(missing_parts(program, places), ", "))});
  }
  return table.render(view);
}

// A folder for what is built: kept when the user named it, else gone with the object.
class BuildFolder {
 public:
  explicit BuildFolder(const std::string& keep) {
    path_ = keep.empty() ? temporary_.emplace(fs::temp_directory_path()).path() : fs::path(keep);
    fs::create_directories(path_);
  }
  const fs::path& path() const { return path_; }

 private:
  std::optional<TemporaryFolder> temporary_;
  fs::path path_;
};

Record run_programs(const std::vector<validation::Program>& programs, validation::Places places,
                    const std::string& keep) {
  const BuildFolder folder(keep);
  places.output = folder.path();
  ProgressBar bar("validate");
  const InterruptRequests requests;
  const std::unique_ptr<validation::Runner> runner = validation::make_machine_runner(interrupted);
  const auto progress = [&bar](std::size_t done, std::size_t total, const std::string& program) {
    detail("validate " + program);
    bar.relabel(program);
    bar.update(done, total);
  };
  Record record{version(), validation::validate(programs, places, *runner, progress, interrupted)};
  record.interrupted = interrupted();
  return record;
}

std::string render(const Record& record, const std::string& format,
                   const reports::TableView& view) {
  if (format == "json") return validation::to_json(record);
  if (format == "csv") return validation::to_csv(record);
  if (format == "markdown") return validation::to_markdown(record);
  return validation::to_table(record, view);
}

// No, when a row that judges the model is further off than the user accepts.
ExitStatus status_of(const Record& record, const std::optional<double>& max_error_percent) {
  if (record.interrupted) return ExitStatus::kInterrupted;
  if (!max_error_percent) return ExitStatus::kDone;
  const std::optional<validation::ErrorSummary> errors = validation::judged_errors(record);
  return errors && errors->worst_percent > *max_error_percent ? ExitStatus::kNo : ExitStatus::kDone;
}

// Nothing was compared: the reasons, each with how many programs have it, most first.
std::string nothing_compared(const Record& record) {
  std::map<std::string, std::size_t> counts;
  for (const Row& row : record.rows) ++counts[row.reason];
  std::vector<std::pair<std::string, std::size_t>> reasons(counts.begin(), counts.end());
  std::ranges::stable_sort(reasons, std::ranges::greater{},
                           &std::pair<std::string, std::size_t>::second);
  constexpr std::size_t kShown = 3;
  std::string text = "nothing was compared";
  for (std::size_t i = 0; i < std::min(kShown, reasons.size()); ++i) {
    text += fmt::format("; {} ({} program{})", reasons[i].first, reasons[i].second,
                        reasons[i].second == 1 ? "" : "s");
  }
  if (reasons.size() > kShown) text += fmt::format("; and {} more", reasons.size() - kShown);
  return text;
}

// A run that compared nothing has no answer: what it needs is not here, or every program failed.
ExitStatus status_of_run(const Record& record, const std::optional<double>& max_error_percent) {
  const auto is = [](Row::Status status) {
    return [status](const Row& row) { return row.status == status; };
  };
  if (record.interrupted) {
    remark(fmt::format("interrupted; {} of {} programs were compared",
                       std::ranges::count_if(record.rows, is(Row::Status::kDone)),
                       record.rows.size()));
  } else if (std::ranges::none_of(record.rows, is(Row::Status::kDone))) {
    complain(nothing_compared(record));
    return std::ranges::all_of(record.rows, is(Row::Status::kSkipped)) ? ExitStatus::kBadInput
                                                                       : ExitStatus::kNo;
  }
  return status_of(record, max_error_percent);
}

// Published points of accelerators: nothing is built or run.
ExitStatus validate_accelerators(const Arguments& arguments) {
  const std::vector<validation::AcceleratorPoint> points = validation::compare_accelerators(
      data_directory() / "validation" / "points" / "accelerators.yaml");
  std::string text;
  if (arguments.format == "json") {
    text = validation::to_json(points, version());
  } else if (arguments.format == "csv") {
    text = validation::to_csv(points);
  } else if (arguments.format == "markdown") {
    text = validation::to_markdown(points);
  } else {
    text = validation::to_table(points, view_for(arguments.view, arguments.output));
  }
  write_output(arguments.output, text);
  const auto errors = validation::measured_errors(points, "");
  const bool no =
      arguments.max_error_percent && errors && errors->worst_percent > *arguments.max_error_percent;
  return no ? ExitStatus::kNo : ExitStatus::kDone;
}

ExitStatus run_validate(const Arguments& arguments) {
  CommandFiles files;
  files.reads("--record", arguments.record);
  files.reads_sources("--sources", arguments.sources);
  files.writes("--output", arguments.output);
  files.check();
  if (!arguments.record.empty() || arguments.accelerators) {
    files.confine();
  } else {
    files.confine_compiling(arguments.keep.empty() ? std::vector<fs::path>{}
                                                   : std::vector<fs::path>{arguments.keep});
  }
  if (arguments.accelerators) return validate_accelerators(arguments);
  const reports::TableView view = view_for(arguments.view, arguments.output);
  std::string text;
  ExitStatus status = ExitStatus::kDone;
  if (arguments.record.empty()) {
    const std::vector<validation::Program> programs = chosen_programs(arguments);
    const validation::Places places{
        arguments.sources, data_directory() / "validation" / "support", {}};
    if (arguments.list) {
      text = list_text(programs, places, view);
    } else {
      const Record record = run_programs(programs, places, arguments.keep);
      // Written before its verdict: what was done counts, whatever is said of it.
      write_output(arguments.output, render(record, arguments.format, view));
      return status_of_run(record, arguments.max_error_percent);
    }
  } else {
    const Record record = validation::read_record(read_input_text(arguments.record, kMostTextBytes),
                                                  arguments.record);
    text = render(record, arguments.format, view);
    status = status_of(record, arguments.max_error_percent);
  }
  write_output(arguments.output, text);
  return status;
}

}  // namespace

void add_validate_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "validate", "Compare predictions with published measurements of the same programs");
  command
      ->add_option(
          "-s,--sources", arguments->sources,
          "Folder that holds the programs' sources: embench-iot, coremark, firmware, CMSIS_5, tiny")
      ->type_name("DIR");
  command
      ->add_option("--only", arguments->only, "Only these suites or programs, separated by commas")
      ->delimiter(',')
      ->type_name("NAME");
  command->add_option("-f,--format", arguments->format, "What the record is written as")
      ->check(CLI::IsMember({"table", "json", "csv", "markdown"}))
      ->type_name("WORD")
      ->capture_default_str();
  command
      ->add_option("-o,--output", arguments->output,
                   "Write the record here, not to stdout; - is stdout")
      ->type_name("FILE");
  command->add_flag("--list", arguments->list, "Show what would be compared, and what is missing");
  command->add_flag("--accelerators", arguments->accelerators,
                    "Compare accelerators with published points instead; needs no sources");
  command
      ->add_option("--record", arguments->record,
                   "Show this JSON record instead of running; - is stdin")
      ->type_name("FILE.json");
  command->add_option("--keep", arguments->keep, "Build in this folder and keep it")
      ->type_name("DIR");
  add_number_option(
      *command, "--max-error", arguments->max_error_percent,
      {.kind = NumberKind::kPercent, .least = 0},
      "Exit with status 1 when a prediction of the same binary or source is further off");
  add_table_options(*command, arguments->view);
  command->footer(
      "Examples:\n"
      "  boardless validate --list\n"
      "  boardless validate --sources ~/sources --only embench\n"
      "  boardless validate --sources ~/sources --format json -o docs/validation.json\n"
      "  boardless validate --accelerators --sort=-error_percent --top 5\n"
      "Programs whose sources or compiler are not here are listed as skipped; exit status 2 when "
      "that\n"
      "is all of them, 1 when none of those that ran gave an answer.");
  command->callback([arguments, &status] { status = run_validate(*arguments); });
}

}  // namespace boardless::cli
