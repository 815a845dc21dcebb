// Words first; everything else is a folder.
#include "prediction/kernel_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/suggest.h"

namespace boardless::prediction {
namespace {

constexpr std::array<std::pair<const char*, KernelPreference>, 3> kWords{
    {{"auto", KernelPreference::kAuto},
     {"reference", KernelPreference::kReference},
     {"optimized", KernelPreference::kOptimized}}};

const KernelPreference* preference_of(const std::string& kernels) {
  const auto known =
      std::ranges::find(kWords, kernels, [](const auto& each) { return each.first; });
  return known == kWords.end() ? nullptr : &known->second;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

void refuse_library_options(const KernelSource& source) {
  for (const auto& [option, value] :
       {std::pair{"--kernel-flags", &source.flags}, {"--kernel-compiler", &source.compiler}}) {
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
  const std::string near = nearest_word(kernels, kernel_words());
  if (near.empty()) return;
  throw InputError(
      fmt::format("--kernels {}: neither a word nor a folder; did you mean '{}'?", kernels, near));
}

}  // namespace

std::vector<std::string> kernel_words() {
  std::vector<std::string> words;
  for (const auto& [word, preference] : kWords) words.emplace_back(word);
  return words;
}

bool is_library(const std::string& kernels) {
  std::error_code ignored;
  return preference_of(kernels) == nullptr && std::filesystem::is_directory(kernels, ignored);
}

void choose_kernels(const KernelSource& source, std::span<const targets::Target> targets,
                    PredictOptions& options, const CompileProgress& progress) {
  if (const KernelPreference* const preference = preference_of(source.kernels)) {
    refuse_library_options(source);
    options.kernels = *preference;
    return;
  }
  refuse_near_word(source.kernels);
  toolchain::BuildOptions build;
  build.compiler = source.compiler;
  build.flags = words_of(source.flags.empty() ? kDefaultLibraryFlags : source.flags);
  build.cache_folder = toolchain::default_cache_folder();
  const toolchain::KernelBuilder builder(source.kernels, std::move(build));
  use_compiled_library(builder, targets, options, [&](const std::string& image) {
    return progress ? progress(builder.title(), image) : toolchain::KernelBuilder::Progress();
  });
}

}  // namespace boardless::prediction
