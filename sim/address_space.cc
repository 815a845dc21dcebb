// The page tables and the slow path behind them.
#include "sim/address_space.h"

#include <cstring>
#include <new>

#include "base/error.h"

namespace boardless::sim {
namespace {

using isa::kPageBytes;
using isa::kPageCode;
using isa::kPageDirect;
using isa::kPageShift;
using isa::kPageWatched;
using isa::MemoryFault;

constexpr std::size_t kPages = std::size_t{1} << (32 - kPageShift);
constexpr std::uintptr_t kFlags = kPageBytes - 1;

std::uint8_t* host_address(std::uintptr_t entry, std::uint32_t address) {
  return reinterpret_cast<std::uint8_t*>((entry & ~kFlags) + address);
}

std::uint32_t value_at(const std::uint8_t* host, std::uint32_t bytes) {
  std::uint32_t value = 0;
  std::memcpy(&value, host, bytes);
  return value;
}

}  // namespace

AddressSpace::Table AddressSpace::make_table() {
  // Zero pages come from the system as they are touched: an empty table costs nothing.
  auto* table = static_cast<std::uintptr_t*>(std::calloc(kPages, sizeof(std::uintptr_t)));
  if (table == nullptr) throw std::bad_alloc();
  return Table(table);
}

AddressSpace::AddressSpace() : read_(make_table()), write_(make_table()) {}

void AddressSpace::map(MemoryWindow& window, std::uint32_t alias) {
  check(alias % kPageBytes == 0, "a window is mapped at a page boundary");
  const auto bytes = static_cast<std::uint32_t>(window.bytes().size());
  const auto host = reinterpret_cast<std::uintptr_t>(window.bytes().data());
  check(host % kPageBytes == 0, "a window's host memory starts on a page boundary");
  for (std::uint32_t offset = 0; offset < bytes; offset += kPageBytes) {
    const std::size_t page = (alias + offset) >> kPageShift;
    read_[page] = (host - alias) | kPageDirect;
    write_[page] = window.is_writable() ? read_[page] : 0;
  }
  mappings_.push_back({alias, bytes, &window, nullptr});
}

void AddressSpace::map(Device& device, std::uint32_t base, std::uint32_t bytes) {
  mappings_.push_back({base, bytes, nullptr, &device});
}

void AddressSpace::watch(std::uintptr_t* table, Closed& closed, std::uint32_t begin,
                         std::uint32_t end) {
  if (begin == end) return;
  for (std::size_t page = begin >> kPageShift; page <= (end - 1) >> kPageShift; ++page) {
    if ((table[page] & kFlags) == kPageDirect) table[page] += kPageWatched - kPageDirect;
  }
  for (auto& [page, entry] : closed) {
    const bool inside = page >= begin >> kPageShift && page <= (end - 1) >> kPageShift;
    if (inside && (entry & kFlags) == kPageDirect) entry += kPageWatched - kPageDirect;
  }
}

void AddressSpace::open_all(std::uintptr_t* table, Closed& closed) {
  for (const auto& [page, entry] : closed) table[page] = entry;
  closed.clear();
}

void AddressSpace::set_guard(const AccessGuard* guard) {
  guard_ = guard;
  open_all(read_.get(), closed_reads_);
  open_all(write_.get(), closed_writes_);
  if (guard_ != nullptr) close_pages();
}

void AddressSpace::close_pages() {
  using Access = AccessGuard::Access;
  const auto close = [&](std::uintptr_t* table, Closed& closed, std::uint32_t address,
                         Access access) {
    const std::size_t page = address >> kPageShift;
    if (table[page] == 0 || guard_->is_open(address, access)) return;
    closed.emplace(page, table[page]);
    table[page] = 0;
  };
  for (const Mapping& mapping : mappings_) {
    if (mapping.window == nullptr) continue;
    for (std::uint32_t offset = 0; offset < mapping.bytes; offset += kPageBytes) {
      close(read_.get(), closed_reads_, mapping.base + offset, Access::kRead);
      close(write_.get(), closed_writes_, mapping.base + offset, Access::kWrite);
    }
  }
}

// A page's entry, closed or not.
std::uintptr_t AddressSpace::entry_of(const std::uintptr_t* table, const Closed& closed,
                                      std::uint32_t address) {
  const std::size_t page = address >> kPageShift;
  if (table[page] != 0 || closed.empty()) return table[page];
  const auto found = closed.find(page);
  return found == closed.end() ? 0 : found->second;
}

void AddressSpace::unwatch() {
  for (const Mapping& mapping : mappings_) {
    for (std::uint32_t offset = 0; offset < mapping.bytes; offset += kPageBytes) {
      const std::size_t page = (mapping.base + offset) >> kPageShift;
      for (std::uintptr_t* entry : {&read_[page], &write_[page]}) {
        if ((*entry & kFlags) == kPageWatched) *entry -= kPageWatched - kPageDirect;
      }
    }
  }
  for (Closed* closed : {&closed_reads_, &closed_writes_}) {
    for (auto& [page, entry] : *closed) {
      if ((entry & kFlags) == kPageWatched) entry -= kPageWatched - kPageDirect;
    }
  }
}

const AddressSpace::Mapping* AddressSpace::find(std::uint32_t address) const {
  if (last_found_ < mappings_.size() && mappings_[last_found_].contains(address)) {
    return &mappings_[last_found_];
  }
  for (std::size_t i = mappings_.size(); i-- > 0;) {
    if (!mappings_[i].contains(address)) continue;
    last_found_ = i;
    return &mappings_[i];
  }
  return nullptr;
}

std::span<const std::uint8_t> AddressSpace::code_from(std::uint32_t address) const {
  const Mapping* mapping = find(address);
  if (mapping == nullptr || mapping->window == nullptr || !mapping->window->is_executable()) {
    return {};
  }
  return mapping->window->bytes().subspan(address - mapping->base);
}

void AddressSpace::mark_code(std::uint32_t begin, std::uint32_t end) {
  for (std::size_t page = begin >> kPageShift; page <= (end - 1) >> kPageShift; ++page) {
    if (write_[page] != 0) write_[page] = (write_[page] & ~kFlags) | kPageCode;
    const auto closed = closed_writes_.find(page);
    if (closed != closed_writes_.end()) closed->second = (closed->second & ~kFlags) | kPageCode;
  }
}

std::uint32_t AddressSpace::load_whole(std::uint32_t address, std::uint32_t bytes) {
  if (guard_ != nullptr) guard_->require(address, bytes, AccessGuard::Access::kRead);
  const std::uintptr_t entry = entry_of(read_.get(), closed_reads_, address);
  if (entry != 0) return value_at(host_address(entry, address), bytes);
  const Mapping* mapping = find(address);
  if (mapping == nullptr || mapping->device == nullptr) {
    throw MemoryFault(MemoryFault::Kind::kUnmapped, address, bytes, false);
  }
  return mapping->device->read(address - mapping->base, bytes);
}

std::uint32_t AddressSpace::load(std::uint32_t address, std::uint32_t bytes) {
  std::uint32_t value = 0;
  if (address % bytes == 0) {
    value = load_whole(address, bytes);
  } else {
    for (std::uint32_t i = 0; i < bytes; ++i) value |= load_whole(address + i, 1) << 8 * i;
  }
  // Unaligned accesses are reported wherever they are: cores take longer for them. So are devices'.
  const std::uintptr_t entry = read_[address >> kPageShift];
  const bool watched = entry == 0 || (entry & kFlags) == kPageWatched || address % bytes != 0;
  if (watched && observer_.on_read != nullptr) observer_.on_read(observer_.sink, address, bytes);
  return value;
}

void AddressSpace::store_whole(std::uint32_t address, std::uint32_t bytes, std::uint32_t value) {
  if (guard_ != nullptr) guard_->require(address, bytes, AccessGuard::Access::kWrite);
  const std::uintptr_t entry = entry_of(write_.get(), closed_writes_, address);
  if (entry != 0) {
    std::memcpy(host_address(entry, address), &value, bytes);
    if ((entry & kFlags) == kPageCode && on_code_written_ != nullptr) {
      on_code_written_(code_sink_, address, bytes);
    }
    return;
  }
  const Mapping* mapping = find(address);
  if (mapping == nullptr) throw MemoryFault(MemoryFault::Kind::kUnmapped, address, bytes, true);
  if (mapping->device == nullptr) {
    throw MemoryFault(MemoryFault::Kind::kReadOnly, address, bytes, true);
  }
  mapping->device->write(address - mapping->base, bytes, value);
}

void AddressSpace::store(std::uint32_t address, std::uint32_t bytes, std::uint32_t value) {
  const std::uintptr_t entry = write_[address >> kPageShift], flags = entry & kFlags;
  // A page of code is always reported: whether it is watched as well is not kept.
  const bool watched =
      entry == 0 || flags == kPageWatched || flags == kPageCode || address % bytes != 0;
  if (watched && observer_.on_write != nullptr) observer_.on_write(observer_.sink, address, bytes);
  if (address % bytes == 0) {
    store_whole(address, bytes, value);
  } else {
    for (std::uint32_t i = 0; i < bytes; ++i) store_whole(address + i, 1, (value >> 8 * i) & 0xff);
  }
}

}  // namespace boardless::sim
