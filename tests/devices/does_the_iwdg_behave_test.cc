// Does the independent watchdog reset the chip when it should, and only then?
#include <gmock/gmock.h>

#include "base/error.h"
#include "sim/arm_machine.h"
#include "sim/counting_sink.h"
#include "tests/devices/device_test.h"
#include "tests/sim/test_machine.h"

namespace boardless::devices {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint32_t kIwdg = 0x40003000;
constexpr std::uint32_t kKey = kIwdg, kPrescaler = kIwdg + 4, kReload = kIwdg + 8,
                        kStatus = kIwdg + 12, kWindow = kIwdg + 16, kEarlyWakeup = kIwdg + 20;
constexpr std::uint32_t kReloads = 0xaaaa, kUnlocks = 0x5555, kStarts = 0xcccc;
constexpr std::uint64_t kTick = 100000000 / 32000;  // cycles of LSI's tick

std::string yaml(const std::string& layout) {
  return "iwdgs: [{name: iwdg, base: 0x40003000, clock: slow, layout: " + layout + "}]\n";
}

class Iwdg : public DeviceTest {
 protected:
  explicit Iwdg(const std::string& layout = "window") : DeviceTest(yaml(layout)) {}
  void set(std::uint32_t address, std::uint32_t value) {
    write(kKey, kUnlocks);
    write(address, value);
  }
};

class PlainIwdg : public Iwdg {
 protected:
  PlainIwdg() : Iwdg("plain") {}
};

class LateIwdg : public Iwdg {
 protected:
  LateIwdg() : Iwdg("early_wakeup") {}
};

// 512 ms at 32 kHz out of reset: 4096 counts of four ticks.
TEST_F(Iwdg, ResetsAfterItsReloadValueAndOneCount) {
  EXPECT_EQ(board_.next_event(), sim::kNever);
  EXPECT_FALSE(board_.will_reset());
  write(kKey, kStarts);
  EXPECT_TRUE(board_.will_reset());
  EXPECT_EQ(board_.next_event(), 4096 * 4 * kTick);
  pass(4096 * 4 * kTick - 1);
  EXPECT_THAT(host_.resets, IsEmpty());
  pass(1);
  EXPECT_THAT(host_.resets,
              ElementsAre("the watchdog iwdg reset the chip: it was not reloaded in time"));
}

TEST_F(Iwdg, RunsOnWhileItIsReloaded) {
  set(kReload, 9);
  write(kKey, kReloads);
  write(kKey, kStarts);
  for (int i = 0; i < 100; ++i) {
    pass(39 * kTick);
    write(kKey, kReloads);
  }
  EXPECT_THAT(host_.resets, IsEmpty());
  pass(40 * kTick);
  EXPECT_EQ(host_.resets.size(), 1U);
}

TEST_F(Iwdg, DividesItsClock) {
  write(kKey, kStarts);
  set(kPrescaler, 6);
  set(kReload, 99);
  write(kKey, kReloads);
  EXPECT_EQ(board_.next_event(), 100 * 256 * kTick);
  set(kPrescaler, 7);
  EXPECT_EQ(board_.next_event(), 100 * 256 * kTick);  // 6 and 7 are the same
}

TEST_F(LateIwdg, DividesItsClockByMore) {
  write(kKey, kStarts);
  set(kReload, 99);
  set(kPrescaler, 8);
  write(kKey, kReloads);
  EXPECT_EQ(board_.next_event(), 100 * 1024 * kTick);
  EXPECT_EQ(read(kPrescaler), 8U);
}

TEST_F(LateIwdg, RefusesTheInterruptThatIsNotModelled) {
  set(kEarlyWakeup, 0x123);
  EXPECT_EQ(read(kEarlyWakeup), 0x123U);
  EXPECT_THROW(set(kEarlyWakeup, 0x8123), NotModelled);
}

TEST_F(Iwdg, KeepsItsSettingsLocked) {
  write(kReload, 5);
  EXPECT_EQ(read(kReload), 0xfffU);
  set(kReload, 5);
  EXPECT_EQ(read(kReload), 5U);
  EXPECT_EQ(read(kStatus), 0U);
  EXPECT_EQ(read(kKey), 0U);
  write(kKey, kReloads);  // any other key locks again
  write(kReload, 6);
  EXPECT_EQ(read(kReload), 5U);
}

TEST_F(Iwdg, ResetsWhenItIsReloadedBeforeItsWindow) {
  write(kKey, kStarts);
  set(kReload, 999);
  set(kWindow, 500);  // which reloads
  pass(500 * 4 * kTick);
  write(kKey, kReloads);  // at 499
  EXPECT_THAT(host_.resets, IsEmpty());
  pass(498 * 4 * kTick);
  write(kKey, kReloads);
  EXPECT_THAT(host_.resets, ElementsAre(HasSubstr("at a count of 501, above its window of 500")));
}

TEST_F(PlainIwdg, HasNoWindow) {
  set(kWindow, 5);
  EXPECT_EQ(read(kWindow), 0U);
  write(kKey, kStarts);
  write(kKey, kReloads);
  EXPECT_THAT(host_.resets, IsEmpty());
}

TEST(IwdgFile, NamesTheLayoutsThatThereAre) {
  try {
    peripherals_of_text(
        "source: a test\ncore: {vector_table: 0, interrupt_lines: 8, priority_bits: 4}\n" +
        yaml("windows"));
    FAIL() << "it was read";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("chip.yaml:3: key 'iwdgs[0].layout'"));
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'window'?"));
  }
}

// A program that starts the watchdog and does `what` then, on a bundled family's board.
sim::RunEnd run_program(const std::string& what) {
  const Peripherals peripherals = load_peripherals("stm32l4plus");
  sim::BoardSpec board = sim::testing::small_board();
  board.registers = peripherals.registers;
  board.clocks = peripherals.clocks;
  board.devices = peripherals.devices;
  sim::testing::TestSetup setup;
  setup.board = board;
  setup.core.interrupt_lines = peripherals.interrupt_lines;
  setup.semihosting.command_line = what;
  setup.limits.cycles = 2 * 4096 * 4 * kTick;
  return sim::testing::run_program(sim::testing::test_program("ends"), setup).end;
}

TEST(IwdgOnABoard, EndsARunThatWouldLoopForever) {
  for (const std::string what : {"wl", "ws", "wx"}) {
    const sim::RunEnd end = run_program(what);
    EXPECT_EQ(end.reason, sim::EndReason::kReset) << what;
    EXPECT_THAT(end.message, HasSubstr("the watchdog iwdg reset the chip")) << what;
  }
}

}  // namespace
}  // namespace boardless::devices
