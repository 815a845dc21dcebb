// Everything around the core: memories at their addresses, their aliases, register blocks, clocks
// and devices; built from a plain description.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/address_space.h"
#include "sim/bus_clock.h"
#include "sim/device_host.h"
#include "sim/elf_image.h"
#include "sim/register_file.h"
#include "sim/serial_console.h"
#include "sim/storage_device.h"

namespace boardless::sim {

struct MemorySpec {
  std::string name;
  std::uint32_t base = 0;
  std::uint64_t bytes = 0;
  bool writable = false;
  std::vector<std::uint32_t> aliases;
};

// A clock that peripherals name. Dividers read fields of register blocks of the same board.
struct ClockSpec {
  std::string name;
  std::optional<std::uint32_t> fixed_hz;  // not derived from the core's clock
  struct Divider {
    std::string block;
    BitField field;
    BusClock::Encoding encoding = BusClock::Encoding::kApb;
  };
  std::vector<Divider> dividers;
};

// What a device finds where it is built; all of it outlives the device but the site itself.
struct DeviceSite {
  std::string name;
  const BusClock& clock;
  SerialConsole& console;
  DeviceHost& host;
};

// A device of a kind that only `make` knows.
struct DeviceSpec {
  std::string name;
  std::uint32_t base = 0, bytes = 0;
  std::string clock;  // empty: the core's
  std::function<std::unique_ptr<TimedDevice>(const DeviceSite&)> make;
};

struct BoardSpec {
  std::uint32_t core_clock_hz = 0;
  std::vector<MemorySpec> memories;
  struct Range {
    std::uint32_t base = 0, bytes = 0;
  };
  std::vector<Range> storage;  // whatever else lies there keeps what is written to it
  std::vector<ClockSpec> clocks;
  std::vector<RegisterFileSpec> registers;
  std::vector<DeviceSpec> devices;
};

class Board {
 public:
  // Maps everything into `memory`. check()s that names resolve; all arguments but `spec` must
  // outlive it.
  Board(const BoardSpec& spec, AddressSpace& memory, SerialConsole& console, DeviceHost& host);

  // Copies a program to its load addresses. Throws InputError when a segment lies in no memory.
  void load(const ElfImage& program);

  // Puts the code of a breakpoint at an address of a loaded program. Throws InputError when no
  // memory holds it.
  void set_breakpoint(std::uint32_t address, std::span<const std::uint8_t> breakpoint);

  std::uint64_t next_event() const;
  void advance();

  // Whether a device resets the chip in the end when the program leaves it alone.
  bool will_reset() const;

  // The machine timer's count (mtime); nothing when no device counts it.
  std::optional<std::uint64_t> machine_time() const;

  // Told of fields that control the memories (RegisterFileSpec::controls).
  std::function<void(const std::string& signal, std::uint32_t value)> on_control;
  // Tells all of them as they are now.
  void report_controls();

 private:
  // Host memory of [address, address + bytes) of a memory or of one of its aliases; empty when none
  // has all of it.
  std::span<std::uint8_t> memory_at(std::uint32_t address, std::size_t bytes);
  const BusClock& clock(const std::string& name) const;
  const RegisterFile& block(const std::string& name) const;

  std::deque<MemoryWindow> windows_;
  struct Alias {
    MemoryWindow* window = nullptr;
    std::uint32_t base = 0;
  };
  std::vector<Alias> aliases_;  // the windows at their own bases too
  std::vector<std::unique_ptr<StorageDevice>> storage_;
  std::deque<RegisterFile> registers_;
  std::deque<std::pair<std::string, BusClock>> clocks_;
  std::vector<std::unique_ptr<TimedDevice>> devices_;
};

}  // namespace boardless::sim
