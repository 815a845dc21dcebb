// A board with the devices that a test asks for in YAML, in a machine whose time the test sets. The
// core's clock is 100 MHz; PCLK is that, divided by bits 10 to 8 of the word at kRcc + 8.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

#include "sim/board.h"
#include "tests/devices/peripherals_text.h"
#include "tests/sim/paused_host.h"

namespace boardless::devices {

class DeviceTest : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kRcc = 0x40021000;

  explicit DeviceTest(const std::string& devices, sim::SerialConsole::Options console = {})
      : console_(std::move(console)), board_(board_of(devices), memory_, console_, host_) {}

  std::uint32_t read(std::uint32_t address) { return memory_.load(address, 4); }
  void write(std::uint32_t address, std::uint32_t value) { memory_.store(address, 4, value); }
  void divide_pclk(std::uint32_t prescaler) { write(kRcc + 8, prescaler << 8); }
  // As the machine does at every stop.
  void pass(std::uint64_t cycles) {
    host_.time += cycles;
    board_.advance();
  }

  sim::testing::PausedHost host_;
  sim::AddressSpace memory_;
  sim::SerialConsole console_;
  sim::Board board_;

 private:
  static sim::BoardSpec board_of(const std::string& devices) {
    const Peripherals peripherals = peripherals_of_text(
        "source: a test\n"
        "core: {vector_table: 0, interrupt_lines: 8, priority_bits: 4}\n"
        "registers: [{name: rcc, base: 0x40021000, bytes: 0x400, words: []}]\n"
        "clocks:\n"
        "  - {name: pclk, dividers: [{block: rcc, bits: \"0x08.10:8\", encoding: apb}]}\n"
        "  - {name: slow, fixed_hz: 32000}\n" +
        devices);
    sim::BoardSpec board;
    board.core_clock_hz = 100000000;
    board.registers = peripherals.registers;
    board.clocks = peripherals.clocks;
    board.devices = peripherals.devices;
    return board;
  }
};

}  // namespace boardless::devices
