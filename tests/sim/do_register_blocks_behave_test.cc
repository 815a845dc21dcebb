// Do registers behave as their rules say, and does an access outside the map fault?
#include <gtest/gtest.h>

#include <vector>

#include "sim/board.h"
#include "tests/sim/paused_host.h"

namespace boardless::sim {
namespace {

constexpr std::uint32_t kRcc = 0x40021000;

BoardSpec spec() {
  BoardSpec board;
  board.core_clock_hz = 100000000;
  RegisterFileSpec rcc;
  rcc.name = "rcc";
  rcc.base = kRcc;
  rcc.bytes = 0x400;
  rcc.resets = {{0, 0x60}};
  rcc.follows = {{{0, 10, 1}, {0, 8, 1}}, {{8, 2, 2}, {8, 0, 2}}};
  rcc.ones = {{0, 14, 2}};
  rcc.self_clearing = {{4, 1, 1}};
  rcc.controls = {{{12, 0, 4}, "flash.wait_states"}};
  board.registers = {rcc};
  board.storage = {{0x48000000, 0x1000}};
  return board;
}

class Registers : public ::testing::Test {
 protected:
  std::uint32_t read(std::uint32_t address) { return memory_.load(address, 4); }
  void write(std::uint32_t address, std::uint32_t value) { memory_.store(address, 4, value); }

  testing::PausedHost host_;
  AddressSpace memory_;
  SerialConsole console_{{}};
  Board board_{spec(), memory_, console_, host_};
};

TEST_F(Registers, ReadyBitsFollowTheirEnableBits) {
  EXPECT_EQ(read(kRcc), 0xc060U);
  write(kRcc, 0x160);
  EXPECT_EQ(read(kRcc), 0xc560U);
  write(kRcc, 0x060);
  EXPECT_EQ(read(kRcc), 0xc060U);
  write(kRcc + 8, 2);
  EXPECT_EQ(read(kRcc + 8), 0xaU);
}

TEST_F(Registers, CommandsClearThemselvesAndByteWritesReachTheirByte) {
  write(kRcc + 4, 0xff);
  EXPECT_EQ(read(kRcc + 4), 0xfdU);
  memory_.store(kRcc + 5, 1, 0x12);
  EXPECT_EQ(read(kRcc + 4), 0x12fdU);
}

TEST_F(Registers, ControlsAreTold) {
  std::vector<std::uint32_t> told;
  board_.on_control = [&](const std::string& signal, std::uint32_t value) {
    EXPECT_EQ(signal, "flash.wait_states");
    told.push_back(value);
  };
  write(kRcc + 12, 5);
  write(kRcc + 12, 0x105);  // unchanged
  write(kRcc + 12, 2);
  EXPECT_EQ(told, (std::vector<std::uint32_t>{5, 2}));
}

TEST_F(Registers, OutsideTheMapAnAccessFaults) {
  write(0x48000ffc, 7);
  EXPECT_EQ(read(0x48000ffc), 7U);
  EXPECT_THROW(read(0x48001000), isa::MemoryFault);
}

}  // namespace
}  // namespace boardless::sim
