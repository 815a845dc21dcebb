// A bare core with code and data memory, for tests that say instruction by instruction what
// happens.
#pragma once

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>

#include "isa/arm/translator.h"
#include "sim/guest_memory.h"
#include "sim/interpreter.h"

namespace boardless::isa {

class CoreUnderTest {
 public:
  static constexpr std::uint32_t kCode = 0x1000;
  static constexpr std::uint32_t kData = 0x20000000;
  static constexpr std::uint32_t kConstants = 0x8000;  // cannot be written

  explicit CoreUnderTest(std::string_view variant)
      : code_("code", kCode, 0x4000, sim::MemoryWindow::Access::kReadWriteExecute),
        data_("data", kData, 0x2000, sim::MemoryWindow::Access::kReadWrite),
        constants_("constants", kConstants, 0x1000, sim::MemoryWindow::Access::kRead),
        interpreter_(find_variant(variant)) {
    interpreter_.memory().map(code_);
    interpreter_.memory().map(data_);
    interpreter_.memory().map(constants_);
    state().pc = kCode;
    state().r[13] = kData + 0x1000;
  }

  // Puts halfwords at kCode, and a BKPT #0 after them.
  void load(std::initializer_list<std::uint16_t> halfwords) {
    std::uint32_t at = kCode;
    for (const std::uint16_t halfword : halfwords) {
      set_code(at, halfword);
      at += 2;
    }
    set_code(at, 0xbe00);
    end_ = at;
  }
  std::uint32_t end() const { return end_; }  // where that BKPT is

  sim::Stop run() {
    state().trap = arm::Trap::kNone;
    return interpreter_.run();
  }
  // Runs what load() got, from its start.
  sim::Stop run(std::initializer_list<std::uint16_t> halfwords) {
    load(halfwords);
    state().pc = kCode;
    return run();
  }

  arm::State& state() { return interpreter_.state(); }
  std::uint32_t& r(std::size_t i) { return state().r[i]; }
  std::uint32_t word(std::uint32_t address) {
    std::uint32_t value = 0;
    std::memcpy(&value, data_.at(address, 4).data(), 4);
    return value;
  }
  void set_word(std::uint32_t address, std::uint32_t value) {
    std::memcpy(data_.at(address, 4).data(), &value, 4);
  }
  // As a store of the program would, so that blocks that hold it are forgotten.
  void set_code(std::uint32_t address, std::uint16_t halfword) {
    interpreter_.memory().store(address, 2, halfword);
  }

 private:
  sim::MemoryWindow code_, data_, constants_;
  sim::Interpreter<arm::Translator> interpreter_;
  std::uint32_t end_ = kCode;
};

}  // namespace boardless::isa
