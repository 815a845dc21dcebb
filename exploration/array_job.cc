#include "exploration/array_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "base/output_file.h"
#include "base/visible_text.h"
#include "toolchain/process.h"

namespace boardless::exploration {
namespace {

namespace fs = std::filesystem;
using toolchain::ProcessResult;

constexpr char kTask[] = "${SLURM_ARRAY_TASK_ID}";

// As a POSIX shell takes it for one word.
std::string quoted(const std::string& word) {
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// The same with the task's number in place of `mark`.
std::string quoted_with_task(const fs::path& path, const std::string& mark) {
  std::string word = quoted(path.string());
  const std::size_t at = word.rfind(mark);
  return word.replace(at, mark.size(), fmt::format("'\"{}\"'", kTask));
}

std::string first_line(const std::string& text) {
  const std::string line = text.substr(0, text.find('\n'));
  return visible(line.empty() ? "it said nothing" : line);
}

fs::path store_named(const ArrayJob& job, const std::string& shard) {
  return job.folder / ("shard_" + shard + ".db");
}

}  // namespace

fs::path shard_store(const ArrayJob& job, std::uint64_t shard) {
  return store_named(job, fmt::format("{}", shard));
}

std::string job_script(const ArrayJob& job) {
  std::string command = fmt::format(
      "{} -q sweep {} --shard \"{}/{}\" --store {} --jobs \"${{SLURM_CPUS_PER_TASK:-1}}\" "
      "--output /dev/null",
      quoted(job.program.string()), quoted(job.space.string()), kTask, job.tasks,
      quoted_with_task(store_named(job, "%a"), "%a"));
  for (const std::string& word : job.sweep_options) command += ' ' + quoted(word);
  // Answered, whatever the answers: 1 (no point meets everything), 3 and 4 (none is modelled).
  return "#!/bin/sh\n" + command +
         "\nstatus=$?\ncase $status in 1 | 3 | 4) exit 0 ;; *) exit $status ;; esac\n";
}

std::string submit(const ArrayJob& job) {
  const fs::path script = job.folder / "job.sh";
  write_file(script.string(), job_script(job));
  std::vector<std::string> words{"sbatch",
                                 "--parsable",
                                 fmt::format("--array=1-{}", job.tasks),
                                 "--job-name=boardless-sweep",
                                 "--requeue",
                                 "--open-mode=append",
                                 "--output=shard_%a.log",
                                 fmt::format("--chdir={}", job.folder.string())};
  words.insert(words.end(), job.sbatch_options.begin(), job.sbatch_options.end());
  words.push_back(script.string());
  const ProcessResult result = toolchain::run_process(words);
  if (!result.found) throw InputError("--slurm: sbatch was not found");
  if (!result.succeeded()) {
    throw InputError(fmt::format("--slurm: sbatch refused the job: {}", first_line(result.err)));
  }
  // "17", or "17;cluster".
  const auto end =
      std::ranges::find_if_not(result.out, [](unsigned char c) { return std::isdigit(c) != 0; });
  std::string number(result.out.begin(), end);
  if (number.empty()) {
    throw InputError(fmt::format("--slurm: sbatch named no job: {}", first_line(result.out)));
  }
  return number;
}

bool has_ended(const std::string& number) {
  const ProcessResult result = toolchain::run_process(
      {"squeue", "--noheader", "--array", "--jobs=" + number, "--format=%T"});
  if (result.succeeded()) return result.out.empty();
  // The controller forgets a job some minutes after its end.
  return result.err.find("Invalid job id") != std::string::npos;
}

}  // namespace boardless::exploration
