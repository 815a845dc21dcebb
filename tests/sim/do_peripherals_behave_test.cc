// Do the peripherals that firmware waits for behave as their manuals say?
#include <gtest/gtest.h>

#include <vector>

#include "sim/board.h"

namespace boardless::sim {
namespace {

class Host : public DeviceHost {
 public:
  std::uint64_t now() const override { return time; }
  void set_line(unsigned line, bool level) override { lines.at(line) = level; }
  void reschedule() override {}
  std::uint64_t time = 0;
  std::vector<bool> lines = std::vector<bool>(8);
};

constexpr std::uint32_t kRcc = 0x40021000, kUart = 0x40004000, kTimer = 0x40000000;

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
  board.clocks = {{"pclk", {}, {{"rcc", {8, 8, 3}, BusClock::Encoding::kApb}}}};
  board.usarts = {{{"usart", kUart, 3, UsartSpec::Layout::kSplit, false}, "pclk"}};
  board.timers = {{{"timer", kTimer, 4, 32}, "pclk"}};
  board.storage = {{0x48000000, 0x1000}};
  return board;
}

class Peripherals : public ::testing::Test {
 protected:
  explicit Peripherals(SerialConsole::Options options = {})
      : console_(std::move(options)), board_(spec(), memory_, console_, host_) {}
  std::uint32_t read(std::uint32_t address) { return memory_.load(address, 4); }
  void write(std::uint32_t address, std::uint32_t value) { memory_.store(address, 4, value); }

  Host host_;
  AddressSpace memory_;
  SerialConsole console_;
  Board board_;
};

TEST_F(Peripherals, ReadyBitsFollowTheirEnableBits) {
  EXPECT_EQ(read(kRcc), 0xc060U);
  write(kRcc, 0x160);
  EXPECT_EQ(read(kRcc), 0xc560U);
  write(kRcc, 0x060);
  EXPECT_EQ(read(kRcc), 0xc060U);
  write(kRcc + 8, 2);
  EXPECT_EQ(read(kRcc + 8), 0xaU);
}

TEST_F(Peripherals, CommandsClearThemselvesAndByteWritesReachTheirByte) {
  write(kRcc + 4, 0xff);
  EXPECT_EQ(read(kRcc + 4), 0xfdU);
  memory_.store(kRcc + 5, 1, 0x12);
  EXPECT_EQ(read(kRcc + 4), 0x12fdU);
}

TEST_F(Peripherals, ControlsAreTold) {
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

TEST_F(Peripherals, OutsideTheMapAnAccessFaults) {
  write(0x48000ffc, 7);
  EXPECT_EQ(read(0x48000ffc), 7U);
  EXPECT_THROW(read(0x48001000), isa::MemoryFault);
}

TEST_F(Peripherals, AByteTakesItsTimeOnTheWire) {
  write(kRcc + 8, 4U << 8);                    // PCLK is half the core's clock
  write(kUart + 0xc, 434);                     // BRR
  write(kUart, 0xd);                           // UE, RE, TE
  EXPECT_EQ(read(kUart + 0x1c), 0x006000c0U);  // TEACK, REACK, TXE, TC
  write(kUart + 0x28, 'a');
  EXPECT_EQ(read(kUart + 0x1c) & 0xc0U, 0x80U);  // on the wire; the data register is free
  write(kUart + 0x28, 'b');
  EXPECT_EQ(read(kUart + 0x1c) & 0xc0U, 0x00U);
  host_.time = 8680;  // 10 bits of 434 ticks of 2 cycles
  EXPECT_EQ(read(kUart + 0x1c) & 0xc0U, 0x80U);
  host_.time = 2 * 8680;
  EXPECT_EQ(read(kUart + 0x1c) & 0xc0U, 0xc0U);
  EXPECT_EQ(console_.output(), "ab");
}

class Typing : public Peripherals {
 protected:
  Typing()
      : Peripherals({.input = "hi", .prompt = {}, .line_end = {}, .port = {}, .stop_text = {}}) {}
};

TEST_F(Typing, BytesArriveOneByOneAndInterrupt) {
  write(kUart + 0xc, 100);
  write(kUart, 0x2d);  // UE, RE, TE, RXNEIE
  board_.advance();
  EXPECT_TRUE(host_.lines[3]);
  EXPECT_EQ(read(kUart + 0x24), 'h');
  EXPECT_FALSE(host_.lines[3]);
  EXPECT_EQ(board_.next_event(), 1000U);
  host_.time = 1000;
  board_.advance();
  EXPECT_TRUE(host_.lines[3]);
  EXPECT_EQ(read(kUart + 0x24), 'i');
  EXPECT_EQ(board_.next_event(), kNever);
}

// Timers run at twice the bus clock while it is divided (RM0432 6.2.16).
TEST_F(Peripherals, ATimerCountsItsPrescaledClock) {
  write(kRcc + 8, 5U << 8);  // PCLK / 4: the timer's clock is the core's / 2
  write(kTimer + 0x28, 49);
  write(kTimer + 0x14, 1);  // UG loads the prescaler
  write(kTimer, 1);
  host_.time += 1000;
  EXPECT_EQ(read(kTimer + 0x24), 10U);
  write(kRcc + 8, 0);  // undivided: the core's clock
  host_.time += 1000;
  EXPECT_EQ(read(kTimer + 0x24), 30U);
}

TEST_F(Peripherals, ATimerInterruptsWhenItWraps) {
  write(kTimer + 0x2c, 99);
  write(kTimer + 0x14, 1);
  write(kTimer + 0x10, 0);
  write(kTimer + 0x0c, 1);
  write(kTimer, 1);
  EXPECT_EQ(board_.next_event(), 100U);
  host_.time = 100;
  board_.advance();
  EXPECT_TRUE(host_.lines[4]);
  write(kTimer + 0x10, 0);
  EXPECT_FALSE(host_.lines[4]);
  EXPECT_EQ(board_.next_event(), 200U);
}

}  // namespace
}  // namespace boardless::sim
