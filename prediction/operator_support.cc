// Asks the operators' records, and the images for their symbols.
#include "prediction/operator_support.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "prediction/predict.h"
#include "workloads/operators/operator_record.h"

namespace boardless::prediction {
namespace {

// An image of each library, and the libraries that it is asked for.
struct LibraryImage {
  std::string library;
  sim::ElfImage image;
};

std::vector<LibraryImage> library_images() {
  constexpr std::array<std::array<const char*, 2>, 4> kImages{
      {{"reference", "v7e-m"}, {"scalar", "v6-m"}, {"dsp", "v7e-m"}, {"mve", "v8.1-m.main"}}};
  std::vector<LibraryImage> images;
  for (const auto& [library, image] : kImages) {
    images.push_back({library, bundled_image(image).elf});
  }
  return images;
}

std::string types_text(const workloads::Kernel& kernel) {
  const std::string_view input = data_type_name(kernel.input);
  const std::string_view output = data_type_name(kernel.output);
  if (kernel.weights && *kernel.weights != kernel.input) {
    return fmt::format("{} with {} weights", input, data_type_name(*kernel.weights));
  }
  // A handle of a variable is no data.
  if (kernel.input == kernel.output || kernel.input == workloads::DataType::kResource) {
    return std::string(output);
  }
  return fmt::format("{} to {}", input, output);
}

}  // namespace

std::vector<OperatorSupport> operator_support() {
  const std::vector<LibraryImage> images = library_images();
  std::vector<OperatorSupport> operators;
  for (const workloads::OperatorRecord* record : workloads::all_operators()) {
    if (!record->is_run()) continue;
    OperatorSupport& support = operators.emplace_back();
    support.name = record->custom_name.empty() ? operator_name(record->kind) : record->custom_name;
    support.note = record->note;
    support.lite_note = record->lite_note;
    for (const workloads::Kernel& kernel : record->kernels) {
      KernelSupport& supported = support.kernels.emplace_back();
      supported.types = types_text(kernel);
      supported.kernel = kernel.name.text();
      supported.within = kernel.tolerance.text();
      for (const LibraryImage& in : images) {
        if (in.image.find(fmt::format("{}_{}", in.library, supported.kernel)) == nullptr) continue;
        supported.libraries.push_back(in.library);
      }
    }
  }
  std::ranges::sort(operators, {}, &OperatorSupport::name);
  return operators;
}

}  // namespace boardless::prediction
