// Compares every result with every input and with the results before it.
#include "cli/command_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/confinement.h"
#include "base/data_files.h"
#include "base/error.h"
#include "base/output_file.h"
#include "cli/output.h"
#include "targets/target.h"
#include "targets/yaml_bases.h"

namespace boardless::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kStdout = "standard output";

// What a compiler reads of a library; what else lies in its folder may be yesterday's result.
bool is_source(const fs::path& file) {
  constexpr std::array<std::string_view, 9> kExtensions{".c",   ".h",   ".inc", ".s", ".S",
                                                        ".cpp", ".hpp", ".cc",  ".ld"};
  return std::ranges::find(kExtensions, file.extension().string()) != kExtensions.end();
}

bool is_below(const fs::path& file, const fs::path& folder) {
  return std::ranges::mismatch(folder, file).in1 == folder.end();
}

std::string called(const std::string& option, const std::string& name) {
  return name.empty() ? option : fmt::format("{} {}", option, name);
}

}  // namespace

void CommandFiles::reads(const std::string& option, const std::string& file) {
  if (file.empty()) return;
  inputs_.push_back({option, file, file == "-" ? identity_of(STDIN_FILENO) : identity_of(file)});
}

void CommandFiles::reads_target(const std::string& option, const std::string& word) {
  if (!targets::is_target_file(word)) return;
  reads(option, word);
  for (const char* kind : {"mcus", "accelerators"}) {
    for (const fs::path& base : targets::bases_of(word, data_directory() / "targets" / kind)) {
      reads(option + "'s base", base.string());
    }
  }
}

void CommandFiles::reads_sources(const std::string& option, const std::string& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) sources_.push_back({option, fs::canonical(folder, error)});
}

void CommandFiles::writes(const std::string& option, const std::string& file) {
  if (is_stdout(file)) {
    outputs_.push_back({option, "", identity_of(STDOUT_FILENO)});
  } else {
    outputs_.push_back({option, file, identity_of(file)});
  }
}

void CommandFiles::check_against_inputs(const File& output) const {
  if (!output.identity) return;
  for (const File& input : inputs_) {
    if (input.identity != output.identity) continue;
    throw InputError(fmt::format("{} would be written over {}: they are the same file",
                                 called(output.option, output.name),
                                 called(input.option, input.name)));
  }
  std::error_code error;
  const fs::path file = fs::canonical(output.name, error);
  for (const Folder& folder : sources_) {
    if (error || !is_source(file) || !is_below(file, folder.path)) continue;
    throw InputError(fmt::format("{} would be written over a source of {} {}",
                                 called(output.option, output.name), folder.option,
                                 folder.path.string()));
  }
}

void CommandFiles::check() const {
  // What a command says beside its results goes there as well.
  std::vector<File> before{{kStdout, "", identity_of(STDOUT_FILENO)}};
  bool stdout_is_taken = false;
  for (const File& output : outputs_) {
    if (output.name.empty()) {
      if (stdout_is_taken) {
        throw InputError(
            fmt::format("{} and {} would both be written to {}; give one of them a file",
                        before.front().option, output.option, kStdout));
      }
      stdout_is_taken = true;
      before.front().option = output.option;
      continue;
    }
    check_against_inputs(output);
    for (const File& other : before) {
      if (!output.identity || other.identity != output.identity) continue;
      throw InputError(fmt::format("{} and {} would be written to the same file",
                                   called(other.option, other.name),
                                   called(output.option, output.name)));
    }
    check_can_be_written(output.name);
    before.push_back(output);
  }
}

std::vector<fs::path> CommandFiles::results() const {
  std::vector<fs::path> files;
  for (const File& output : outputs_) {
    if (!output.name.empty()) files.emplace_back(output.name);
  }
  return files;
}

void CommandFiles::confine() const { boardless::confine({.writes = results(), .reads = {}}); }

void CommandFiles::confine_compiling(std::vector<fs::path> folders) const {
  const std::vector<fs::path> files = results();
  folders.insert(folders.end(), files.begin(), files.end());
  // Compilers look no further than $TMPDIR and this folder.
  std::error_code none;
  const fs::path temporary = fs::temp_directory_path(none);
  folders.push_back(none ? "/tmp" : temporary);
  boardless::confine({.writes = std::move(folders), .reads = {}, .starts_programs = true});
}

}  // namespace boardless::cli
