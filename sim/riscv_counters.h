// The control and status registers of an RV32 core that its execution state does not hold:
// counters, and what keeps what is written to it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>

#include "isa/riscv/state.h"

namespace boardless::sim {

class RiscvCounters final : public isa::riscv::CsrPort {
 public:
  struct Sources {
    std::function<std::uint64_t()> cycles, instructions;
    std::function<std::optional<std::uint64_t>()> time;  // nothing: no machine timer
  };
  // `state` must outlive it. `inhibited`: what mcountinhibit holds after reset.
  RiscvCounters(const isa::riscv::State& state, Sources sources, bool inhibited);

  std::optional<std::uint32_t> read(std::uint32_t csr) override;
  bool write(std::uint32_t csr, std::uint32_t value) override;

 private:
  // Runs with its source, plus what was written; or stands still.
  struct Counter {
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> held;
    std::uint64_t at(std::uint64_t source) const { return held ? *held : source + offset; }
    void set(std::uint64_t source, std::uint64_t value) {
      if (held) held = value;
      offset = value - source;
    }
    void inhibit(std::uint64_t source, bool stop) {
      if (stop == held.has_value()) return;
      const std::uint64_t value = at(source);
      held = stop ? std::optional(value) : std::nullopt;
      offset = value - source;
    }
  };

  std::optional<std::uint64_t> counter(std::uint32_t index) const;
  bool permits(std::uint32_t index) const;

  const isa::riscv::State& state_;
  Sources sources_;
  Counter cycle_, instret_;
  std::uint32_t inhibit_ = 0, enable_ = 0;  // mcountinhibit, mcounteren
  std::array<std::uint32_t, 4> pmp_configuration_{};
  std::array<std::uint32_t, 16> pmp_address_{};
};

}  // namespace boardless::sim
