// Words first; everything else is a folder.
#include "cli/kernel_argument.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/suggest.h"
#include "cli/progress_bar.h"
#include "prediction/compiled_library.h"
#include "toolchain/kernel_builder.h"

namespace boardless::cli {
namespace {

using prediction::KernelPreference;

constexpr char kDefaultFlags[] = "-O3";
constexpr std::array<std::pair<const char*, KernelPreference>, 3> kWords{
    {{"auto", KernelPreference::kAuto},
     {"reference", KernelPreference::kReference},
     {"optimized", KernelPreference::kOptimized}}};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

void refuse_library_options(const KernelArgument& argument) {
  for (const auto& [option, value] :
       {std::pair{"--kernel-flags", &argument.flags}, {"--kernel-compiler", &argument.compiler}}) {
    if (value->empty()) continue;
    throw InputError(
        fmt::format("{} {}: the bundled kernels are compiled already; goes with --kernels FOLDER",
                    option, *value));
  }
}

// A word mistyped, rather than a folder that is not there.
void refuse_near_word(const std::string& kernels) {
  std::error_code ignored;
  if (std::filesystem::exists(kernels, ignored)) return;
  std::vector<std::string> words;
  for (const auto& [word, preference] : kWords) words.emplace_back(word);
  const std::string near = nearest_word(kernels, words);
  if (near.empty()) return;
  throw InputError(
      fmt::format("--kernels {}: neither a word nor a folder; did you mean '{}'?", kernels, near));
}

}  // namespace

void add_kernel_options(CLI::App& command, KernelArgument& argument) {
  command
      .add_option(
          "-k,--kernels", argument.kernels,
          "auto: the fastest bundled ones the core can run; reference: portable C; optimized; "
          "or the folder of a kernel library of yours (CMSIS-NN), compiled for each core")
      ->capture_default_str()
      ->type_name("auto|reference|optimized|DIR");
  command
      .add_option("--kernel-flags", argument.flags,
                  fmt::format("Compiler flags for the library in DIR; default: {}", kDefaultFlags))
      ->type_name("FLAGS");
  command
      .add_option("--kernel-compiler", argument.compiler,
                  "Compiler for the library in DIR; default: the one of the bundled kernels")
      ->type_name("GCC");
}

void choose_kernels(const KernelArgument& argument, std::span<const targets::Target> targets,
                    prediction::PredictOptions& options) {
  for (const auto& [word, preference] : kWords) {
    if (argument.kernels != word) continue;
    refuse_library_options(argument);
    options.kernels = preference;
    return;
  }
  refuse_near_word(argument.kernels);
  toolchain::BuildOptions build;
  build.compiler = argument.compiler;
  build.flags = words_of(argument.flags.empty() ? kDefaultFlags : argument.flags);
  build.cache_folder = toolchain::default_cache_folder();
  const toolchain::KernelBuilder builder(argument.kernels, std::move(build));
  std::optional<ProgressBar> bar;
  prediction::use_compiled_library(builder, targets, options, [&](const std::string& image) {
    bar.emplace(fmt::format("{} for {}", builder.title(), image));
    return [&bar](std::size_t done, std::size_t total) { bar->update(done, total); };
  });
}

}  // namespace boardless::cli
