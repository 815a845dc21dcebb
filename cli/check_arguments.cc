// A budget is a stranger's file that names the baseline, which --update writes: who reads it first
// is a child that can write nothing.
#include "cli/check_arguments.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/child_answer.h"
#include "base/error.h"
#include "prediction/kernel_source.h"
#include "sim/firmware_image.h"
#include "toolchain/object_store.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using gate::Budget;
using gate::Entry;

CommandFiles files_of(const CheckArguments& arguments) {
  CommandFiles files;
  files.reads("BUDGET", arguments.budget);
  const auto writes = [&](const char* option, const std::string& file) {
    if (!file.empty()) files.writes(option, file);
  };
  writes("--report", arguments.report);
  writes("--junit", arguments.junit);
  writes("--gitlab-code-quality", arguments.code_quality);
  writes("--metrics", arguments.metrics);
  writes("GITHUB_STEP_SUMMARY", arguments.step_summary);
  files.writes("--output", arguments.output);
  return files;
}

constexpr char kRead = '+', kRefused = '-';

// Where --update writes.
std::string baseline_by_child(const CheckArguments& arguments, const CommandFiles& files) {
  const std::optional<std::string> answer = answer_of_child([&]() -> std::string {
    try {
      files.confine();
      return kRead + gate::read_budget(arguments.budget, arguments.files).baseline;
    } catch (const InputError& error) {
      return kRefused + std::string(error.what());
    }
  });
  if (!answer || answer->empty()) throw Bug("the budget was not read: its reader died");
  if (answer->front() == kRefused) throw InputError(answer->substr(1));
  if (answer->size() == 1) {
    throw InputError(arguments.budget +
                     ": --update writes a baseline, and the budget names none: its key 'baseline' "
                     "does, or --baseline");
  }
  return answer->substr(1);
}

// Also what the budget names.
void check_inputs(CommandFiles files, const Budget& budget, bool reads_baseline) {
  if (reads_baseline) files.reads("baseline", budget.baseline);
  for (const Entry& entry : budget.entries) {
    for (const std::string& model : entry.models) files.reads("model", model);
    for (const std::string& target : entry.targets) files.reads_target("targets", target);
    files.reads("input", entry.options.input);
    if (entry.firmware) files.reads("firmware", sim::firmware_file(entry.firmware->file));
    if (prediction::is_library(entry.options.kernels.kernels)) {
      files.reads_sources("kernels", entry.options.kernels.kernels);
    }
  }
  files.check();
}

std::vector<fs::path> caches() {
  try {
    const fs::path cache = toolchain::default_cache_folder();
    fs::create_directories(cache);
    return {cache};
  } catch (const std::exception&) {
    return {};  // nowhere to keep what is compiled: said when something is
  }
}

}  // namespace

Budget read_confined(const CheckArguments& arguments) {
  CommandFiles files = files_of(arguments);
  files.check();
  if (arguments.update) {
    files.writes("--update", baseline_by_child(arguments, files));
    files.check();
  }
  files.confine_compiling(caches());
  Budget budget = gate::read_budget(arguments.budget, arguments.files);
  const bool compiles = std::ranges::any_of(budget.entries, [](const Entry& entry) {
    return prediction::is_library(entry.options.kernels.kernels);
  });
  if (!compiles) files.confine();
  check_inputs(files, budget, !arguments.update && !budget.baseline.empty());
  return budget;
}

}  // namespace boardless::cli
