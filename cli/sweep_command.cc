// Turns arguments into a sweep, its result into a view and an exit status.
#include "cli/sweep_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "base/visible_text.h"
#include "cli/choice_option.h"
#include "cli/command_line.h"
#include "cli/interrupt.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "cli/store_argument.h"
#include "cli/sweep_files.h"
#include "cli/table_options.h"
#include "cli/verbosity.h"
#include "exploration/advice.h"
#include "reports/figures.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using exploration::Grid;
using exploration::Outcome;
using exploration::SweepResult;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

std::string duration_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.1f} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

exploration::Shard read_shard(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t slash = text.find('/');
  const auto part = [&](const std::string& number) {
    const auto read = read_number(number, WholeForm{.least = 1, .most = 1'000'000});
    if (slash == std::string::npos || !read) {
      throw InputError(
          fmt::format("--shard {}: two numbers I/N are needed, such as 1/4", visible(text)));
    }
    return *read;
  };
  const exploration::Shard shard{part(text.substr(0, slash)),
                                 part(slash == std::string::npos ? "" : text.substr(slash + 1))};
  if (shard.number > shard.count) {
    throw InputError(fmt::format("--shard {}: there are {} shards", text, shard.count));
  }
  return shard;
}

exploration::Pruning read_pruning(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  const auto has = [&](const char* word) { return std::ranges::find(words, word) != words.end(); };
  return {has("fit"), has("constraints"), has("front")};
}

// --- running ---

SweepResult run(const Grid& grid, std::vector<exploration::Point> points,
                const exploration::SweepOptions& options) {
  ProgressBar bar("sweep");
  exploration::SweepWatcher watcher;
  watcher.progress = [&](std::size_t done, std::size_t total) { bar.update(done, total); };
  watcher.interrupted = interrupted;
  return exploration::run_sweep(grid, std::move(points), options, watcher);
}

std::string dry_run(const Grid& grid, const std::vector<exploration::Point>& points,
                    const exploration::SweepOptions& options) {
  const exploration::SweepPlan plan = exploration::plan_sweep(grid, points, options);
  const auto count = [](std::uint64_t number) { return reports::with_commas(number); };
  std::string text = fmt::format("points                      {}\n", count(plan.points));
  const std::pair<const char*, std::size_t> parts[] = {
      {"cannot be asked", plan.refused},
      {"cannot fit", plan.misfits},
      {"cannot meet a constraint", plan.beyond_constraints},
      {"in the store", plan.stored}};
  for (const auto& [what, number] : parts) {
    if (number > 0) text += fmt::format("  {:<26}{}\n", what, count(number));
  }
  text += fmt::format("to be answered              {}\n", count(plan.to_run));
  text += fmt::format("runs                        {} ({} million MACs)\n", count(plan.runs),
                      reports::four_digits(plan.macs / 1e6));
  if (plan.samples.empty()) return text;
  const Clock::time_point began = Clock::now();
  exploration::SweepOptions alone = options;
  alone.pruning.front = false;
  alone.shard = {};
  (void)run(grid, plan.samples, alone);
  const double seconds = seconds_since(began);
  const double scale = plan.sample_macs > 0 ? plan.macs / plan.sample_macs : 1;
  text += fmt::format(
      "expected                    {} on {} thread{}, at the most: {} points took {}, the front "
      "prunes more\n",
      duration_text(seconds * std::max(1.0, scale)), options.jobs, options.jobs == 1 ? "" : "s",
      count(plan.samples.size()), duration_text(seconds));
  return text;
}

std::string render(const Grid& grid, const SweepResult& result, const SweepArguments& arguments) {
  if (arguments.why) {
    return fmt::format("{}\n", fmt::join(exploration::why(grid, result, *arguments.why), "\n"));
  }
  switch (arguments.format) {
    case Format::kJson:
      return exploration::to_json(grid, result);
    case Format::kCsv:
      return exploration::to_csv(grid, result);
    case Format::kTable:
      break;
  }
  return exploration::to_table(grid, result, arguments.rows,
                               view_for(arguments.view, arguments.output));
}

// Yes, when a point meets everything; a shard's answer is its store.
ExitStatus status_of(const SweepResult& result, const exploration::Shard& shard) {
  if (result.interrupted) return ExitStatus::kInterrupted;
  bool any = false, fault = false, unmodelled = false;
  for (const Outcome& outcome : result.outcomes) {
    if (outcome.meets) return ExitStatus::kDone;
    any = any || outcome.state == Outcome::State::kAnswered ||
          outcome.state == Outcome::State::kPruned;
    const bool refused = outcome.state == Outcome::State::kRefused;
    fault = fault || (refused && outcome.kind == prediction::Unanswered::Kind::kGuestFault);
    unmodelled =
        unmodelled || (refused && outcome.kind == prediction::Unanswered::Kind::kNotModelled);
  }
  if (any) return shard.count > 1 ? ExitStatus::kDone : ExitStatus::kNo;
  if (fault) return ExitStatus::kGuestFault;
  if (unmodelled) return ExitStatus::kNotModelled;
  const bool none_here = std::ranges::none_of(result.outcomes, [](const Outcome& outcome) {
    return outcome.state == Outcome::State::kRefused;
  });
  return none_here ? ExitStatus::kDone : ExitStatus::kBadInput;
}

void say_what_was_done(const SweepResult& result, const SweepArguments& arguments, double seconds) {
  const auto mine = static_cast<std::size_t>(
      std::ranges::count(result.outcomes, arguments.options.shard.number, &Outcome::shard));
  remark(fmt::format("{} point{}{}: {} from the store, {} run{}, {}", reports::with_commas(mine),
                     mine == 1 ? "" : "s", result.interrupted ? ", interrupted" : "",
                     reports::with_commas(result.stored), reports::with_commas(result.runs),
                     result.runs == 1 ? "" : "s", duration_text(seconds)));
}

void remark_on_damage(const std::optional<store::ResultStore>& kept) {
  if (!kept || kept->damaged_rows() == 0) return;
  remark(fmt::format("{} result{} in the store {} not what was written, and {} computed again",
                     kept->damaged_rows(), kept->damaged_rows() == 1 ? "" : "s",
                     kept->damaged_rows() == 1 ? "was" : "were",
                     kept->damaged_rows() == 1 ? "was" : "were"));
}

// Whether tasks of a cluster ended without answers to some points.
bool says_what_is_missing(const SweepResult& result) {
  const auto missing =
      std::ranges::count(result.outcomes, Outcome::State::kPending, &Outcome::state);
  if (missing == 0) return false;
  complain(
      fmt::format("{} point{} without an answer: a task ended before; its log says why, and "
                  "this command again goes on from what is answered",
                  missing, missing == 1 ? " is" : "s are"));
  return true;
}

ExitStatus run_sweep_command(SweepArguments& arguments) {
  if (arguments.lists_fields) {
    CommandFiles files;
    files.writes("--output", arguments.output);
    files.check();
    write_output(arguments.output,
                 exploration::fields_table(view_for(arguments.view, arguments.output)));
    return ExitStatus::kDone;
  }
  if (arguments.space.empty()) throw InputError("sweep needs a space: boardless sweep SPACE.yaml");
  const Clock::time_point began = Clock::now();
  arguments.options.shard = read_shard(arguments.shard);
  arguments.options.pruning = read_pruning(arguments.prune);
  const CommandFiles files = files_of(arguments);
  files.check();
  if (arguments.slurm.asked && !arguments.dry_run && !is_answered_by_cluster(arguments, files)) {
    return ExitStatus::kInterrupted;
  }
  const Grid grid = read_confined(arguments, files);
  if (arguments.format == Format::kTable && !arguments.dry_run) {
    exploration::require_columns(grid, arguments.view);
  }
  std::vector<exploration::Point> points = exploration::points_of(grid, arguments.most_points());
  if (arguments.why && *arguments.why >= points.size()) {
    throw InputError(
        fmt::format("--why {}: the points are 0 to {}", *arguments.why, points.size() - 1));
  }
  std::optional<store::ResultStore> kept;
  if (!arguments.no_store) arguments.options.store = &kept.emplace(open_store(arguments.store));
  const InterruptRequests requests;
  if (arguments.dry_run) {
    write_output(arguments.output, dry_run(grid, points, arguments.options));
    return interrupted() ? ExitStatus::kInterrupted : ExitStatus::kDone;
  }
  const SweepResult result = run(grid, std::move(points), arguments.options);
  if (!arguments.report.empty())
    write_output(arguments.report, exploration::to_html(grid, result, command_line()));
  write_output(arguments.output, render(grid, result, arguments));
  remark_on_damage(kept);
  say_what_was_done(result, arguments, seconds_since(began));
  if (arguments.slurm.asked && says_what_is_missing(result)) return ExitStatus::kInterrupted;
  return status_of(result, arguments.options.shard);
}

void add_running_options(CLI::App& command, SweepArguments& arguments) {
  const char* group = "Running";
  command
      .add_flag("--dry-run", arguments.dry_run,
                "Say how many points and runs there are, and what they are expected to take")
      ->group(group);
  add_number_option(command, "-j,--jobs", arguments.options.jobs, {.least = 1, .most = 1024},
                    "Use so many threads; default: one for each core")
      ->group(group);
  command
      .add_option("--prune", arguments.prune,
                  "Leave out, before they are run, points that cannot fit, cannot meet the "
                  "constraints, cannot reach the front; default: all three; none: nothing")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"fit", "constraints", "front", "none"}))
      ->type_name("WORD,...")
      ->group(group);
  command
      .add_option("--shard", arguments.shard,
                  "Answer a part of the points, number I of N; their stores are merged later")
      ->type_name("I/N")
      ->group(group);
  add_store_option(command, arguments.store)->group(group);
  command.add_flag("--no-store", arguments.no_store, "Keep nothing, and look nothing up")
      ->group(group);
  command
      .add_flag("--yes", arguments.yes,
                fmt::format("Go on with more than {} points", reports::with_commas(kMostPoints)))
      ->group(group);
  add_number_option(command, "--memory-limit", arguments.options.memory_limit,
                    {.kind = NumberKind::kBytes, .least = 1},
                    "What all models that run at one time may take of this machine, such as 4GiB; "
                    "default: half of its memory")
      ->group(group);
}

}  // namespace

void add_sweep_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<SweepArguments>();
  arguments->options.jobs = std::max(1U, std::thread::hardware_concurrency());
  CLI::App* command = app.add_subcommand(
      "sweep", "Predict all points of a space of models, targets and settings, and find the best");
  command
      ->add_option("space", arguments->space,
                   "A YAML file: axes, conditions, constraints, objectives")
      ->type_name("SPACE.yaml");
  command->add_flag("--fields", arguments->lists_fields,
                    "List the names that conditions, constraints and objectives can use");
  add_choice<exploration::Rows>(*command, "--rows", arguments->rows,
                                {{"front", exploration::Rows::kFront},
                                 {"meets", exploration::Rows::kMeets},
                                 {"all", exploration::Rows::kAll}},
                                "Which points the table shows: those that nothing is better than, "
                                "those that meet every constraint, or all");
  add_number_option(*command, "--why", arguments->why, {},
                    "Say what became of the point with this number, and what it would take to get "
                    "it under the limits");
  add_format_option(*command, arguments->format);
  add_output_option(*command, arguments->output);
  command->add_option("-r,--report", arguments->report, "Write a self-contained HTML page as well")
      ->type_name("FILE.html");
  add_running_options(*command, *arguments);
  add_slurm_options(*command, arguments->slurm);
  add_table_options(*command, arguments->view);
  command->footer(
      "Examples:\n"
      "  boardless sweep space.yaml --dry-run\n"
      "  boardless sweep space.yaml\n"
      "  boardless sweep space.yaml --rows meets --sort price_usd --top 10\n"
      "  boardless sweep space.yaml --report out/sweep.html\n"
      "  boardless sweep space.yaml --why 17\n"
      "  boardless sweep space.yaml --format csv -o points.csv\n"
      "  boardless sweep space.yaml --shard 2/8 --store shard2.db --format json -o shard2.json\n"
      "  boardless sweep space.yaml --slurm --array 64 --sbatch-args '--time=1:00:00'\n"
      "  boardless sweep --fields\n"
      "Exit status 1: no point meets every constraint; 2: the space is wrong; 4: nothing is "
      "modelled.");
  command->callback([arguments, &status] { status = run_sweep_command(*arguments); });
}

}  // namespace boardless::cli
