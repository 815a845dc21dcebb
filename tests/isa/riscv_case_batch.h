// Many RISC-V test cases laid out in memory, for one run of QEMU's board "virt" and for our
// machine. The same program runs them on both, tests/programs/riscv_cases.S, which describes the
// records: what each case left of the hart, its machine-mode registers and its memory.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isa/riscv/state.h"
#include "tests/isa/riscv_differential.h"

namespace boardless::isa::riscv {

struct Case {
  CoreImage start;
  std::uint32_t mstatus = kMstatusMpp;  // MPP is the mode that the case runs in
  Sequence sequence;                    // followed by an ECALL
};

// What the program kept when the case trapped.
struct Outcome {
  enum : std::size_t { kCause, kX1, kPc = 32, kValue, kStatus, kEnabled, kFcsr, kF0, kWords = 69 };
  std::array<std::uint32_t, kWords> kept{};        // pc: from the start of the case
  std::map<std::uint32_t, std::uint32_t> changed;  // words of the data window, by offset
  bool operator==(const Outcome&) const = default;
};

// Empty when both are the same.
std::string difference(const Outcome& ours, const Outcome& theirs);

// What cases may access; kDataBytes, as in riscv_differential.h.
constexpr std::uint32_t kWindow = 0x80080000;

// Whether qemu-system-riscv32 can be started.
bool has_riscv_qemu();

class CaseBatch {
 public:
  // `pattern`: what the window holds before each case. All but it are kept by reference.
  CaseBatch(const Variant& variant, std::span<const std::uint8_t> pattern,
            std::span<const Case> cases);

  // Throw InputError when a run does not come to its end. QEMU's is told with the architecture's
  // causes of AMOs' faults, which version 7.2 reports as those of loads.
  std::vector<Outcome> run_in_qemu() const;
  std::vector<Outcome> run_on_our_machine() const;

 private:
  void put(std::uint32_t address, std::uint32_t word);
  std::vector<Outcome> outcomes(std::span<const std::uint32_t> words, std::string_view whose) const;

  const Variant& variant_;
  std::span<const Case> cases_;
  std::uint32_t results_ = 0;  // where they go
  std::vector<std::uint8_t> blob_;
};

}  // namespace boardless::isa::riscv
