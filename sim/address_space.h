// The 32-bit address space of a simulated core: memory windows reached by host address, devices,
// and what is watched.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "isa/memory_port.h"
#include "sim/guest_memory.h"

namespace boardless::sim {

// A device answers accesses of 1, 2 or 4 bytes inside its range; `offset` counts from its base. It
// may throw isa::MemoryFault.
class Device {
 public:
  virtual ~Device() = default;
  virtual std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) = 0;
  virtual void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) = 0;
};

// Who is told of accesses to watched pages and devices, and of unaligned ones anywhere, after a
// load and before a store; null: nobody.
struct AccessObserver {
  void* sink = nullptr;
  void (*on_read)(void* sink, std::uint32_t address, std::uint32_t bytes) = nullptr;
  void (*on_write)(void* sink, std::uint32_t address, std::uint32_t bytes) = nullptr;
};

// What may refuse accesses: a memory protection unit.
class AccessGuard {
 public:
  enum class Access : std::uint8_t { kRead, kWrite };
  // Throws isa::MemoryFault (kProtected) unless the code that runs now may access `bytes` so.
  virtual void require(std::uint32_t address, std::uint32_t bytes, Access access) const = 0;
  // Whether all code may, on the whole page.
  virtual bool is_open(std::uint32_t page, Access access) const = 0;
  // Whether the code that runs now may execute what lies there.
  virtual bool executes(std::uint32_t address) const = 0;

 protected:
  ~AccessGuard() = default;
};

class AddressSpace final : public isa::MemoryPort {
 public:
  AddressSpace();

  // Makes the window's host memory visible at its base, or at `alias` as well; it must outlive the
  // space. A later mapping wins over an earlier one.
  void map(MemoryWindow& window) { map(window, window.base()); }
  void map(MemoryWindow& window, std::uint32_t alias);
  // Devices' ranges are whole pages or share a page with other devices; they must outlive the
  // space.
  void map(Device& device, std::uint32_t base, std::uint32_t bytes);

  // Reports reads, or writes, of [begin, end) from now on, page by page: what shares a page with a
  // watched address is reported too.
  void watch_reads(std::uint32_t begin, std::uint32_t end) {
    watch(read_.get(), closed_reads_, begin, end);
  }
  void watch_writes(std::uint32_t begin, std::uint32_t end) {
    watch(write_.get(), closed_writes_, begin, end);
  }
  void unwatch();
  void set_observer(const AccessObserver& observer) { observer_ = observer; }

  // Asks the guard, which must outlive the space, from now on; null: nobody. To be told again
  // whenever what the guard finds open may have changed.
  void set_guard(const AccessGuard* guard);

  // Whether the guard lets the code that runs now go on at `address`.
  bool may_execute(std::uint32_t address) const {
    return guard_ == nullptr || guard_->executes(address);
  }

  // Host bytes from `address` to the end of its window; empty when no executable window holds it.
  std::span<const std::uint8_t> code_from(std::uint32_t address) const;

  // Stores to the page of a block are noticed from now on; `on_code_written` is told of each.
  void mark_code(std::uint32_t begin, std::uint32_t end);
  void set_code_observer(void* sink, void (*on_code_written)(void*, std::uint32_t, std::uint32_t)) {
    code_sink_ = sink;
    on_code_written_ = on_code_written;
  }

  const std::uintptr_t* read_pages() const { return read_.get(); }
  const std::uintptr_t* write_pages() const { return write_.get(); }

  std::uint32_t load(std::uint32_t address, std::uint32_t bytes) override;
  void store(std::uint32_t address, std::uint32_t bytes, std::uint32_t value) override;

 private:
  struct Free {
    void operator()(std::uintptr_t* p) const { std::free(p); }
  };
  using Table = std::unique_ptr<std::uintptr_t[], Free>;
  struct Mapping {
    std::uint32_t base = 0;
    std::uint32_t bytes = 0;
    MemoryWindow* window = nullptr;  // one of the two
    Device* device = nullptr;
    bool contains(std::uint32_t address) const { return address - base < bytes; }
  };

  // A page that the guard has to be asked for: its entry in the table is 0, what it was is here.
  using Closed = std::unordered_map<std::size_t, std::uintptr_t>;
  static Table make_table();
  static void open_all(std::uintptr_t* table, Closed& closed);
  static std::uintptr_t entry_of(const std::uintptr_t* table, const Closed& closed,
                                 std::uint32_t address);
  void close_pages();
  static void watch(std::uintptr_t* table, Closed& closed, std::uint32_t begin, std::uint32_t end);
  const Mapping* find(std::uint32_t address) const;
  std::uint32_t load_whole(std::uint32_t address, std::uint32_t bytes);
  void store_whole(std::uint32_t address, std::uint32_t bytes, std::uint32_t value);

  Table read_, write_;
  std::vector<Mapping> mappings_;
  Closed closed_reads_, closed_writes_;
  const AccessGuard* guard_ = nullptr;
  mutable std::size_t last_found_ = 0;
  AccessObserver observer_;
  void* code_sink_ = nullptr;
  void (*on_code_written_)(void*, std::uint32_t, std::uint32_t) = nullptr;
};

}  // namespace boardless::sim
