// How vector loads and stores reach memory.
//
// A contiguous access to one direct page is one copy by the host. All others are made of aligned
// accesses of 1, 2 or 4 bytes in the order of their addresses, as large as the bytes that are
// wanted allow: that is also how watched pages and devices see them (isa/memory_port.h).
#pragma once

#include "isa/arm/aligned_access.h"
#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {

// When the base register changes, and whether before the access.
enum class Index { kOffset, kBefore, kAfter };

// The host memory of [address, address + kBytes) in one direct page; null when it is not, or the
// address is no multiple of kAlign.
template <std::uint32_t kBytes, std::uint32_t kAlign>
inline std::uint8_t* direct_range(const std::uintptr_t* pages, std::uint32_t address) {
  const std::uintptr_t entry = pages[address >> kPageShift] - kPageDirect;
  const bool usable = ((entry & (kPageBytes - 1)) | (address & (kAlign - 1))) == 0 &&
                      (address & (kPageBytes - 1)) <= kPageBytes - kBytes;
  return usable ? reinterpret_cast<std::uint8_t*>(entry + address) : nullptr;
}

// Likewise in one watched page.
template <std::uint32_t kBytes, std::uint32_t kAlign>
inline std::uint8_t* watched_range(const std::uintptr_t* pages, std::uint32_t address) {
  const std::uintptr_t entry = pages[address >> kPageShift] - kPageDirect;
  const bool usable = is_watched<std::uint8_t>(entry, address) && (address & (kAlign - 1)) == 0 &&
                      (address & (kPageBytes - 1)) <= kPageBytes - kBytes;
  return usable ? static_cast<std::uint8_t*>(watched_host(entry, address)) : nullptr;
}

// Calls access(offset, size) for the aligned pieces that make up the bytes `wanted` (one bit each)
// from `address` on.
template <class Access>
inline void for_each_piece(std::uint32_t address, std::uint32_t wanted, Access access) {
  for (std::uint32_t offset = 0; wanted >> offset != 0;) {
    const std::uint32_t at = address + offset, here = wanted >> offset;
    std::uint32_t size = here & 1;
    if (at % 2 == 0 && (here & 3) == 3) size = 2;
    if (at % 4 == 0 && (here & 15) == 15) size = 4;
    if (size != 0) access(offset, size);
    offset += size != 0 ? size : 1;
  }
}

// Tells of an access to the first `bytes` bytes, in its pieces.
template <class Observer>
inline void tell_of_range(State& s, const Op* op, Observer observer, std::uint32_t address,
                          std::uint32_t bytes) {
  s.pc = op->pc;
  if ((address | bytes) % 4 == 0) [[likely]] {
    for (std::uint32_t offset = 0; offset < bytes; offset += 4) {
      observer(s.around.sink, address + offset, 4);
    }
    return;
  }
  for_each_piece(address, (1U << bytes) - 1, [&](std::uint32_t offset, std::uint32_t size) {
    observer(s.around.sink, address + offset, size);
  });
}

using Buffer = std::array<std::uint8_t, kVectorBytes>;

// The bytes `wanted` from `address` on; all others are 0.
Buffer load_bytes(State& s, const Op* op, std::uint32_t address, std::uint32_t wanted);
void store_bytes(State& s, const Op* op, std::uint32_t address, std::uint32_t wanted,
                 const Buffer& from);

// One element, which faults when it is not aligned.
template <class T>
inline T load_element(State& s, const Op* op, std::uint32_t address) {
  require_aligned(s, op, address, sizeof(T), false);
  return load<T>(s, op, address);
}
template <class T>
inline void store_element(State& s, const Op* op, std::uint32_t address, T value) {
  require_aligned(s, op, address, sizeof(T), true);
  store<T>(s, op, address, value);
}

}  // namespace boardless::isa::arm
