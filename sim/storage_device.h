// Words that keep what was written to them: peripherals that nothing depends on.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>

#include "sim/address_space.h"

namespace boardless::sim {

// Sparse: only pages that were written take memory; everything else reads as zero.
class StorageDevice final : public Device {
 public:
  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override {
    std::uint32_t value = 0;
    const auto page = pages_.find(offset / kPage);
    if (page == pages_.end()) return 0;
    for (std::uint32_t i = 0; i < bytes; ++i) {
      value |= std::uint32_t{(*page->second)[offset % kPage + i]} << 8 * i;
    }
    return value;
  }
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override {
    std::unique_ptr<Page>& page = pages_[offset / kPage];
    if (page == nullptr) page = std::make_unique<Page>();
    for (std::uint32_t i = 0; i < bytes; ++i) {
      (*page)[offset % kPage + i] = static_cast<std::uint8_t>(value >> 8 * i);
    }
  }

 private:
  static constexpr std::uint32_t kPage = 1024;
  using Page = std::array<std::uint8_t, kPage>;
  std::unordered_map<std::uint32_t, std::unique_ptr<Page>> pages_;
};

}  // namespace boardless::sim
