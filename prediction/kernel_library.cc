// Choosing by what symbols the image has.
#include "prediction/kernel_library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "base/error.h"

namespace boardless::prediction {
namespace {

constexpr std::string_view kReference = "reference";
constexpr std::array<std::string_view, 3> kOptimized{"mve", "dsp", "scalar"};  // fastest first

bool has_kernel(const sim::ElfImage& image, std::string_view library, const std::string& kernel) {
  return image.find(fmt::format("{}_{}", library, kernel)) != nullptr;
}

bool has_library(const sim::ElfImage& image, std::string_view library) {
  return std::ranges::any_of(image.symbols, [&](const sim::Symbol& symbol) {
    return symbol.is_function && symbol.name.starts_with(library) &&
           symbol.name.substr(library.size()).starts_with('_');
  });
}

// Prefixes of the libraries to look in before the reference, fastest first.
std::vector<std::string> wanted_libraries(const KernelRequest& request) {
  if (!request.library.empty()) return {request.library};
  if (request.preference == KernelPreference::kReference) return {};
  return {kOptimized.begin(), kOptimized.end()};
}

std::string fallback_note(const sim::ElfImage& image, const KernelRequest& request) {
  if (!request.library.empty()) {
    return fmt::format("{} has no kernel for this operator", request.title);
  }
  if (request.preference == KernelPreference::kReference) return "";
  const bool image_is_optimized = std::ranges::any_of(
      kOptimized, [&](std::string_view library) { return has_library(image, library); });
  return image_is_optimized ? "no optimised kernel for this operator"
                            : "no optimised kernels for this instruction set";
}

}  // namespace

std::vector<KernelChoice> choose_kernels(const workloads::Graph& graph,
                                         const workloads::PreparedModel& model,
                                         const sim::ElfImage& image, const KernelRequest& request) {
  std::vector<KernelChoice> choices;
  std::map<std::string, int> missing;
  for (const workloads::PreparedOperator& op : model.operators) {
    KernelChoice choice;
    for (const std::string& library : wanted_libraries(request)) {
      if (choice.function.empty() && has_kernel(image, library, op.kernel)) {
        choice.function = fmt::format("{}_{}", library, op.kernel);
      }
    }
    if (choice.function.empty()) {
      if (!has_kernel(image, kReference, op.kernel)) {
        ++missing[op.kernel];
        continue;
      }
      choice.function = fmt::format("{}_{}", kReference, op.kernel);
      choice.note = fallback_note(image, request);
    }
    choices.push_back(choice);
  }
  if (!missing.empty()) {
    std::vector<std::string> names;
    for (const auto& [kernel, count] : missing)
      names.push_back(fmt::format("{} ({})", kernel, count));
    throw NotModelled(fmt::format("{}: no kernel{} {} for this core", graph.name,
                                  names.size() > 1 ? "s" : "", fmt::join(names, ", ")));
  }
  return choices;
}

KernelChoice declined(const KernelChoice& choice, const workloads::PreparedOperator& op,
                      const KernelRequest& request) {
  const std::string& library = request.title.empty() ? choice.function : request.title;
  return {fmt::format("{}_{}", kReference, op.kernel),
          fmt::format("{} does not take this operator's parameters", library)};
}

std::string library_name(std::span<const KernelChoice> choices, const KernelRequest& request) {
  if (!request.title.empty()) return request.title;
  for (const std::string_view library : kOptimized) {
    for (const KernelChoice& choice : choices) {
      if (choice.function.starts_with(library)) return std::string(library);
    }
  }
  return std::string(kReference);
}

}  // namespace boardless::prediction
