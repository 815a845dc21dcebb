// The A extension for one hart: LR/SC with a reservation on one word, and read-modify-write
// operations (manual chapter 8). Acquire and release order nothing that a single hart could see.
#include <algorithm>
#include <array>

#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

// Misaligned atomics fault on every core, whatever loads and stores do (8.2, 8.4).
void require_alignment(State& s, const Op* op, std::uint32_t address, bool is_store) {
  if (address % 4 == 0) [[likely]]
    return;
  s.pc = op->pc;
  throw MemoryFault(MemoryFault::Kind::kUnaligned, address, 4, is_store);
}

const Op* run_load_reserved(State& s, const Op* op) {
  const std::uint32_t address = s.x[op->rn];
  require_alignment(s, op, address, false);
  s.x[op->rd] = load<std::uint32_t>(s, op, address);
  s.reserved = true;
  s.reserved_address = address;
  return op + 1;
}

const Op* run_store_conditional(State& s, const Op* op) {
  const std::uint32_t address = s.x[op->rn];
  require_alignment(s, op, address, true);
  const bool succeeds = s.reserved && s.reserved_address == address;
  if (succeeds) store<std::uint32_t>(s, op, address, s.x[op->rm]);
  s.reserved = false;
  s.x[op->rd] = succeeds ? 0 : 1;
  return op + 1;
}

enum class Amo { kSwap, kAdd, kXor, kAnd, kOr, kMin, kMax, kMinu, kMaxu };

template <Amo kWhat>
constexpr std::uint32_t combine(std::uint32_t memory, std::uint32_t reg) {
  const auto sm = static_cast<std::int32_t>(memory), sr = static_cast<std::int32_t>(reg);
  switch (kWhat) {
    case Amo::kSwap:
      return reg;
    case Amo::kAdd:
      return memory + reg;
    case Amo::kXor:
      return memory ^ reg;
    case Amo::kAnd:
      return memory & reg;
    case Amo::kOr:
      return memory | reg;
    case Amo::kMin:
      return static_cast<std::uint32_t>(std::min(sm, sr));
    case Amo::kMax:
      return static_cast<std::uint32_t>(std::max(sm, sr));
    case Amo::kMinu:
      return std::min(memory, reg);
    case Amo::kMaxu:
      return std::max(memory, reg);
  }
}

// What an AMO loads faults as a store does: its exceptions are those of stores (privileged 3.1.15).
std::uint32_t load_to_modify(State& s, const Op* op, std::uint32_t address) {
  try {
    return load<std::uint32_t>(s, op, address);
  } catch (MemoryFault& fault) {
    fault.is_store = true;
    throw;
  }
}

template <Amo kWhat>
const Op* run_amo(State& s, const Op* op) {
  const std::uint32_t address = s.x[op->rn];
  require_alignment(s, op, address, true);
  const std::uint32_t before = load_to_modify(s, op, address);
  store<std::uint32_t>(s, op, address, combine<kWhat>(before, s.x[op->rm]));
  s.x[op->rd] = before;
  return op + 1;
}

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"LR_W LR_W_AQ LR_W_RL LR_W_AQ_RL", of(Feature::kAtomic, kLoadExclusive).at(kImmediate, 4),
     two_registers<run_load_reserved>},
    {"SC_W SC_W_AQ SC_W_RL SC_W_AQ_RL", of(Feature::kAtomic, kStoreExclusive).at(kImmediate, 4),
     three_registers<run_store_conditional>},
    {"AMOSWAP_W AMOSWAP_W_AQ AMOSWAP_W_RL AMOSWAP_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kSwap>>},
    {"AMOADD_W AMOADD_W_AQ AMOADD_W_RL AMOADD_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kAdd>>},
    {"AMOXOR_W AMOXOR_W_AQ AMOXOR_W_RL AMOXOR_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kXor>>},
    {"AMOAND_W AMOAND_W_AQ AMOAND_W_RL AMOAND_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kAnd>>},
    {"AMOOR_W AMOOR_W_AQ AMOOR_W_RL AMOOR_W_AQ_RL", of(Feature::kAtomic, kAtomic).at(kImmediate, 4),
     three_registers<run_amo<Amo::kOr>>},
    {"AMOMIN_W AMOMIN_W_AQ AMOMIN_W_RL AMOMIN_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kMin>>},
    {"AMOMAX_W AMOMAX_W_AQ AMOMAX_W_RL AMOMAX_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kMax>>},
    {"AMOMINU_W AMOMINU_W_AQ AMOMINU_W_RL AMOMINU_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kMinu>>},
    {"AMOMAXU_W AMOMAXU_W_AQ AMOMAXU_W_RL AMOMAXU_W_AQ_RL",
     of(Feature::kAtomic, kAtomic).at(kImmediate, 4), three_registers<run_amo<Amo::kMaxu>>},
});

}  // namespace

std::span<const OpcodeRow> atomic_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
