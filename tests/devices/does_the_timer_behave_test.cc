// Does the timer count its clock, and interrupt when it wraps?
#include "tests/devices/device_test.h"

namespace boardless::devices {
namespace {

constexpr std::uint32_t kTimer = 0x40000000;

class Timer : public DeviceTest {
 protected:
  Timer()
      : DeviceTest(
            "timers: [{name: timer, base: 0x40000000, interrupt: 4, bits: 32, clock: pclk}]\n") {}
};

// Timers run at twice the bus clock while it is divided (RM0432 6.2.16).
TEST_F(Timer, ATimerCountsItsPrescaledClock) {
  divide_pclk(5);  // PCLK / 4: the timer's clock is the core's / 2
  write(kTimer + 0x28, 49);
  write(kTimer + 0x14, 1);  // UG loads the prescaler
  write(kTimer, 1);
  host_.time += 1000;
  EXPECT_EQ(read(kTimer + 0x24), 10U);
  divide_pclk(0);  // undivided: the core's clock
  host_.time += 1000;
  EXPECT_EQ(read(kTimer + 0x24), 30U);
}

TEST_F(Timer, ATimerInterruptsWhenItWraps) {
  write(kTimer + 0x2c, 99);
  write(kTimer + 0x14, 1);
  write(kTimer + 0x10, 0);
  write(kTimer + 0x0c, 1);
  write(kTimer, 1);
  EXPECT_EQ(board_.next_event(), 100U);
  pass(100);
  EXPECT_TRUE(host_.lines[4]);
  write(kTimer + 0x10, 0);
  EXPECT_FALSE(host_.lines[4]);
  EXPECT_EQ(board_.next_event(), 200U);
}

}  // namespace
}  // namespace boardless::devices
