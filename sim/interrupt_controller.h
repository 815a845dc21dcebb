// Which exceptions of an M-profile core are enabled, pending and active, with what priority: the
// registers of the NVIC and the part of the system control block that belongs to it.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>

#include "isa/arm/state.h"

namespace boardless::sim {

// Exception numbers (DDI 0403E B1.5.2); external line n is 16 + n.
namespace exception {
constexpr unsigned kNmi = 2, kHardFault = 3, kMemManage = 4, kBusFault = 5, kUsageFault = 6,
                   kSvCall = 11, kDebugMonitor = 12, kPendSv = 14, kSysTick = 15, kFirstLine = 16;
}

class InterruptController {
 public:
  static constexpr unsigned kExceptions = 512;
  // Nothing active, nothing masked: any exception pre-empts.
  static constexpr int kThreadPriority = 256;

  // `lines` external interrupts; the low 8 - `priority_bits` bits of each priority read as zero.
  InterruptController(unsigned lines, unsigned priority_bits);

  void set_pending(unsigned number, bool pending) {
    if (pending && !pending_[number] && on_pending) on_pending();
    pending_[number] = pending;
  }
  bool is_pending(unsigned number) const { return pending_[number]; }
  void set_enabled(unsigned number, bool enabled) { enabled_[number] = enabled; }
  bool is_enabled(unsigned number) const { return enabled_[number]; }
  bool is_active(unsigned number) const { return active_[number]; }
  std::size_t active_count() const { return active_.count(); }
  // Active: no longer pending. Inactive: pending again when its line is still high (DDI 0403E
  // B3.4.1).
  void activate(unsigned number);
  void deactivate(unsigned number);
  void reset_active(unsigned number, bool active) { active_[number] = active; }

  // Level of an external line; a rising one pends its interrupt.
  void set_line(unsigned line, bool level);

  // Priority with the subpriority bits cut off, smaller is more urgent; negative for NMI,
  // HardFault.
  int group_priority(unsigned number) const;
  void set_priority(unsigned number, std::uint32_t value);
  std::uint32_t priority(unsigned number) const { return priority_[number]; }
  void set_priority_grouping(std::uint32_t prigroup) { prigroup_ = prigroup & 7; }
  std::uint32_t priority_grouping() const { return prigroup_; }

  // Of what is active alone, and with PRIMASK, BASEPRI and FAULTMASK.
  int active_priority() const;
  int execution_priority(const isa::arm::State& state) const;

  // The most urgent exception that is pending and enabled; 0 when there is none.
  unsigned most_urgent() const;
  // The one that pre-empts at this execution priority; 0 when there is none.
  unsigned preempting(int execution_priority) const {
    const unsigned number = most_urgent();
    return number != 0 && group_priority(number) < execution_priority ? number : 0;
  }

  // Whether any enabled exception, were it pending, would pre-empt.
  bool can_preempt(int execution_priority) const;

  // Registers ISER to IPR (offsets 0x100 to 0x4ff from 0xe000e000) and STIR.
  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value, std::uint32_t bytes);

  // Told whenever an exception becomes pending, enabled or not.
  std::function<void()> on_pending;

 private:
  using Set = std::bitset<kExceptions>;
  std::uint32_t group_mask() const;
  unsigned first_of_word(std::uint32_t offset) const { return 16 + (offset & 0x7cU) * 8; }

  unsigned end_;
  std::uint32_t priority_mask_;
  std::uint32_t prigroup_ = 0;
  Set enabled_, pending_, active_, high_;
  std::array<std::uint8_t, kExceptions> priority_{};
};

}  // namespace boardless::sim
