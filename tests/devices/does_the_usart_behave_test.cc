// Does the USART print, receive and interrupt as its manual says, each byte in its time?
#include "tests/devices/device_test.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kUart = 0x40004000;
constexpr const char* kYaml =
    "usarts: [{name: usart, base: 0x40004000, interrupt: 3, layout: split, clock: pclk}]\n";

class Usart : public DeviceTest {
 protected:
  Usart() : DeviceTest(kYaml) {}
};

TEST_F(Usart, AByteTakesItsTimeOnTheWire) {
  divide_pclk(4);                              // PCLK is half the core's clock
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
  EXPECT_EQ(console_.output().text(), "ab");
}

class Typing : public DeviceTest {
 protected:
  Typing()
      : DeviceTest(kYaml,
                   {.input = "hi", .prompt = {}, .line_end = {}, .port = {}, .stop_text = {}}) {}
};

TEST_F(Typing, BytesArriveOneByOneAndInterrupt) {
  write(kUart + 0xc, 100);
  write(kUart, 0x2d);  // UE, RE, TE, RXNEIE
  board_.advance();
  EXPECT_TRUE(host_.lines[3]);
  EXPECT_EQ(read(kUart + 0x24), 'h');
  EXPECT_FALSE(host_.lines[3]);
  EXPECT_EQ(board_.next_event(), 1000U);
  pass(1000);
  EXPECT_TRUE(host_.lines[3]);
  EXPECT_EQ(read(kUart + 0x24), 'i');
  EXPECT_EQ(board_.next_event(), sim::kNever);
}

}  // namespace
}  // namespace boardless::devices
