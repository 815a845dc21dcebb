// The judge of our RISC-V semantics: random instruction sequences run on our interpreter and on
// Unicorn, and registers, accrued FP exceptions and memory compared afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "isa/variant.h"

namespace boardless::isa::riscv {

// What a program sees of a core.
struct CoreImage {
  std::array<std::uint32_t, 32> x{};
  std::array<std::uint32_t, 32> f{};
  std::uint32_t fcsr = 0;
  bool operator==(const CoreImage&) const = default;
};

// Instructions that stay together, with the branches over pieces that follow.
struct Piece {
  std::vector<std::uint8_t> bytes;
};
using Sequence = std::vector<Piece>;

// Memory that sequences may access; the whole of it is compared.
constexpr std::uint32_t kDataBase = 0x20000000;
constexpr std::uint32_t kDataBytes = 0x4000;

// The registers that always point to the middle of it: any base, and the base of atomics. Sequences
// do not write them.
constexpr std::uint8_t kStackPointer = 2, kPointer = 8, kAtomicPointer = 9;

class DifferentialRunner {
 public:
  // With an FPU, f0-f31 and fcsr are set and compared as well.
  explicit DifferentialRunner(const Variant& variant);
  ~DifferentialRunner();

  void fill_data(std::span<const std::uint8_t> data);
  std::vector<std::uint8_t> data() const;  // as our interpreter left it

  // Runs from the same state on both. Empty when they agree; otherwise says where not.
  std::string run(const Sequence& sequence, const CoreImage& start);

  // The sequence as text, one instruction a line.
  std::string disassembly(const Sequence& sequence);

 private:
  struct Engines;
  void renew();

  const Variant& variant_;
  std::unique_ptr<Engines> engines_;
  std::uint32_t next_code_ = 0;
};

}  // namespace boardless::isa::riscv
