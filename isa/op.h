// One executable operation of a translated block: a handler and its operands.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "isa/memory_port.h"

namespace boardless::isa {

// A handler executes one instruction on the state and goes on to the operation that follows (see
// next() below), or returns it; null ends the block, after the handler has set the state's pc.
// Handlers are plain functions: blocks are arrays of these, run one after another.
template <class State>
struct Op {
  using Handler = const Op* (*)(State&, const Op*);
  Handler run = nullptr;
  std::uint8_t rd = 0, rn = 0, rm = 0, ra = 0;  // registers, as the handler understands them
  std::uint32_t imm = 0;
  std::uint32_t pc = 0;   // the instruction's address
  std::uint32_t aux = 0;  // second immediate: a branch target, a shift, a register list
};

// How a handler ends that goes on to the operation after it, or to `to`: a jump, where the compiler
// turns calls at the end into jumps, and otherwise a call, as deep as a block is long. Each
// handler's own jump is predicted better than one in a loop. Returning the operation instead is
// right as well.
template <class State>
inline const Op<State>* go_to(State& s, const Op<State>* to) {
  return to->run(s, to);
}
template <class State>
inline const Op<State>* next(State& s, const Op<State>* op) {
  return go_to(s, op + 1);
}

// Host memory of an aligned access to a direct page; null for every other access.
template <class T>
inline std::uint8_t* direct(const std::uintptr_t* pages, std::uint32_t address) {
  const std::uintptr_t entry = pages[address >> kPageShift] - kPageDirect;
  const bool is_direct = ((entry & (kPageBytes - 1)) | (address & (sizeof(T) - 1))) == 0;
  return is_direct ? reinterpret_cast<std::uint8_t*>(entry + address) : nullptr;
}

// Whether an access is aligned and its page, whose entry is `entry` + kPageDirect, is watched.
template <class T>
inline bool is_watched(std::uintptr_t entry, std::uint32_t address) {
  constexpr std::uintptr_t kWatched = kPageWatched - kPageDirect;
  return (((entry & (kPageBytes - 1)) ^ kWatched) | (address & (sizeof(T) - 1))) == 0;
}
inline void* watched_host(std::uintptr_t entry, std::uint32_t address) {
  return reinterpret_cast<void*>(entry - (kPageWatched - kPageDirect) + address);
}

// Fetches through the page table, or through the port when the page is not direct or the address is
// not aligned. The state's pc is set first where the port may fault or look at it.
template <class T, class State>
inline T load(State& s, const Op<State>* op, std::uint32_t address) {
  const std::uintptr_t entry = s.around.read_pages[address >> kPageShift] - kPageDirect;
  if (((entry & (kPageBytes - 1)) | (address & (sizeof(T) - 1))) == 0) [[likely]] {
    T value;
    std::memcpy(&value, reinterpret_cast<const void*>(entry + address), sizeof(T));
    return value;
  }
  s.pc = op->pc;
  if (is_watched<T>(entry, address)) [[likely]] {
    T value;
    std::memcpy(&value, watched_host(entry, address), sizeof(T));
    s.around.on_read(s.around.sink, address, sizeof(T));
    return value;
  }
  if ((address & (sizeof(T) - 1)) != 0 && s.traps_unaligned) {
    throw MemoryFault(MemoryFault::Kind::kUnaligned, address, sizeof(T), false);
  }
  return static_cast<T>(s.around.port->load(address, sizeof(T)));
}

template <class T, class State>
inline void store(State& s, const Op<State>* op, std::uint32_t address, T value) {
  const std::uintptr_t entry = s.around.write_pages[address >> kPageShift] - kPageDirect;
  if (((entry & (kPageBytes - 1)) | (address & (sizeof(T) - 1))) == 0) [[likely]] {
    std::memcpy(reinterpret_cast<void*>(entry + address), &value, sizeof(T));
    return;
  }
  s.pc = op->pc;
  if (is_watched<T>(entry, address)) [[likely]] {
    s.around.on_write(s.around.sink, address, sizeof(T));
    std::memcpy(watched_host(entry, address), &value, sizeof(T));
    return;
  }
  if ((address & (sizeof(T) - 1)) != 0 && s.traps_unaligned) {
    throw MemoryFault(MemoryFault::Kind::kUnaligned, address, sizeof(T), true);
  }
  s.around.port->store(address, sizeof(T), value);
}

}  // namespace boardless::isa
