// The fast engine: runs Armv6-M to Armv8-M mainline code by Unicorn's translator.
#pragma once

#include <unicorn/unicorn.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "isa/variant.h"
#include "sim/execution_sink.h"
#include "sim/guest_memory.h"

namespace boardless::sim {

class UnicornEngine {
 public:
  explicit UnicornEngine(const isa::Variant& variant);
  ~UnicornEngine();
  UnicornEngine(const UnicornEngine&) = delete;
  UnicornEngine& operator=(const UnicornEngine&) = delete;

  // Makes the window's host memory visible to the guest; it must outlive the engine.
  void map(MemoryWindow& window);

  // Reports blocks, and reads inside `watch`, to `sink` (null: to nobody) from the next call() on.
  template <ExecutionSink Sink>
  void attach(Sink& sink, ReadWatch watch);
  void detach();

  // Calls the function at `entry` by the AAPCS with up to four arguments and `stack_top` as SP;
  // returns R0. Throws GuestFault with registers and the last block when the guest faults (the
  // translator does not tell which of the block's instructions did).
  std::uint32_t call(std::uint32_t entry, std::span<const std::uint32_t> arguments,
                     std::uint32_t stack_top);

 private:
  using BlockCallback = void (*)(uc_engine*, std::uint64_t, std::uint32_t, void*);
  using ReadCallback = void (*)(uc_engine*, uc_mem_type, std::uint64_t, int, std::int64_t, void*);
  void add_hooks(BlockCallback block, ReadCallback read, void* sink, ReadWatch watch);
  [[noreturn]] void fault(uc_err error, std::uint32_t entry);
  std::string block_text(std::uint32_t address);

  // Where the guest read, wrote or fetched when it must not; 0 bytes: nowhere.
  struct Access {
    std::uint32_t address = 0;
    int bytes = 0;
  };

  struct Close {
    void operator()(uc_engine* engine) const { uc_close(engine); }
  };
  const isa::Variant& variant_;
  MemoryWindow return_page_;  // where calls return to
  std::vector<MemoryWindow*> windows_;
  std::vector<uc_hook> hooks_;
  Access bad_access_;
  std::unique_ptr<uc_engine, Close> engine_;  // last: closed before the memory it maps goes
};

template <ExecutionSink Sink>
void UnicornEngine::attach(Sink& sink, ReadWatch watch) {
  add_hooks(
      [](uc_engine*, std::uint64_t address, std::uint32_t size, void* user) {
        static_cast<Sink*>(user)->on_block(static_cast<std::uint32_t>(address), size);
      },
      [](uc_engine*, uc_mem_type, std::uint64_t address, int size, std::int64_t, void* user) {
        static_cast<Sink*>(user)->on_read(static_cast<std::uint32_t>(address),
                                          static_cast<std::uint32_t>(size));
      },
      &sink, watch);
}

}  // namespace boardless::sim
