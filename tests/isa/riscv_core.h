// A RISC-V core with a little memory, for tests that run instructions written down by hand.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string_view>

#include "isa/riscv/translator.h"
#include "sim/guest_memory.h"
#include "sim/interpreter.h"

namespace boardless::isa::riscv {

class Core {
 public:
  static constexpr std::uint32_t kCode = 0x10000, kData = 0x20000, kBytes = 0x1000;

  explicit Core(std::string_view variant) : Core(find_variant(variant)) {}
  explicit Core(const Variant& variant)
      : code_("code", kCode, kBytes, sim::MemoryWindow::Access::kReadWriteExecute),
        data_("data", kData, kBytes, sim::MemoryWindow::Access::kReadWrite),
        interpreter_(variant) {
    interpreter_.memory().map(code_);
    interpreter_.memory().map(data_);
    reset(state(), variant);
    state().mstatus |= kMstatusFs;
  }

  State& state() { return interpreter_.state(); }
  std::uint32_t& x(std::size_t i) { return state().x[i]; }
  std::uint32_t& f(std::size_t i) { return state().f[i]; }

  std::uint32_t word(std::uint32_t address) {
    std::uint32_t value = 0;
    std::memcpy(&value, data_.at(address, 4).data(), 4);
    return value;
  }
  void set_word(std::uint32_t address, std::uint32_t value) {
    std::memcpy(data_.at(address, 4).data(), &value, 4);
  }

  // Runs the encodings (16 bits unless their low bits say 32) from kCode until a trap. The rest of
  // the code window is C.EBREAK. Code of before is gone.
  Trap run(std::initializer_list<std::uint32_t> encodings) {
    for (std::uint32_t at = 0; at < kBytes; at += 2) put(kCode + at, 0x9002, 2);
    std::uint32_t at = kCode;
    for (const std::uint32_t encoding : encodings) {
      const std::uint32_t bytes = (encoding & 3) == 3 ? 4 : 2;
      put(at, encoding, bytes);
      at += bytes;
    }
    state().pc = kCode;
    state().trap = Trap::kNone;
    interpreter_.run();
    return state().trap;
  }

 private:
  // Through the address space, so that blocks of before are dropped.
  void put(std::uint32_t address, std::uint32_t value, std::uint32_t bytes) {
    interpreter_.memory().store(address, bytes, value);
  }

  sim::MemoryWindow code_, data_;
  sim::Interpreter<Translator> interpreter_;
};

}  // namespace boardless::isa::riscv
