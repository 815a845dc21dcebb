// The built kernel images, loaded once, and the kernel libraries in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "isa/variant.h"
#include "prediction/kernel_library.h"
#include "sim/elf_image.h"

namespace boardless::prediction {

struct KernelLibrary {
  const isa::Variant* variant = nullptr;
  const sim::ElfImage* image = nullptr;
  KernelPreference preference = KernelPreference::kReference;
  std::string name() const;  // "v7e-m optimized"
};

const sim::ElfImage& built_image(std::string_view variant);

// Every image's reference library, and its optimised one where it has one.
std::vector<KernelLibrary> all_libraries();

}  // namespace boardless::prediction
