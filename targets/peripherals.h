// The peripherals of a family of microcontrollers, as far as firmware depends on them: what
// targets/peripherals/*.yaml says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boardless::targets {

// `width` bits from `lsb` on of the register at `offset`. In YAML "10" or "3:2", of another
// register of the block "0x04.10".
struct RegisterBits {
  std::uint32_t offset = 0, lsb = 0, width = 1;
};

// Registers keep what is written to them but for these rules.
struct RegisterBlock {
  std::string name;
  std::uint32_t base = 0, bytes = 0;
  struct Reset {
    std::uint32_t offset = 0, value = 0;
  };
  std::vector<Reset> resets;
  struct Follow {  // "3:2 = 1:0": the left bits read as the right ones
    RegisterBits to, from;
  };
  std::vector<Follow> follows;
  std::vector<RegisterBits> ones, zeros;    // read as 1, as 0
  std::vector<RegisterBits> self_clearing;  // commands that are done at once
  struct Control {                          // "flash.wait_states = 3:0"
    RegisterBits bits;
    std::string signal;
  };
  std::vector<Control> controls;
};

// The core's clock divided by fields of register blocks; or one of its own.
struct PeripheralClock {
  std::string name;
  std::optional<std::uint32_t> fixed_hz;
  enum class Encoding { kApb, kAhb };
  struct Divider {
    std::string block;
    RegisterBits bits;
    Encoding encoding = Encoding::kApb;
  };
  std::vector<Divider>
      dividers;  // the APB prescaler last: unless it is 1, timers count twice as fast
};

struct Usart {
  std::string name;
  std::uint32_t base = 0, interrupt = 0;
  enum class Layout { kStatusData, kSplit };
  Layout layout = Layout::kSplit;
  bool low_power = false;
  std::string clock;
};

struct Timer {
  std::string name;
  std::uint32_t base = 0, interrupt = 0, bits = 16;
  std::string clock;
};

struct Clint {
  std::string name;
  std::uint32_t base = 0;
  std::string clock;
};

struct SifiveUart {
  std::string name;
  std::uint32_t base = 0;
  std::optional<std::uint32_t> interrupt;  // bit of mip; none: through a controller
  std::string clock;
};

struct Peripherals {
  std::string name;
  std::uint32_t vector_table = 0;             // Arm
  std::optional<std::uint32_t> reset_vector;  // RISC-V; none: where the program says it begins
  std::uint32_t interrupt_lines = 0, priority_bits = 0;
  std::uint32_t tick_reference_divider = 1;
  std::uint32_t instruction_cache_bytes = 0, data_cache_bytes = 0;  // the core's own
  struct Range {
    std::uint32_t base = 0, bytes = 0;
  };
  std::vector<Range> storage;
  std::vector<PeripheralClock> clocks;
  std::vector<RegisterBlock> registers;
  std::vector<Usart> usarts;
  std::vector<Timer> timers;
  std::vector<Clint> clints;
  std::vector<SifiveUart> sifive_uarts;
};

// What a signal of RegisterBlock::controls may be: "MEMORY.wait_states", "MEMORY.prefetch",
// "CACHE.enable", "CACHE.multi_way", "CACHE.invalidate".
// Throws InputError naming file, line and key.
Peripherals load_peripherals(const std::string& name);

}  // namespace boardless::targets
