// The private peripheral bus of an M-profile core, 0xe0000000 to 0xe00fffff: system control block,
// NVIC, SysTick, DWT's cycle counter, ITM's console port; the rest keeps what is written to it.
#pragma once

#include <cstdint>
#include <functional>

#include "isa/arm/state.h"
#include "sim/core_system.h"
#include "sim/device_host.h"
#include "sim/interrupt_controller.h"
#include "sim/memory_protection.h"
#include "sim/protection_guard.h"
#include "sim/storage_device.h"
#include "sim/system_tick.h"

namespace boardless::sim {

// Bits of the configurable fault status register (DDI 0403E B3.2.15).
namespace fault_status {
constexpr std::uint32_t kInstructionAccess = 1U << 0, kDataAccess = 1U << 1,
                        kProtectedUnstacking = 1U << 3, kProtectedStacking = 1U << 4,
                        kProtectionAddressValid = 1U << 7, kInstructionBus = 1U << 8,
                        kPreciseBus = 1U << 9, kBusAddressValid = 1U << 15, kUndefined = 1U << 16,
                        kInvalidState = 1U << 17, kInvalidPc = 1U << 18, kNoCoprocessor = 1U << 19,
                        kStackOverflow = 1U << 20, kUnaligned = 1U << 24, kDivideByZero = 1U << 25;
}

class SystemControl final : public Device {
 public:
  static constexpr std::uint32_t kBase = 0xe0000000, kBytes = 0x100000;

  // The three must outlive it.
  SystemControl(const CoreSystem& core, isa::arm::State& state, DeviceHost& host);

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;

  const MemoryProtection& protection() const { return protection_; }
  ProtectionGuard& guard() { return guard_; }
  InterruptController& interrupts() { return interrupts_; }
  const InterruptController& interrupts() const { return interrupts_; }

  // Brings SysTick up to now().
  void advance();
  std::uint64_t next_event() const { return tick_.next_event(); }

  std::uint32_t vector_table() const { return vtor_; }
  void set_vector_table(std::uint32_t address) { vtor_ = address; }
  bool aligns_stack() const { return (ccr_ & 1U << 9) != 0; }
  bool sleeps_on_exit() const { return (scr_ & 2U) != 0; }
  // Whether a handler may return to Thread mode while another exception is active (Armv8-M:
  // always).
  bool enters_thread_from_any_level() const { return (ccr_ & 1U) != 0; }
  // Whether code at negative priority may go below its stack limit.
  bool ignores_stack_limit_in_faults() const { return (ccr_ & 1U << 10) != 0; }

  // Floating point: whether CPACR lets the current mode use it, and the lazy state preservation
  // (DDI 0403E B1.5.7).
  bool fp_permitted() const;
  bool preserves_fp_state() const { return (fpccr_ & 1U << 31) != 0; }
  bool preserves_lazily() const { return (fpccr_ & 1U << 30) != 0; }
  bool lazy_state_pending() const { return (fpccr_ & 1U) != 0; }
  // Room for S0 to S15 and FPSCR was left at `address` for the code that now runs.
  void leave_lazy_state(std::uint32_t address);
  void drop_lazy_state() { fpccr_ &= ~1U; }
  std::uint32_t lazy_state_address() const { return fpcar_; }

  // Fault status.
  void add_fault(std::uint32_t status_bits) { cfsr_ |= status_bits; }
  void set_fault_address(std::uint32_t address) { bfar_ = address; }
  void set_protection_fault_address(std::uint32_t address) { mmfar_ = address; }
  void add_hard_fault(std::uint32_t status_bits) { hfsr_ |= status_bits; }
  std::uint32_t configurable_fault_status() const { return cfsr_; }
  std::uint32_t hard_fault_status() const { return hfsr_; }
  std::uint32_t fault_address() const { return bfar_; }

  // Told of characters sent through ITM stimulus port 0, and of cache enable bits (CCR).
  std::function<void(char)> on_trace_character;
  std::function<void(bool instruction_cache, bool data_cache)> on_caches;
  // Told when what memory protection permits has changed.
  std::function<void()> on_protection;

 private:
  void require_permission(std::uint32_t offset, std::uint32_t bytes, bool is_store) const;
  std::uint32_t read_system(std::uint32_t offset);
  void write_system(std::uint32_t offset, std::uint32_t value, std::uint32_t bytes);
  void write_protection(std::uint32_t offset, std::uint32_t value);
  std::uint32_t read_watchpoint_unit(std::uint32_t offset) const;
  void write_watchpoint_unit(std::uint32_t offset, std::uint32_t value);
  std::uint32_t interrupt_control_state() const;
  void write_interrupt_control_state(std::uint32_t value);
  std::uint32_t handler_control_state() const;
  void write_handler_control_state(std::uint32_t value);
  std::uint32_t priorities(std::uint32_t offset) const;
  std::uint32_t cache_size() const;
  std::uint32_t cycle_count() const;
  bool counts_cycles() const { return (dwt_control_ & 1U) != 0 && (demcr_ & 1U << 24) != 0; }
  void set_counting(std::uint32_t dwt_control, std::uint32_t demcr);

  const CoreSystem& core_;
  isa::arm::State& state_;
  DeviceHost& host_;
  InterruptController interrupts_;
  MemoryProtection protection_;
  ProtectionGuard guard_;
  SystemTick tick_;
  StorageDevice rest_;
  std::uint32_t vtor_ = 0, scr_ = 0, ccr_ = 0, cpacr_ = 0, cssel_ = 0;
  std::uint32_t cfsr_ = 0, hfsr_ = 0, dfsr_ = 0, mmfar_ = 0, bfar_ = 0;
  std::uint32_t fpccr_ = 0, fpcar_ = 0;
  std::uint32_t demcr_ = 0, dwt_control_ = 0;
  std::uint32_t cycle_base_ =
      0;  // CYCCNT: when counting, counted from now() at zero; else its value
};

}  // namespace boardless::sim
