// Loads images where they were built.
#include "tests/prediction/kernel_images.h"

#include <functional>
#include <map>

#include "base/data_files.h"

namespace boardless::prediction {

std::string KernelLibrary::name() const {
  return std::string(variant->name) +
         (preference == KernelPreference::kReference ? " reference" : " optimized");
}

const sim::ElfImage& built_image(std::string_view variant) {
  static std::map<std::string, sim::ElfImage, std::less<>> images;
  const auto known = images.find(variant);
  if (known != images.end()) return known->second;
  const std::string file = std::string(variant) + ".elf";
  return images.emplace(variant, sim::load_elf(data_directory() / "kernels" / file)).first->second;
}

std::vector<KernelLibrary> all_libraries() {
  std::vector<KernelLibrary> libraries;
  for (const isa::Variant& variant : isa::variants()) {
    if (!variant.has_kernels) continue;
    const sim::ElfImage& image = built_image(variant.name);
    libraries.push_back({&variant, &image, KernelPreference::kReference});
    libraries.push_back({&variant, &image, KernelPreference::kOptimized});
  }
  return libraries;
}

}  // namespace boardless::prediction
