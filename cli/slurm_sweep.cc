#include "cli/slurm_sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <thread>

#include "base/program_file.h"
#include "base/visible_text.h"
#include "cli/interrupt.h"
#include "cli/number_option.h"
#include "cli/progress_bar.h"
#include "cli/verbosity.h"
#include "exploration/array_job.h"
#include "store/result_store.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using exploration::ArrayJob;
using store::ResultStore;

ArrayJob job_of(const std::string& space, const SpaceSize& size, const SlurmOptions& options,
                const std::vector<std::string>& sweep_options) {
  ArrayJob job;
  job.program = program_file();
  job.space = fs::absolute(space);
  job.folder =
      fs::absolute(options.folder.empty() ? job.space.stem().string() + ".slurm" : options.folder);
  job.tasks = std::clamp<std::uint64_t>(size.batches, 1, options.tasks);
  job.sweep_options = sweep_options;
  std::istringstream words(options.sbatch_options);
  for (std::string word; words >> word;) job.sbatch_options.push_back(word);
  return job;
}

std::vector<fs::path> stores_of(const ArrayJob& job) {
  std::vector<fs::path> stores;
  for (std::uint64_t shard = 1; shard <= job.tasks; ++shard) {
    std::error_code ignored;
    fs::path store = exploration::shard_store(job, shard);
    if (fs::exists(store, ignored)) stores.push_back(std::move(store));
  }
  return stores;
}

std::uint64_t rows_of(const ArrayJob& job) {
  std::uint64_t rows = 0;
  for (const fs::path& store : stores_of(job)) {
    try {
      rows += ResultStore::open(store, store::Access::kRead, store::Damage::kRefuse).rows();
    } catch (const std::exception&) {  // a task makes it this moment
    }
  }
  return rows;
}

// Looks more and more rarely: a controller has other users.
bool wait_for(const ArrayJob& job, const std::string& number, std::uint64_t points) {
  constexpr std::chrono::milliseconds kStep{200};
  constexpr std::chrono::seconds kMost{15};
  std::chrono::milliseconds period{1000};
  ProgressBar bar("slurm " + number);
  while (!exploration::has_ended(number)) {
    if (bar.visible()) bar.update(std::min(rows_of(job), points), points);
    for (std::chrono::milliseconds waited{}; waited < period; waited += kStep) {
      if (interrupted()) return false;
      std::this_thread::sleep_for(kStep);
    }
    period = std::min<std::chrono::milliseconds>(period * 3 / 2, kMost);
  }
  return true;
}

}  // namespace

void add_slurm_options(CLI::App& command, SlurmOptions& options) {
  const char* group = "Cluster";
  command
      .add_flag("--slurm", options.asked,
                "Have a Slurm cluster answer the points as a job array, wait for it and merge the "
                "answers into the store")
      ->group(group);
  add_number_option(command, "--array", options.tasks, {.least = 1, .most = 10'000},
                    "With --slurm: so many tasks at the most")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--sbatch-args", options.sbatch_options,
                  "With --slurm: more options of sbatch, separated by blanks, such as "
                  "'--time=1:00:00 --cpus-per-task=8'")
      ->type_name("TEXT")
      ->group(group);
  command
      .add_option("--slurm-folder", options.folder,
                  "With --slurm: where the tasks' script, logs and stores lie, visible to all "
                  "nodes; default: SPACE.slurm in this folder")
      ->type_name("DIR")
      ->group(group);
}

std::optional<std::vector<fs::path>> answer_by_slurm(
    const std::string& space, const SpaceSize& size, const SlurmOptions& options,
    const std::vector<std::string>& sweep_options) {
  const ArrayJob job = job_of(space, size, options, sweep_options);
  fs::create_directories(job.folder);
  const std::string number = exploration::submit(job);
  remark(fmt::format("job {}: {} task{}, logs in {}", number, job.tasks, job.tasks == 1 ? "" : "s",
                     visible(job.folder.string())));
  if (!wait_for(job, number, size.points)) {
    remark(
        fmt::format("job {} goes on: 'scancel {}' ends it; this command again goes on from what "
                    "is answered",
                    number, number));
    return std::nullopt;
  }
  return stores_of(job);
}

}  // namespace boardless::cli
