// How semantics reach memory: a page table for the accesses that need nothing but a host address,
// and a port for all others.
#pragma once

#include <cstdint>
#include <cstring>
#include <exception>

namespace boardless::isa {

constexpr std::uint32_t kPageShift = 12;
constexpr std::uint32_t kPageBytes = 1U << kPageShift;

// A page's entry is its host address minus its guest address plus one of these; 0 when unmapped.
constexpr std::uintptr_t kPageDirect = 1;   // accessed by the host address alone
constexpr std::uintptr_t kPageWatched = 2;  // likewise, but every access is reported
constexpr std::uintptr_t kPageCode = 3;     // likewise; holds decoded code: stores may change it

// An access that no memory or device answers, or that the architecture refuses. Thrown through the
// engine to whoever runs it; the state's pc is the instruction's.
struct MemoryFault : std::exception {
  enum class Kind : std::uint8_t {
    kUnmapped,
    kUnaligned,
    kReadOnly,
    kUnprivileged,  // only privileged code may
    kProtected,     // the memory protection unit refuses it
  };
  MemoryFault(Kind k, std::uint32_t a, std::uint32_t b, bool s)
      : kind(k), address(a), bytes(b), is_store(s) {}
  const char* what() const noexcept override { return "memory fault"; }
  Kind kind;
  std::uint32_t address;
  std::uint32_t bytes;
  bool is_store;
};

// Everything that is not a direct, aligned access. Sizes are 1, 2 or 4 bytes; unaligned addresses
// are allowed (the architecture has decided before whether they fault). Throws MemoryFault.
class MemoryPort {
 public:
  virtual std::uint32_t load(std::uint32_t address, std::uint32_t bytes) = 0;
  virtual void store(std::uint32_t address, std::uint32_t bytes, std::uint32_t value) = 0;

 protected:
  ~MemoryPort() = default;
};

// Operations whose duration depends on their operands on some cores.
enum class OperandTimed : std::uint8_t { kDivideUnsigned, kDivideSigned, kMultiplyLong };

// What a state needs of its surroundings; semantics never see more.
struct Surroundings {
  const std::uintptr_t* read_pages = nullptr;   // by address >> kPageShift
  const std::uintptr_t* write_pages = nullptr;  // likewise
  MemoryPort* port = nullptr;
  // Told the operands of an OperandTimed operation; null when nobody wants to know.
  void (*on_operands)(void* sink, OperandTimed, std::uint32_t first,
                      std::uint32_t second) = nullptr;
  // Told of aligned accesses to watched pages, after a load and before a store; set while any page
  // is watched. The port tells of all others that are reported. A vector access is told as aligned
  // words, and halfwords or bytes at its ends, in the order of the addresses: 16 contiguous bytes
  // from a multiple of 4 are four words. Gathers and scatters tell of each element.
  void (*on_read)(void* sink, std::uint32_t address, std::uint32_t bytes) = nullptr;
  void (*on_write)(void* sink, std::uint32_t address, std::uint32_t bytes) = nullptr;
  void* sink = nullptr;
};

}  // namespace boardless::isa
