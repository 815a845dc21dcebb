// Page-aligned host memory behind a window.
#include "sim/guest_memory.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "base/error.h"

namespace boardless::sim {
namespace {
constexpr std::size_t kPage = 4096;
}

void MemoryWindow::Free::operator()(std::uint8_t* p) const { std::free(p); }

MemoryWindow::MemoryWindow(std::string name, std::uint32_t base, std::size_t size, Access access)
    : name_(std::move(name)),
      base_(base),
      size_((std::max<std::size_t>(size, 1) + kPage - 1) / kPage * kPage),
      access_(access) {
  check(base % kPage == 0, "a window starts on a page boundary");
  check(std::uint64_t{base} + size_ <= (std::uint64_t{1} << 32), "a window lies in 32-bit space");
  auto* memory = static_cast<std::uint8_t*>(std::aligned_alloc(kPage, size_));
  if (memory == nullptr) throw std::bad_alloc();
  std::memset(memory, 0, size_);
  data_.reset(memory);
}

std::span<std::uint8_t> MemoryWindow::at(std::uint32_t address, std::size_t size) {
  check(contains(address, size), "a host access to guest memory lies inside its window");
  return {data_.get() + (address - base_), size};
}

}  // namespace boardless::sim
