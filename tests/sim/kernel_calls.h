// The built kernel images, and calls of their kernels with operands laid out by hand.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/data_files.h"
#include "isa/variant.h"
#include "kernels/memory_map.h"
#include "sim/elf_image.h"
#include "sim/kernel_machine.h"
#include "tests/parameter_name.h"

namespace boardless::sim::testing {

inline std::filesystem::path image_path(std::string_view variant) {
  return data_directory() / "kernels" / (std::string(variant) + ".elf");
}

inline ElfImage built_image(const isa::Variant& variant) {
  return load_elf(image_path(variant.name));
}

// Parameters of tests that run on every image, and how GoogleTest calls them.
inline std::vector<std::string_view> variant_names() {
  std::vector<std::string_view> names;
  for (const isa::Variant& variant : isa::variants()) {
    if (variant.has_kernels) names.push_back(variant.name);
  }
  return names;
}
inline std::string image_name(const ::testing::TestParamInfo<std::string_view>& info) {
  return parameter_name(info.param);
}

// An image of a few Thumb instructions at the start of the code window.
inline ElfImage hand_made_image(std::initializer_list<std::uint16_t> code) {
  Segment segment{kernels::kCodeBase, {}};
  for (const std::uint16_t halfword : code) {
    segment.bytes.push_back(static_cast<std::uint8_t>(halfword));
    segment.bytes.push_back(static_cast<std::uint8_t>(halfword >> 8));
  }
  ElfImage image;
  image.file = "hand-made";
  image.symbols = {
      {"entry", kernels::kCodeBase, static_cast<std::uint32_t>(segment.bytes.size()), true}};
  image.mappings = {{kernels::kCodeBase, true}};
  image.segments.push_back(std::move(segment));
  return image;
}

// A machine whose constants window is filled from its start, and its arena by the caller.
class Caller {
 public:
  static constexpr std::uint32_t kInput = kernels::kArenaBase;
  static constexpr std::uint32_t kOutput = kernels::kArenaBase + 0x1000;
  static constexpr std::uint32_t kScratch = kernels::kArenaBase + 0x2000;

  Caller(const isa::Variant& variant, const ElfImage& image) : machine(variant, image, 0x1000) {
    machine.map_arena(0x4000);
  }

  // Copies into the constants window and returns the address.
  std::uint32_t constant(const void* data, std::size_t size) {
    const std::uint32_t address = next_;
    std::memcpy(machine.constants().at(address, size).data(), data, size);
    next_ += static_cast<std::uint32_t>((size + 15) / 16 * 16);
    return address;
  }

  template <class Params>
  KernelCall prepare(const std::string& function, const Params& params,
                     std::initializer_list<std::uint32_t> operands) {
    const std::vector<std::uint32_t> list(operands);
    KernelCall call{function, constant(&params, sizeof params), 0, kScratch};
    call.operands = constant(list.data(), list.size() * sizeof(std::uint32_t));
    return call;
  }

  void put(std::uint32_t address, std::initializer_list<int> values) {
    const auto bytes = machine.arena().at(address, values.size());
    std::transform(values.begin(), values.end(), bytes.begin(),
                   [](int value) { return static_cast<std::uint8_t>(value); });
  }
  std::vector<int> values(std::uint32_t address, std::size_t count) {
    std::vector<int> result;
    for (const std::uint8_t byte : machine.arena().at(address, count)) {
      result.push_back(static_cast<std::int8_t>(byte));
    }
    return result;
  }

  KernelMachine machine;

 private:
  std::uint32_t next_ = kernels::kConstantsBase;
};

}  // namespace boardless::sim::testing
