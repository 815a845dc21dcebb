// A core-local interruptor: software interrupt, machine timer and its comparison (SiFive FE310-G002
// manual, "Core-Local Interruptor"; the layout that most RV32 chips and simulators share).
#pragma once

#include <cstdint>
#include <string>

#include "sim/device_host.h"
#include "sim/peripherals/bus_clock.h"

namespace boardless::sim {

struct ClintSpec {
  std::string name;
  std::uint32_t base = 0;
};

// Of one hart. Its lines are mip.MSIP and mip.MTIP.
class Clint final : public TimedDevice {
 public:
  static constexpr std::uint32_t kBytes = 0xc000;

  Clint(ClintSpec spec, const BusClock& clock, DeviceHost& host)
      : spec_(std::move(spec)), clock_(clock), host_(host) {}

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;
  std::uint64_t next_event() const override;
  void advance() override;

  std::uint64_t time() const { return clock_.ratio().to_ticks(host_.now()) + offset_; }

 private:
  ClintSpec spec_;
  const BusClock& clock_;
  DeviceHost& host_;
  bool software_ = false;
  std::uint64_t compare_ =
      ~std::uint64_t{0};      // not reset by hardware: no interrupt until it is set
  std::uint64_t offset_ = 0;  // what writes of mtime added
};

}  // namespace boardless::sim
