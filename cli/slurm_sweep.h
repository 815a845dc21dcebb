// Has a Slurm cluster answer a sweep: submits the job array and waits for it.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boardless::cli {

struct SlurmOptions {
  bool asked = false;
  std::uint64_t tasks = 16;    // at the most
  std::string sbatch_options;  // separated by blanks
  std::string folder;          // empty: the space's name with .slurm behind it, in this folder
};

void add_slurm_options(CLI::App& command, SlurmOptions& options);

// What of the space has to be known before it is submitted; another process found it out.
struct SpaceSize {
  std::uint64_t points = 0, batches = 0;
};

// The stores of what the tasks answered; nothing when the user interrupted it: the job goes on.
// `sweep_options`: more words of each task's sweep. Throws InputError: no sbatch, or what it said.
std::optional<std::vector<std::filesystem::path>> answer_by_slurm(
    const std::string& space, const SpaceSize& size, const SlurmOptions& options,
    const std::vector<std::string>& sweep_options);

}  // namespace boardless::cli
