// A sweep as a job array of a Slurm cluster: each task answers a shard of the points into a store
// of its own. A task that is killed and requeued goes on where its store is.
//
// https://slurm.schedmd.com/job_array.html, sbatch(1), squeue(1)
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace boardless::exploration {

struct ArrayJob {
  std::filesystem::path program;           // boardless, as the nodes find it
  std::filesystem::path space;             // absolute
  std::filesystem::path folder;            // absolute: script, logs and stores of the shards
  std::uint64_t tasks = 1;                 // shards
  std::vector<std::string> sweep_options;  // more words for each task's sweep
  std::vector<std::string> sbatch_options;
};

// What a task runs. Its exit status says whether it ended, not what the answers are.
std::string job_script(const ArrayJob& job);

std::filesystem::path shard_store(const ArrayJob& job, std::uint64_t shard);

// Writes the script and submits it; the job's number. A task's log is shard_N.log in the folder.
// Throws InputError: no sbatch, or what it said.
std::string submit(const ArrayJob& job);

// Whether no task waits or runs any more. Where the controller does not answer, none has ended.
bool has_ended(const std::string& number);

}  // namespace boardless::exploration
