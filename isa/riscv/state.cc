// Reset, and entering and leaving traps.
#include "isa/riscv/state.h"

namespace boardless::isa::riscv {
namespace {

// misa: the extensions that have a single letter (3.1.1).
std::uint32_t misa_of(const Variant& variant) {
  constexpr std::uint32_t kRv32 = 1U << 30;
  const auto letter = [](char c) { return 1U << (c - 'a'); };
  std::uint32_t misa = kRv32 | letter('i');
  if (variant.has(Feature::kMultiply)) misa |= letter('m');
  if (variant.has(Feature::kAtomic)) misa |= letter('a');
  if (variant.has(Feature::kFloat)) misa |= letter('f');
  if (variant.has(Feature::kCompressed)) misa |= letter('c');
  return misa;
}

}  // namespace

void reset(State& state, const Variant& variant) {
  State fresh;
  fresh.around = state.around;
  fresh.csrs = state.csrs;
  fresh.misa = misa_of(variant);
  fresh.has_fpu = variant.has(Feature::kFloat);
  state = fresh;
}

void enter_trap(State& s, std::uint32_t cause, std::uint32_t pc, std::uint32_t value) {
  const std::uint32_t enabled = s.mstatus & kMstatusMie;
  s.mstatus &= ~(kMstatusMie | kMstatusMpie | kMstatusMpp);
  if (enabled != 0) s.mstatus |= kMstatusMpie;
  s.mstatus |= static_cast<std::uint32_t>(s.privilege) << 11;
  s.privilege = Privilege::kMachine;
  s.mcause = cause;
  s.mepc = pc;
  s.mtval = s.has_mtval ? value : 0;
  s.reserved = false;
  const bool vectored = (s.mtvec & 1) != 0 && (cause >> 31) != 0;
  s.pc = (s.mtvec & ~3U) + (vectored ? 4 * (cause & 0x7fffffff) : 0);
}

void leave_trap(State& s) {
  if (s.has_user_mode) s.privilege = static_cast<Privilege>(s.mstatus >> 11 & 3);
  if (s.privilege != Privilege::kMachine) s.mstatus &= ~kMstatusMprv;
  const std::uint32_t enabled = s.mstatus & kMstatusMpie;
  s.mstatus = (s.mstatus & ~kMstatusMie) | kMstatusMpie;
  if (enabled != 0) s.mstatus |= kMstatusMie;
  // MPP becomes the least privileged mode there is.
  if (s.has_user_mode) s.mstatus &= ~kMstatusMpp;
  s.reserved = false;
  s.pc = s.mepc;
}

}  // namespace boardless::isa::riscv
