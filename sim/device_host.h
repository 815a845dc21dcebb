// What a device sees of the machine around it, and what the machine sees of a device that acts by
// itself.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "sim/address_space.h"

namespace boardless::sim {

constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

class DeviceHost {
 public:
  // Core cycles since reset, asleep ones included.
  virtual std::uint64_t now() const = 0;
  // The level of a device's interrupt line, told whenever it may have changed.
  virtual void set_line(unsigned line, bool level) = 0;
  // Something changed that decides when the core must stop next: an event, an interrupt, an end.
  virtual void reschedule() = 0;
  // The chip is reset, which ends the run; `why` is a sentence about it without a full stop.
  virtual void request_reset(std::string why) = 0;

 protected:
  ~DeviceHost() = default;
};

// A device whose state changes without being accessed. It computes its state from now() when asked.
class TimedDevice : public Device {
 public:
  // When its interrupt line, or something on the wire, changes next; kNever: not by itself.
  virtual std::uint64_t next_event() const = 0;
  // Brings state and interrupt line up to now().
  virtual void advance() = 0;
  // Whether it resets the chip in the end when the program leaves it alone.
  virtual bool will_reset() const { return false; }
  // mtime, of the device that counts it.
  virtual std::optional<std::uint64_t> machine_time() const { return std::nullopt; }
};

}  // namespace boardless::sim
