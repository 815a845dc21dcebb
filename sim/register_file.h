// A block of registers that keep what is written to them, but for declared bits: ready bits that
// follow enable bits, bits that are always 0 or 1, commands that clear themselves, and fields that
// set something outside the block.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/address_space.h"

namespace boardless::sim {

// `width` bits from `lsb` on of the register at `offset`.
struct BitField {
  std::uint32_t offset = 0;
  std::uint32_t lsb = 0;
  std::uint32_t width = 1;
  std::uint32_t mask() const { return (width == 32 ? ~0U : (1U << width) - 1) << lsb; }
};

struct RegisterFileSpec {
  std::string name;
  std::uint32_t base = 0;
  std::uint32_t bytes = 0;
  struct Reset {
    std::uint32_t offset = 0;
    std::uint32_t value = 0;
  };
  std::vector<Reset> resets;  // all others: 0
  struct Follow {
    BitField to, from;  // of equal width; `to` reads as `from`
  };
  std::vector<Follow> follows;
  std::vector<BitField> ones;           // read as 1
  std::vector<BitField> zeros;          // read as 0
  std::vector<BitField> self_clearing;  // read as 0 after whatever was written, done at once
  // What a field sets; the listener of the board is told when it changes.
  struct Control {
    BitField field;
    std::string signal;  // "flash.wait_states"
  };
  std::vector<Control> controls;
};

class RegisterFile final : public Device {
 public:
  explicit RegisterFile(RegisterFileSpec spec);

  std::uint32_t read(std::uint32_t offset, std::uint32_t bytes) override;
  void write(std::uint32_t offset, std::uint32_t bytes, std::uint32_t value) override;

  // As the guest reads it.
  std::uint32_t field(const BitField& field) const;

  const RegisterFileSpec& spec() const { return spec_; }

  // Called before a write takes effect, and with each control field that it changed after it.
  std::function<void()> before_write;
  std::function<void(const std::string& signal, std::uint32_t value)> on_control;

 private:
  std::uint32_t word(std::uint32_t offset) const;

  RegisterFileSpec spec_;
  std::vector<std::uint32_t> words_;
};

}  // namespace boardless::sim
