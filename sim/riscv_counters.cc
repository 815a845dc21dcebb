// Registers by number (privileged architecture 1.12, 3.1.10 to 3.1.12, 3.7). Event counters that
// count nothing read as zero, as the architecture allows; memory protection is kept but not
// checked.
#include "sim/riscv_counters.h"

#include <utility>

#include "isa/riscv/csr.h"

namespace boardless::sim {
namespace {

using namespace isa::riscv;

constexpr std::uint32_t kMcounteren = 0x306, kMenvcfg = 0x30a, kMenvcfgh = 0x31a,
                        kMcountinhibit = 0x320, kMhpmevent3 = 0x323, kPmpcfg0 = 0x3a0,
                        kPmpaddr0 = 0x3b0, kTselect = 0x7a0, kTdata1 = 0x7a1;
constexpr std::uint32_t kCounters = 32, kEvents = 29;
constexpr std::uint32_t kCycleIndex = 0, kTimeIndex = 1, kInstretIndex = 2;
constexpr std::uint32_t kCycleBit = 1, kInstretBit = 4;

}  // namespace

RiscvCounters::RiscvCounters(const State& state, Sources sources, bool inhibited)
    : state_(state), sources_(std::move(sources)) {
  if (!inhibited) return;
  inhibit_ = kCycleBit | kInstretBit;
  cycle_.held = 0;
  instret_.held = 0;
}

std::optional<std::uint64_t> RiscvCounters::counter(std::uint32_t index) const {
  switch (index) {
    case kCycleIndex:
      return cycle_.at(sources_.cycles());
    case kTimeIndex:
      return sources_.time();
    case kInstretIndex:
      return instret_.at(sources_.instructions());
    default:
      return 0;
  }
}

bool RiscvCounters::permits(std::uint32_t index) const {
  return state_.privilege == Privilege::kMachine || (enable_ >> index & 1U) != 0;
}

std::optional<std::uint32_t> RiscvCounters::read(std::uint32_t csr) {
  const auto half = [](std::optional<std::uint64_t> value, bool upper) {
    return value ? std::optional(static_cast<std::uint32_t>(upper ? *value >> 32 : *value))
                 : std::nullopt;
  };
  for (const bool upper : {false, true}) {
    const std::uint32_t machine = csr - (upper ? kMcycleh : kMcycle);
    if (machine < kCounters && machine != kTimeIndex) return half(counter(machine), upper);
    const std::uint32_t user = csr - (upper ? kCycleh : kCycle);
    if (user < kCounters) return permits(user) ? half(counter(user), upper) : std::nullopt;
  }
  if (csr - kMhpmevent3 < kEvents) return 0;
  if (csr - kPmpcfg0 < pmp_configuration_.size()) return pmp_configuration_[csr - kPmpcfg0];
  if (csr - kPmpaddr0 < pmp_address_.size()) return pmp_address_[csr - kPmpaddr0];
  switch (csr) {
    case kMcountinhibit:
      return inhibit_;
    case kMcounteren:
    case kMenvcfg:
    case kMenvcfgh:
      if (!state_.has_user_mode) return std::nullopt;
      return csr == kMcounteren ? enable_ : 0;
    case kTselect:
    case kTdata1:
      return 0;  // there is no trigger
    default:
      return std::nullopt;
  }
}

bool RiscvCounters::write(std::uint32_t csr, std::uint32_t value) {
  for (const bool upper : {false, true}) {
    const std::uint32_t index = csr - (upper ? kMcycleh : kMcycle);
    if (index >= kCounters || index == kTimeIndex) continue;
    if (index > kInstretIndex) return true;
    Counter& changed = index == kCycleIndex ? cycle_ : instret_;
    const std::uint64_t source = index == kCycleIndex ? sources_.cycles() : sources_.instructions();
    const std::uint64_t before = changed.at(source);
    changed.set(source, upper ? (before & 0xffffffffU) | std::uint64_t{value} << 32
                              : (before >> 32 << 32) | value);
    return true;
  }
  if (csr - kMhpmevent3 < kEvents) return true;
  if (csr - kPmpcfg0 < pmp_configuration_.size()) {
    pmp_configuration_[csr - kPmpcfg0] = value;
    return true;
  }
  if (csr - kPmpaddr0 < pmp_address_.size()) {
    pmp_address_[csr - kPmpaddr0] = value;
    return true;
  }
  switch (csr) {
    case kMcountinhibit:
      inhibit_ = value & (kCycleBit | kInstretBit);
      cycle_.inhibit(sources_.cycles(), (inhibit_ & kCycleBit) != 0);
      instret_.inhibit(sources_.instructions(), (inhibit_ & kInstretBit) != 0);
      return true;
    case kMcounteren:
      enable_ = value;
      return state_.has_user_mode;
    case kMenvcfg:
    case kMenvcfgh:
      return state_.has_user_mode;
    case kTselect:
    case kTdata1:
      return true;
    default:
      return false;
  }
}

}  // namespace boardless::sim
