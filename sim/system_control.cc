// The registers, by their offset in the system control space (DDI 0403E B3.2, DDI 0419E B3.2).
#include "sim/system_control.h"

namespace boardless::sim {
namespace {

using isa::Feature;

constexpr std::uint32_t kItm = 0x0000, kDwt = 0x1000, kScs = 0xe000, kPage = 0x1000;
constexpr std::uint32_t kAnyLevel = 1U << 0, kStkAlign = 1U << 9, kDataCache = 1U << 16,
                        kInstructionCache = 1U << 17;

// Bits [end:begin) of a register that a write of `bytes` bytes at `offset` covers, for registers
// that may be written by halves.
std::uint32_t merged(std::uint32_t old, std::uint32_t offset, std::uint32_t bytes,
                     std::uint32_t value) {
  if (bytes == 4) return value;
  const std::uint32_t shift = 8 * (offset & 3);
  const std::uint32_t mask = ((1U << 8 * bytes) - 1) << shift;
  return (old & ~mask) | ((value << shift) & mask);
}

// Of a cache of 32-byte lines, as CCSIDR has it (DDI 0403E B4.8.3).
std::uint32_t cache_size_id(std::uint32_t bytes, std::uint32_t ways) {
  if (bytes == 0) return 0;
  const std::uint32_t sets = bytes / (ways * 32);
  return 0xf0000000 | (sets - 1) << 13 | (ways - 1) << 3 | 1;
}

}  // namespace

SystemControl::SystemControl(const CoreSystem& core, isa::arm::State& state, DeviceHost& host)
    : core_(core),
      state_(state),
      host_(host),
      interrupts_(core.interrupt_lines, core.priority_bits),
      protection_(core.mpu_regions, core.features.has(Feature::kArmv8)),
      guard_(protection_, state_, interrupts_),
      tick_(core.tick_reference_divider) {
  ccr_ = kStkAlign;
  if (core_.features.has(Feature::kArmv8)) ccr_ |= kAnyLevel;
  if (!core_.features.has(Feature::kMainline)) ccr_ |= 8;  // UNALIGN_TRP reads as one
  if (core_.fpu) {
    fpccr_ = 3U << 30;  // ASPEN, LSPEN
    state_.fp_enabled = false;
  }
  interrupts_.on_pending = [this] {
    constexpr std::uint32_t kSendsEventOnPend = 1U << 4;
    if ((scr_ & kSendsEventOnPend) != 0) state_.event = 1;
  };
}

// Unprivileged code may use ITM's stimulus ports and, where CCR.USERSETMPEND says so, STIR (DDI
// 0403E B3.1.1, B3.2.26).
void SystemControl::require_permission(std::uint32_t offset, std::uint32_t bytes,
                                       bool is_store) const {
  constexpr std::uint32_t kStimulusPorts = 0x400, kStir = kScs + 0xf00, kUserSetsPending = 2;
  if (state_.accesses_privileged() || offset < kStimulusPorts) return;
  if (is_store && offset == kStir && (ccr_ & kUserSetsPending) != 0) return;
  throw isa::MemoryFault(isa::MemoryFault::Kind::kUnprivileged, kBase + offset, bytes, is_store);
}

std::uint32_t SystemControl::read(std::uint32_t offset, std::uint32_t bytes) {
  require_permission(offset, bytes, false);
  const std::uint32_t word = offset & ~3U;
  std::uint32_t value = 0;
  switch (offset & ~(kPage - 1)) {
    case kItm:
      if (word < 0x400) return 1;  // a stimulus port is ready
      return rest_.read(offset, bytes);
    case kDwt:
      value = read_watchpoint_unit(word - kDwt);
      break;
    case kScs:
      value = read_system(word - kScs);
      break;
    default:
      return rest_.read(offset, bytes);
  }
  value >>= 8 * (offset & 3);
  return bytes == 4 ? value : value & ((1U << 8 * bytes) - 1);
}

void SystemControl::write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) {
  require_permission(offset, bytes, true);
  switch (offset & ~(kPage - 1)) {
    case kItm:
      rest_.write(offset, bytes, value);
      if (offset == 0 && on_trace_character) on_trace_character(static_cast<char>(value));
      return;
    case kDwt:
      write_watchpoint_unit(offset - kDwt, value);
      return;
    case kScs:
      write_system(offset - kScs, value, bytes);
      host_.reschedule();
      return;
    default:
      rest_.write(offset, bytes, value);
  }
}

void SystemControl::advance() {
  if (tick_.sync(host_.now())) interrupts_.set_pending(exception::kSysTick, true);
}

bool SystemControl::fp_permitted() const {
  if (!core_.fpu) return false;
  const std::uint32_t access = cpacr_ >> 20 & 3;
  return access == 3 || (access == 1 && state_.privileged());
}

// DDI 0403E B1.5.7, UpdateFPCCR(): which exceptions could be taken when the state is saved at last.
void SystemControl::leave_lazy_state(std::uint32_t address) {
  const int priority = interrupts_.execution_priority(state_);
  const auto ready = [&](bool enabled, unsigned number) {
    return enabled && interrupts_.group_priority(number) < priority;
  };
  std::uint32_t status = 1;  // LSPACT
  const auto put = [&](bool on, unsigned place) {
    status |= static_cast<std::uint32_t>(on) << place;
  };
  put(!state_.privileged(), 1);
  put(!state_.handler_mode(), 3);
  put(ready(true, exception::kHardFault), 4);
  put(ready(interrupts_.is_enabled(exception::kMemManage), exception::kMemManage), 5);
  put(ready(interrupts_.is_enabled(exception::kBusFault), exception::kBusFault), 6);
  put(ready((demcr_ & 1U << 16) != 0, exception::kDebugMonitor), 8);
  std::uint32_t fields = 0x17b;
  if (core_.features.has(Feature::kArmv8)) {
    put(ready(interrupts_.is_enabled(exception::kUsageFault), exception::kUsageFault), 10);
    fields |= 1U << 10;
  }
  fpccr_ = (fpccr_ & ~fields) | status;
  fpcar_ = address;
}

std::uint32_t SystemControl::interrupt_control_state() const {
  const unsigned urgent = interrupts_.most_urgent();
  bool line_pending = false;
  for (unsigned n = exception::kFirstLine; n < exception::kFirstLine + core_.interrupt_lines; ++n) {
    line_pending = line_pending || interrupts_.is_pending(n);
  }
  const auto bit = [](bool on, unsigned place) { return static_cast<std::uint32_t>(on) << place; };
  return state_.ipsr | bit(interrupts_.active_count() <= 1, 11) | urgent << 12 |
         bit(line_pending, 22) | bit(interrupts_.is_pending(exception::kSysTick), 26) |
         bit(interrupts_.is_pending(exception::kPendSv), 28) |
         bit(interrupts_.is_pending(exception::kNmi), 31);
}

void SystemControl::write_interrupt_control_state(std::uint32_t value) {
  const auto pend = [&](unsigned place, unsigned number, bool pending) {
    if ((value >> place & 1) != 0) interrupts_.set_pending(number, pending);
  };
  pend(25, exception::kSysTick, false);
  pend(26, exception::kSysTick, true);
  pend(27, exception::kPendSv, false);
  pend(28, exception::kPendSv, true);
  pend(31, exception::kNmi, true);
}

std::uint32_t SystemControl::handler_control_state() const {
  std::uint32_t value = 0;
  const auto put = [&](bool on, unsigned place) {
    value |= static_cast<std::uint32_t>(on) << place;
  };
  put(interrupts_.is_active(exception::kMemManage), 0);
  put(interrupts_.is_active(exception::kBusFault), 1);
  put(interrupts_.is_active(exception::kUsageFault), 3);
  put(interrupts_.is_active(exception::kSvCall), 7);
  put(interrupts_.is_active(exception::kDebugMonitor), 8);
  put(interrupts_.is_active(exception::kPendSv), 10);
  put(interrupts_.is_active(exception::kSysTick), 11);
  put(interrupts_.is_pending(exception::kUsageFault), 12);
  put(interrupts_.is_pending(exception::kMemManage), 13);
  put(interrupts_.is_pending(exception::kBusFault), 14);
  put(interrupts_.is_pending(exception::kSvCall), 15);
  put(interrupts_.is_enabled(exception::kMemManage), 16);
  put(interrupts_.is_enabled(exception::kBusFault), 17);
  put(interrupts_.is_enabled(exception::kUsageFault), 18);
  return value;
}

void SystemControl::write_handler_control_state(std::uint32_t value) {
  const auto bit = [&](unsigned place) { return (value >> place & 1) != 0; };
  interrupts_.reset_active(exception::kSvCall, bit(7));
  interrupts_.reset_active(exception::kPendSv, bit(10));
  interrupts_.reset_active(exception::kSysTick, bit(11));
  interrupts_.set_pending(exception::kUsageFault, bit(12));
  interrupts_.set_pending(exception::kMemManage, bit(13));
  interrupts_.set_pending(exception::kBusFault, bit(14));
  interrupts_.set_pending(exception::kSvCall, bit(15));
  interrupts_.set_enabled(exception::kMemManage, bit(16));
  interrupts_.set_enabled(exception::kBusFault, bit(17));
  interrupts_.set_enabled(exception::kUsageFault, bit(18));
}

std::uint32_t SystemControl::priorities(std::uint32_t offset) const {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    value |= interrupts_.priority(offset - 0xd18 + 4 + i) << 8 * i;
  }
  return value;
}

std::uint32_t SystemControl::cache_size() const {
  return (cssel_ & 1U) != 0 ? cache_size_id(core_.instruction_cache_bytes, 2)
                            : cache_size_id(core_.data_cache_bytes, 4);
}

std::uint32_t SystemControl::read_system(std::uint32_t offset) {
  if (offset >= 0x10 && offset < 0x20) {
    advance();
    return tick_.read(offset - 0x10);
  }
  if (offset >= 0x100 && offset < 0x600) return interrupts_.read(offset);
  if (offset >= MemoryProtection::kFirst && offset < MemoryProtection::kEnd) {
    return protection_.read(offset);
  }
  switch (offset) {
    case 0x004:
      return (core_.interrupt_lines + 31) / 32 - 1;
    case 0xd00:
      return core_.cpuid;
    case 0xd04:
      return interrupt_control_state();
    case 0xd08:
      return vtor_;
    case 0xd0c:
      return 0xfa050000 | interrupts_.priority_grouping() << 8;
    case 0xd10:
      return scr_;
    case 0xd14:
      return ccr_;
    case 0xd18:
    case 0xd1c:
    case 0xd20:
      return priorities(offset);
    case 0xd24:
      return handler_control_state();
    case 0xd28:
      return cfsr_;
    case 0xd2c:
      return hfsr_;
    case 0xd30:
      return dfsr_;
    case 0xd34:
      return mmfar_;
    case 0xd38:
      return bfar_;
    case 0xd78:
      return core_.data_cache_bytes != 0 ? 0x09000003 : 0;
    case 0xd7c:
      return core_.data_cache_bytes != 0 ? 0x8303c003 : 0;
    case 0xd80:
      return cache_size();
    case 0xd84:
      return cssel_;
    case 0xd88:
      return cpacr_;
    case 0xdf0:
      return 0;  // DHCSR: no debugger
    case 0xdfc:
      return demcr_;
    case 0xf34:
      return fpccr_;
    case 0xf38:
      return fpcar_;
    case 0xf3c:
      return state_.fpdscr;
    case 0xf40:
      return core_.fpu ? 0x10110021 : 0;  // MVFR0
    case 0xf44:
      return core_.fpu ? 0x11000011 : 0;  // MVFR1
    default:
      return rest_.read(kScs + offset, 4);
  }
}

void SystemControl::write_protection(std::uint32_t offset, std::uint32_t value) {
  const bool held = protection_.enabled();
  protection_.write(offset, value);
  state_.protects_memory = protection_.enabled();
  note_privilege(state_);
  if (on_protection && (held || protection_.enabled())) on_protection();
}

void SystemControl::write_system(std::uint32_t offset, std::uint32_t value, std::uint32_t bytes) {
  if (offset >= 0x10 && offset < 0x20) {
    advance();
    tick_.write(offset - 0x10, value);
    return;
  }
  if ((offset >= 0x100 && offset < 0x600) || offset == 0xf00) {
    interrupts_.write(offset, value, bytes);
    return;
  }
  if (offset >= 0xd18 && offset < 0xd24) {
    for (unsigned i = 0; i < bytes; ++i) {
      interrupts_.set_priority(offset - 0xd18 + 4 + i, value >> 8 * i & 0xff);
    }
    return;
  }
  if (offset >= 0xd28 && offset < 0xd2c) {  // write one to clear, by parts as well
    cfsr_ &= ~merged(0, offset, bytes, value);
    return;
  }
  if (offset >= MemoryProtection::kFirst && offset < MemoryProtection::kEnd) {
    write_protection(offset, value);
    return;
  }
  switch (offset) {
    case 0xd04:
      write_interrupt_control_state(value);
      break;
    case 0xd08:
      vtor_ = value & ~0x7fU;
      break;
    case 0xd0c:
      if (value >> 16 != 0x05fa) break;
      if (core_.features.has(Feature::kMainline)) interrupts_.set_priority_grouping(value >> 8);
      if ((value & 4U) != 0) host_.request_reset("it asked for a system reset");
      break;
    case 0xd10:
      scr_ = value;
      break;
    case 0xd14:
      if (!core_.features.has(Feature::kMainline)) break;
      if (on_caches && ((ccr_ ^ value) & (kInstructionCache | kDataCache)) != 0) {
        on_caches((value & kInstructionCache) != 0, (value & kDataCache) != 0);
      }
      ccr_ = value;
      if (core_.features.has(Feature::kArmv8)) ccr_ |= kStkAlign | kAnyLevel;
      state_.traps_unaligned = (value & 8U) != 0;
      state_.traps_divide_by_zero = (value & 16U) != 0;
      break;
    case 0xd24:
      write_handler_control_state(value);
      break;
    case 0xd2c:
      hfsr_ &= ~value;
      break;
    case 0xd30:
      dfsr_ &= ~value;
      break;
    case 0xd34:
      mmfar_ = value;
      break;
    case 0xd38:
      bfar_ = value;
      break;
    case 0xd84:
      cssel_ = value;
      break;
    case 0xd88:
      cpacr_ = value;
      if (core_.fpu) state_.fp_enabled = fp_permitted() && !lazy_state_pending();
      break;
    case 0xdfc:
      set_counting(dwt_control_, value);
      break;
    case 0xf34:
      fpccr_ = value;
      break;
    case 0xf38:
      fpcar_ = value & ~7U;
      break;
    case 0xf3c: {
      // LTPSIZE reads as 4 and ignores writes where there is MVE; FZ16 is there with it.
      constexpr std::uint32_t kModes = 0x07c00000, kHalfFlush = 1U << 19;
      const bool has_mve = (state_.fpscr_writable & kHalfFlush) != 0;
      state_.fpdscr = (value & (has_mve ? kModes | kHalfFlush : kModes)) |
                      (state_.fpdscr & isa::arm::kLtpsizeMask);
      break;
    }
    default:
      rest_.write(kScs + offset, bytes, value);
  }
}

std::uint32_t SystemControl::cycle_count() const {
  return counts_cycles() ? static_cast<std::uint32_t>(host_.now()) - cycle_base_ : cycle_base_;
}

void SystemControl::set_counting(std::uint32_t dwt_control, std::uint32_t demcr) {
  const std::uint32_t count = cycle_count();
  dwt_control_ = dwt_control;
  demcr_ = demcr;
  cycle_base_ = counts_cycles() ? static_cast<std::uint32_t>(host_.now()) - count : count;
}

std::uint32_t SystemControl::read_watchpoint_unit(std::uint32_t offset) const {
  switch (offset) {
    case 0x0:
      return 0x40000000 | dwt_control_;  // four comparators
    case 0x4:
      return cycle_count();
    default:
      return 0;
  }
}

void SystemControl::write_watchpoint_unit(std::uint32_t offset, std::uint32_t value) {
  if (!core_.features.has(Feature::kMainline)) return;  // no cycle counter (DDI 0419E C1.6)
  if (offset == 0x0) set_counting(value & 0x0fffffff, demcr_);
  if (offset == 0x4) {
    cycle_base_ = counts_cycles() ? static_cast<std::uint32_t>(host_.now()) - value : value;
  }
}

}  // namespace boardless::sim
