// Choosing by what symbols the image has.
#include "prediction/kernel_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/error.h"

namespace boardless::prediction {
namespace {

constexpr std::string_view kReference = "reference";
constexpr std::array<std::string_view, 1> kOptimized{"dsp"};  // fastest first

bool has_kernel(const sim::ElfImage& image, std::string_view library, const std::string& kernel) {
  return image.find(fmt::format("{}_{}", library, kernel)) != nullptr;
}

bool has_library(const sim::ElfImage& image, std::string_view library) {
  return std::ranges::any_of(image.symbols, [&](const sim::Symbol& symbol) {
    return symbol.is_function && symbol.name.starts_with(library) &&
           symbol.name.substr(library.size()).starts_with('_');
  });
}

}  // namespace

std::vector<KernelChoice> choose_kernels(const workloads::Graph& graph,
                                         const workloads::PreparedModel& model,
                                         const sim::ElfImage& image, KernelPreference preference) {
  std::vector<KernelChoice> choices;
  const bool image_is_optimized = std::ranges::any_of(
      kOptimized, [&](std::string_view library) { return has_library(image, library); });
  for (const workloads::PreparedOperator& op : model.operators) {
    KernelChoice choice;
    if (preference != KernelPreference::kReference) {
      for (const std::string_view library : kOptimized) {
        if (choice.function.empty() && has_kernel(image, library, op.kernel)) {
          choice.function = fmt::format("{}_{}", library, op.kernel);
        }
      }
    }
    if (choice.function.empty()) {
      if (!has_kernel(image, kReference, op.kernel)) {
        const workloads::Operator& source =
            graph.operators[static_cast<std::size_t>(op.operator_index)];
        throw InputError(fmt::format(
            "{}: operator {} ({}): no kernel {} for this core; kernels exist for int8 tensors",
            graph.name, op.operator_index, workloads::operator_name(source.kind), op.kernel));
      }
      choice.function = fmt::format("{}_{}", kReference, op.kernel);
      if (preference != KernelPreference::kReference) {
        choice.note = image_is_optimized ? "no optimised kernel for this operator"
                                         : "no optimised kernels for this instruction set";
      }
    }
    choices.push_back(choice);
  }
  return choices;
}

std::string library_name(std::span<const KernelChoice> choices) {
  for (const std::string_view library : kOptimized) {
    for (const KernelChoice& choice : choices) {
      if (choice.function.starts_with(library)) return std::string(library);
    }
  }
  return std::string(kReference);
}

}  // namespace boardless::prediction
