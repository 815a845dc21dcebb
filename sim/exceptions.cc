// Frames, EXC_RETURN and lazy floating-point state.
//
// While FP registers of interrupted code wait to be saved (FPCCR.LSPACT), fp_enabled is off: the
// first FP instruction traps into save_lazy_state().
#include "sim/exceptions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace boardless::sim {
namespace {

constexpr std::uint32_t kFrameBytes = 0x20, kFpFrameBytes = 0x68;
constexpr std::uint32_t kRealigned = 1U << 9;  // in the stacked xPSR
constexpr std::uint32_t kNoFpFrame = 1U << 4, kToThread = 1U << 3, kToProcessStack = 1U << 2;
constexpr std::uint32_t kExceptionNumber = 0x1ff;
constexpr std::uint32_t kForced = 1U << 30;  // HFSR

}  // namespace

std::uint32_t Exceptions::exc_return(bool fp) const {
  // Without the Security Extension an Armv8-M core has S = 0, ES = 0, DCRS = 1 (DDI 0553 D1.2.95).
  std::uint32_t value = core_.features.has(isa::Feature::kArmv8) ? 0xffffffb0U : 0xfffffff1U;
  if (fp) value &= ~kNoFpFrame;
  if (!state_.handler_mode()) value |= kToThread;
  if (state_.uses_psp()) value |= kToProcessStack;
  return value;
}

void Exceptions::store_fp(std::uint32_t address) {
  for (std::uint32_t i = 0; i < 16; ++i) memory_.store(address + 4 * i, 4, state_.s[i]);
  memory_.store(address + 64, 4, state_.fpscr);
  if (core_.features.has(isa::Feature::kArmv8)) memory_.store(address + 68, 4, state_.vpr);
}

void Exceptions::store_frame(std::uint32_t address, const std::array<std::uint32_t, 8>& words,
                             bool fp) {
  for (std::uint32_t i = 0; i < words.size(); ++i) memory_.store(address + 4 * i, 4, words[i]);
  if (!fp) return;
  if (system_.preserves_lazily()) {
    system_.leave_lazy_state(address + kFrameBytes);
  } else {
    store_fp(address + kFrameBytes);
  }
}

// DDI 0403E B1.5.6, DDI 0553 E2.1, PushStack(). The interrupted code is asked for, as it is still
// the one that runs.
std::optional<Exceptions::Lost> Exceptions::stack(bool fp) {
  isa::arm::State& s = state_;
  const std::uint32_t bytes = fp ? kFpFrameBytes : kFrameBytes;
  const bool align = fp || system_.aligns_stack();
  const bool realigned = align && (s.r[13] & 4U) != 0;
  const std::uint32_t frame = (s.r[13] - bytes) & ~(align ? 4U : 0U);
  const std::uint32_t limit = s.uses_psp() ? s.psplim : s.msplim;
  if (frame < limit) {
    s.r[13] = limit;
    return Lost{exception::kUsageFault, fault_status::kStackOverflow,
                "its frame does not fit above the stack's limit"};
  }
  const std::uint32_t xpsr = (isa::arm::xpsr(s) & ~(kRealigned | kExceptionNumber)) |
                             (realigned ? kRealigned : 0) | s.ipsr;
  try {
    store_frame(frame, {s.r[0], s.r[1], s.r[2], s.r[3], s.r[12], s.r[14], s.pc, xpsr}, fp);
  } catch (const isa::MemoryFault& fault) {
    if (fault.kind != isa::MemoryFault::Kind::kProtected) throw;
    s.r[13] = frame;
    return Lost{exception::kMemManage, fault_status::kProtectedStacking,
                "the memory protection unit refuses its frame"};
  }
  s.r[13] = frame;
  return std::nullopt;
}

// The exception that is entered instead of `number`, or before it, when its frame is lost: the more
// urgent one comes first, the other stays pending (DDI 0403E B1.5.12, DDI 0553 B3.24, derived
// exceptions).
unsigned Exceptions::enters_instead(unsigned number, const Lost& lost) {
  InterruptController& interrupts = system_.interrupts();
  const bool mainline = core_.features.has(isa::Feature::kMainline);
  if (mainline) system_.add_fault(lost.status);
  unsigned derived = lost.number;
  if (!mainline || !interrupts.is_enabled(derived) ||
      interrupts.group_priority(derived) >= interrupts.execution_priority(state_)) {
    if (mainline) system_.add_hard_fault(kForced);
    derived = exception::kHardFault;
  }
  const bool derived_first = interrupts.group_priority(derived) < interrupts.group_priority(number);
  if (derived != number) interrupts.set_pending(derived_first ? number : derived, true);
  return derived_first ? derived : number;
}

void Exceptions::jump_to_handler(unsigned number) {
  isa::arm::State& s = state_;
  const ProtectionGuard::Pause pause(system_.guard());
  const std::uint32_t vector = memory_.load(system_.vector_table() + 4 * number, 4);
  s.ipsr = number;
  isa::arm::note_privilege(s);
  s.it = 0;
  s.exclusive = false;
  s.event = 1;
  isa::arm::interwork(s, vector);
  system_.interrupts().activate(number);
}

Exceptions::Entry Exceptions::enter(unsigned number) {
  isa::arm::State& s = state_;
  const bool fp = fp_in_use();
  const std::uint32_t link = exc_return(fp);
  const std::optional<Lost> lost = stack(fp);
  if (lost) number = enters_instead(number, *lost);
  if (s.uses_psp()) std::swap(s.r[13], s.other_sp);
  s.control &= ~(kSpsel | kFpca);
  note_predication(s);
  if (core_.fpu && system_.lazy_state_pending()) s.fp_enabled = false;
  s.r[14] = link;
  jump_to_handler(number);
  const bool at_once = fp && !system_.preserves_lazily();
  return {core_.exceptions.entry + (at_once ? core_.exceptions.fp_frame : 0),
          lost ? lost->why : std::string_view{}};
}

// DDI 0403E B1.5.8, DDI 0553 E2.1, PopStack(): the mode is already the one that is returned to.
std::optional<Exceptions::Frame> Exceptions::load_frame(std::uint32_t link) {
  isa::arm::State& s = state_;
  const bool to_thread = (link & kToThread) != 0;
  const std::uint32_t handler = s.ipsr;
  Frame frame;
  frame.address = to_thread && (link & kToProcessStack) != 0 ? s.other_sp : s.r[13];
  frame.has_fp = core_.fpu && (link & kNoFpFrame) == 0 && !system_.lazy_state_pending();
  const std::uint32_t registers = frame.address + kFrameBytes;
  if (to_thread) s.ipsr = 0;
  try {
    for (std::uint32_t i = 0; i < frame.words.size(); ++i) {
      frame.words[i] = memory_.load(frame.address + 4 * i, 4);
    }
    if (frame.has_fp) {
      for (std::uint32_t i = 0; i < 16; ++i) frame.s[i] = memory_.load(registers + 4 * i, 4);
      frame.fpscr = memory_.load(registers + 64, 4);
      if (core_.features.has(isa::Feature::kArmv8)) frame.vpr = memory_.load(registers + 68, 4);
    }
  } catch (const isa::MemoryFault& fault) {
    s.ipsr = handler;
    if (fault.kind != isa::MemoryFault::Kind::kProtected) throw;
    return std::nullopt;
  }
  s.ipsr = handler;
  return frame;
}

void Exceptions::unstack(std::uint32_t link, const Frame& frame) {
  isa::arm::State& s = state_;
  const bool to_process_stack =
      (link & (kToThread | kToProcessStack)) == (kToThread | kToProcessStack);
  s.ipsr = 0;  // for uses_psp(); the stacked number follows
  if (to_process_stack) {
    std::swap(s.r[13], s.other_sp);
    s.control |= kSpsel;
  } else {
    s.control &= ~kSpsel;
  }
  for (const unsigned i : {0U, 1U, 2U, 3U}) s.r[i] = frame.words[i];
  s.r[12] = frame.words[4];
  s.r[14] = frame.words[5];
  s.pc = frame.words[6] & ~1U;
  const std::uint32_t xpsr = frame.xpsr();
  const bool fp = core_.fpu && (link & kNoFpFrame) == 0;
  if (frame.has_fp) {
    std::ranges::copy(frame.s, s.s.begin());
    s.fpscr = frame.fpscr;
    if (core_.features.has(isa::Feature::kArmv8)) s.vpr = frame.vpr;
  } else if (fp) {
    system_.drop_lazy_state();
  }
  if (core_.fpu) {
    s.control = (s.control & ~kFpca) | (fp ? kFpca : 0);
    s.fp_enabled = system_.fp_permitted() && !system_.lazy_state_pending();
    note_predication(s);
  }
  s.r[13] =
      (frame.address + (fp ? kFpFrameBytes : kFrameBytes)) | ((xpsr & kRealigned) != 0 ? 4U : 0U);
  isa::arm::set_xpsr(s, xpsr);
  s.not_thumb = ~xpsr >> 24 & 1U;
  if (s.it != 0 && (s.it & 15) == 0) {
    throw NotModelled(fmt::format(
        "the exception return to 0x{:08x} continues an interrupted instruction (EPSR.ICI or ECI)",
        s.pc));
  }
  s.ipsr = xpsr & kExceptionNumber;
  isa::arm::note_privilege(s);
}

// DDI 0403E B1.5.8, ExceptionReturn(); DDI 0553 E2.1, ValidateExceptionReturn().
bool Exceptions::may_return(std::uint32_t link) const {
  const InterruptController& interrupts = system_.interrupts();
  const bool armv8 = core_.features.has(isa::Feature::kArmv8);
  const bool to_thread = (link & kToThread) != 0;
  const bool known = (link & 0x80U) != 0 && (link & 2U) == 0 && (armv8 || (link & 1U) != 0) &&
                     (to_thread || (link & kToProcessStack) == 0);
  if (!known || !interrupts.is_active(state_.ipsr)) return false;
  return !to_thread || interrupts.active_count() == 1 || system_.enters_thread_from_any_level();
}

std::uint32_t Exceptions::chain(unsigned number, std::uint32_t link) {
  state_.r[14] = link;
  jump_to_handler(number);
  return core_.exceptions.tail_chain;
}

Exceptions::Return Exceptions::leave(std::uint32_t& cycles) {
  isa::arm::State& s = state_;
  InterruptController& interrupts = system_.interrupts();
  const std::uint32_t link = exc_return_at_pc();
  const unsigned number = s.ipsr;
  const bool valid = may_return(link);
  s.not_thumb = 0;
  interrupts.deactivate(number);
  if (number != exception::kNmi) s.faultmask = 0;
  if (!valid) return Return::kInvalid;
  if (const unsigned next = interrupts.preempting(interrupts.execution_priority(s)); next != 0) {
    cycles = chain(next, core_.features.has(isa::Feature::kArmv8) ? link & ~1U : link);
    return Return::kTailChained;
  }
  const std::optional<Frame> frame = load_frame(link);
  if (!frame) return Return::kProtected;
  // It has to be one of the mode that the core returns to.
  const bool to_thread = (link & kToThread) != 0;
  if (((frame->xpsr() & kExceptionNumber) == 0) != to_thread) return Return::kInvalid;
  cycles = core_.exceptions.leave + (frame->has_fp ? core_.exceptions.fp_frame : 0);
  unstack(link, *frame);
  s.exclusive = false;
  s.event = 1;
  return Return::kDone;
}

bool Exceptions::save_lazy_state(std::uint32_t& cycles) {
  if (!system_.fp_permitted() || !system_.lazy_state_pending()) return false;
  store_fp(system_.lazy_state_address());
  system_.drop_lazy_state();
  state_.fp_enabled = true;
  cycles = core_.exceptions.fp_frame;
  return true;
}

}  // namespace boardless::sim
