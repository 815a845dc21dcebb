// Does the script of a cluster's task run the sweep that was asked for, whatever the paths are
// called?
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "exploration/array_job.h"
#include "tests/scratch_folder.h"
#include "toolchain/process.h"

namespace boardless::exploration {
namespace {

// Prints its arguments, one a line.
ArrayJob job_in(const ScratchFolder& folder, const std::string& program_text) {
  ArrayJob job;
  job.program = folder.write("it's a $HOME \"program\".sh", "#!/bin/sh\n" + program_text);
  std::filesystem::permissions(job.program, std::filesystem::perms::owner_all);
  job.space = folder.path() / "a `space`; rm.yaml";
  job.folder = folder.path() / "50 %a percent's";
  job.tasks = 7;
  job.sweep_options = {"--prune=fit,front", "it's"};
  return job;
}

toolchain::ProcessResult run(const ScratchFolder& folder, const ArrayJob& job) {
  ::setenv("SLURM_ARRAY_TASK_ID", "3", 1);
  ::unsetenv("SLURM_CPUS_PER_TASK");
  return toolchain::run_process({"sh", folder.write("job.sh", job_script(job)).string()});
}

TEST(JobScript, RunsOneShard) {
  const ScratchFolder folder;
  const ArrayJob job = job_in(folder, "printf '%s\\n' \"$@\"\n");
  const toolchain::ProcessResult result = run(folder, job);
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out, "-q\nsweep\n" + job.space.string() + "\n--shard\n3/7\n--store\n" +
                            shard_store(job, 3).string() +
                            "\n--jobs\n1\n--output\n/dev/null\n--prune=fit,front\nit's\n");
}

TEST(JobScript, FailsOnlyWhereTheSweepDidNotEnd) {
  const ScratchFolder folder;
  const auto status_after = [&](const std::string& status) {
    return run(folder, job_in(folder, "exit " + status + "\n")).status;
  };
  EXPECT_EQ(status_after("0"), 0);
  EXPECT_EQ(status_after("1"), 0);  // no point meets everything
  EXPECT_EQ(status_after("4"), 0);  // none is modelled
  EXPECT_EQ(status_after("2"), 2);
  EXPECT_EQ(status_after("130"), 130);
}

}  // namespace
}  // namespace boardless::exploration
