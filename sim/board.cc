// Construction, and loading a program.
#include "sim/board.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace boardless::sim {

Board::Board(const BoardSpec& spec, AddressSpace& memory, SerialConsole& console,
             DeviceHost& host) {
  for (const MemorySpec& each : spec.memories) {
    // A memory that shares its page with peripherals (backup SRAM) is reached as they are.
    if (each.base % isa::kPageBytes != 0 || each.bytes % isa::kPageBytes != 0) {
      memory.map(*storage_.emplace_back(std::make_unique<StorageDevice>()), each.base,
                 static_cast<std::uint32_t>(each.bytes));
      continue;
    }
    MemoryWindow& window =
        windows_.emplace_back(each.name, each.base, each.bytes,
                              each.writable ? MemoryWindow::Access::kReadWriteExecute
                                            : MemoryWindow::Access::kReadExecute);
    // Erased flash reads as ones.
    if (!each.writable) std::ranges::fill(window.bytes(), std::uint8_t{0xff});
    memory.map(window);
    aliases_.push_back({&window, each.base});
    for (const std::uint32_t alias : each.aliases) {
      memory.map(window, alias);
      aliases_.push_back({&window, alias});
    }
  }
  for (const BoardSpec::Range& range : spec.storage) {
    memory.map(*storage_.emplace_back(std::make_unique<StorageDevice>()), range.base, range.bytes);
  }
  for (const RegisterFileSpec& each : spec.registers) {
    RegisterFile& file = registers_.emplace_back(each);
    file.on_control = [this](const std::string& signal, std::uint32_t value) {
      if (on_control) on_control(signal, value);
    };
    memory.map(file, each.base, each.bytes);
  }
  clocks_.emplace_back("", BusClock({}, {}));  // the core's
  for (const ClockSpec& each : spec.clocks) {
    std::vector<BusClock::Divider> dividers;
    for (const ClockSpec::Divider& divider : each.dividers) {
      dividers.push_back({&block(divider.block), divider.field, divider.encoding});
    }
    const ClockRatio core =
        each.fixed_hz ? ClockRatio{spec.core_clock_hz, *each.fixed_hz} : ClockRatio{};
    clocks_.emplace_back(each.name, BusClock(core, std::move(dividers)));
  }
  for (const DeviceSpec& each : spec.devices) {
    const std::unique_ptr<TimedDevice>& device =
        devices_.emplace_back(each.make({each.name, clock(each.clock), console, host}));
    memory.map(*device, each.base, each.bytes);
  }
  // What counts a divided clock is brought up to date before a divider changes.
  for (RegisterFile& file : registers_) {
    const bool divides = std::ranges::any_of(spec.clocks, [&](const ClockSpec& each) {
      return std::ranges::any_of(each.dividers, [&](const ClockSpec::Divider& divider) {
        return divider.block == file.spec().name;
      });
    });
    if (!divides) continue;
    file.before_write = [this, &host] {
      advance();
      host.reschedule();
    };
  }
}

const RegisterFile& Board::block(const std::string& name) const {
  const auto found = std::ranges::find_if(
      registers_, [&](const RegisterFile& file) { return file.spec().name == name; });
  check(found != registers_.end(), "a clock's divider names a register block of its board");
  return *found;
}

const BusClock& Board::clock(const std::string& name) const {
  const auto found =
      std::ranges::find_if(clocks_, [&](const auto& each) { return each.first == name; });
  check(found != clocks_.end(), "a device names a clock of its board");
  return found->second;
}

std::span<std::uint8_t> Board::memory_at(std::uint32_t address, std::size_t bytes) {
  for (const Alias& alias : aliases_) {
    const std::uint32_t same = address - alias.base + alias.window->base();
    if (address >= alias.base && same >= alias.window->base() &&
        alias.window->contains(same, bytes)) {
      return alias.window->at(same, bytes);
    }
  }
  return {};
}

void Board::load(const ElfImage& program) {
  for (const Segment& segment : program.segments) {
    const std::span<std::uint8_t> memory = memory_at(segment.load_address, segment.bytes.size());
    if (memory.empty()) {
      std::string known;
      for (const MemoryWindow& each : windows_) {
        known += fmt::format("{}{} (0x{:08x} to 0x{:08x})", known.empty() ? "" : ", ", each.name(),
                             each.base(), each.end() - 1);
      }
      throw InputError(fmt::format("{}: {} bytes at 0x{:08x} lie in no memory of the target: {}",
                                   program.file, segment.bytes.size(), segment.load_address,
                                   known));
    }
    std::ranges::copy(segment.bytes, memory.begin());
  }
}

void Board::report_controls() {
  for (const RegisterFile& file : registers_) {
    for (const RegisterFileSpec::Control& control : file.spec().controls) {
      on_control(control.signal, file.field(control.field));
    }
  }
}

void Board::set_breakpoint(std::uint32_t address, std::span<const std::uint8_t> breakpoint) {
  const std::span<std::uint8_t> code = memory_at(address, breakpoint.size());
  if (code.empty()) {
    throw InputError(fmt::format("the code to stop at, 0x{:08x}, lies in no memory", address));
  }
  std::ranges::copy(breakpoint, code.begin());
}

std::optional<std::uint64_t> Board::machine_time() const {
  for (const auto& device : devices_) {
    if (const std::optional<std::uint64_t> time = device->machine_time()) return time;
  }
  return std::nullopt;
}

std::uint64_t Board::next_event() const {
  std::uint64_t next = kNever;
  for (const auto& device : devices_) next = std::min(next, device->next_event());
  return next;
}

void Board::advance() {
  for (const auto& device : devices_) device->advance();
}

bool Board::will_reset() const {
  return std::ranges::any_of(devices_, [](const auto& device) { return device->will_reset(); });
}

}  // namespace boardless::sim
