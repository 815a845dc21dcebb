#include "cli/sweep_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <sstream>

#include "base/child_answer.h"
#include "base/error.h"
#include "cli/interrupt.h"
#include "cli/store_argument.h"
#include "cli/verbosity.h"
#include "exploration/batches.h"
#include "prediction/kernel_source.h"
#include "toolchain/object_store.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using exploration::Grid;

// Also what the space names.
void check_inputs(CommandFiles files, const exploration::Space& space, const Grid& grid) {
  for (const exploration::ModelChoice& model : grid.models) {
    if (model.is_file) files.reads("models", model.argument);
  }
  for (const std::string& target : space.targets) files.reads_target("targets", target);
  for (const std::string& input : space.inputs) files.reads("input", input);
  for (const exploration::ScoreFile& score : space.scores) files.reads("scores", score.file);
  for (const std::string& kernels : space.kernels) {
    if (prediction::is_library(kernels)) files.reads_sources("kernels", kernels);
  }
  files.check();
}

SpaceSize size_by_child(const SweepArguments& arguments, const CommandFiles& files) {
  const std::optional<std::string> answer = answer_of_child([&]() -> std::string {
    try {
      const Grid grid = read_confined(arguments, files);
      const std::vector<exploration::Point> points =
          exploration::points_of(grid, arguments.most_points());
      return fmt::format("{} {}", points.size(), exploration::batches_of(grid, points).size());
    } catch (const InputError& error) {
      return error.what();
    }
  });
  if (!answer) throw Bug("the space was not read: its reader died");
  SpaceSize size;
  std::istringstream numbers(*answer);
  if (!(numbers >> size.points >> size.batches)) throw InputError(*answer);
  return size;
}

// What each task's sweep is told besides its shard.
std::vector<std::string> words_for_tasks(const SweepArguments& arguments) {
  std::vector<std::string> words{"--yes"};
  if (!arguments.prune.empty()) {
    words.push_back(fmt::format("--prune={}", fmt::join(arguments.prune, ",")));
  }
  if (arguments.options.memory_limit != prediction::default_memory_limit()) {
    words.push_back(fmt::format("--memory-limit={}", arguments.options.memory_limit));
  }
  return words;
}

}  // namespace

CommandFiles files_of(const SweepArguments& arguments) {
  CommandFiles files;
  files.reads("SPACE", arguments.space);
  files.writes("--output", arguments.output);
  if (!arguments.report.empty()) files.writes("--report", arguments.report);
  if (!arguments.no_store) {
    const fs::path file = store::named_store_file(arguments.store);
    if (file.has_parent_path()) fs::create_directories(file.parent_path());
    files.writes("--store", file.string());
  }
  return files;
}

Grid read_confined(const SweepArguments& arguments, const CommandFiles& files) {
  std::vector<fs::path> caches;
  try {
    caches.push_back(toolchain::default_cache_folder());
    fs::create_directories(caches.front());
  } catch (const std::exception&) {
    caches.clear();  // nowhere to keep what is compiled: said when something is
  }
  files.confine_compiling(caches);
  const exploration::Space space = exploration::read_space(arguments.space);
  if (std::ranges::none_of(space.kernels, prediction::is_library)) files.confine();
  Grid grid = exploration::resolve(space, arguments.most_points());
  check_inputs(files, space, grid);
  return grid;
}

bool is_answered_by_cluster(SweepArguments& arguments, const CommandFiles& files) {
  if (arguments.no_store || !arguments.shard.empty()) {
    throw InputError("--slurm makes shards and needs a store: leave out --shard and --no-store");
  }
  const InterruptRequests requests;
  const auto stores = answer_by_slurm(arguments.space, size_by_child(arguments, files),
                                      arguments.slurm, words_for_tasks(arguments));
  if (!stores) return false;
  store::ResultStore kept = open_store(arguments.store);
  for (const fs::path& answered : *stores) {
    try {
      kept.merge(answered);
    } catch (const InputError& error) {  // its task was killed while it made the file
      remark(error.what());
    }
  }
  arguments.options.only_stored = true;
  return true;
}

}  // namespace boardless::cli
