// Is what is wrong in a file of peripherals named with file, line and key, and are all bundled ones
// right?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/data_files.h"
#include "base/error.h"
#include "targets/target.h"
#include "targets/yaml_reader.h"
#include "tests/devices/peripherals_text.h"

namespace boardless::devices {
namespace {

using ::testing::HasSubstr;

constexpr const char* kCore =
    "source: a document\n"
    "core: {vector_table: 0x08000000, interrupt_lines: 16, priority_bits: 4}\n";

// The complaint about a file of these lines behind kCore; "none" when there is none.
std::string complaint(const std::string& text) {
  try {
    peripherals_of_text(kCore + text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

std::string word(const std::string& rules) {
  return "registers:\n  - {name: rcc, base: 0x40000000, bytes: 0x40, words: [{offset: 0x0, " +
         rules + "}]}\n";
}

TEST(PeripheralFile, AcceptsWhatItShould) {
  EXPECT_EQ(
      complaint(
          word("reset: 3, follows: [\"3:2 = 0x04.1:0\"], controls: [\"flash.prefetch = 8\"]") +
          "clocks: [{name: pclk, dividers: [{block: rcc, bits: \"0x08.2:0\", encoding: apb}]}]\n"
          "usarts: [{name: u, base: 0x40004000, interrupt: 3, layout: split, clock: pclk}]\n"),
      "none");
}

TEST(PeripheralFile, NamesTheLineAndKeyOfAnError) {
  EXPECT_THAT(complaint(word("folows: [\"1 = 0\"]")),
              HasSubstr("chip.yaml:4: key 'registers[0].words[0]"
                        ".folows': not a known key; did you mean "
                        "'follows'?"));
  EXPECT_THAT(complaint(word("follows: [\"33 = 0\"]")),
              HasSubstr("'33' names no bits: '33' is above 31; "));
  EXPECT_THAT(complaint(word("ones: [\"2:3\"]")), HasSubstr("'2:3' names no bits: the first"));
  EXPECT_THAT(complaint(word("ones: [\"0x1_.3\"]")), HasSubstr("'0x1_' is not a hexadecimal"));
  EXPECT_THAT(complaint(word("ones: [\"3:\"]")), HasSubstr("'' is empty"));
  EXPECT_THAT(complaint(word("follows: [\"3:2 = 0\"]")), HasSubstr("differ in width"));
  EXPECT_THAT(complaint(word("follows: [\"1 = 0x80.0\"]")), HasSubstr("outside the block"));
  EXPECT_THAT(complaint(word("follows: [\"1\"]")), HasSubstr("'LEFT = RIGHT' is needed"));
  EXPECT_THAT(complaint(word("controls: [\"flash.speed = 1\"]")), HasSubstr("controls nothing"));
  EXPECT_THAT(complaint("timers: [{name: t, base: 0, interrupt: 16, bits: 32, clock: x}]\n"),
              HasSubstr("there are 16 lines"));
  EXPECT_THAT(complaint("timers: [{name: t, base: 0, interrupt: 1, bits: 24, clock: x}]\n"),
              HasSubstr("must be 16 or 32"));
  EXPECT_THAT(complaint("clocks: [{name: pclk}]\n"
                        "timers: [{name: t, base: 0, interrupt: 1, bits: 16, clock: plck}]\n"),
              HasSubstr("did you mean 'pclk'?"));
  EXPECT_THAT(complaint("clocks: [{name: pclk}]\n"
                        "timers: [{name: t, base: 0, interrupt: 1, bits: 16, clock: pclk},\n"
                        "         {name: u, base: 64, interrupt: 1, bits: 16, clock: pclk}]\n"),
              HasSubstr("line 1 belongs to another peripheral already"));
}

TEST(PeripheralFile, EveryBundledOneIsReadAndUsed) {
  const std::set<std::string> of_the_core_alone{"rp2350", "rp2350-hazard3"};
  for (const std::string& name :
       targets::yaml_names(data_directory() / "targets" / "peripherals")) {
    const Peripherals peripherals = load_peripherals(name);
    EXPECT_EQ(peripherals.devices.empty(), of_the_core_alone.contains(name)) << name;
    bool used = false;
    for (const std::string& target : targets::target_names()) {
      used = used || targets::load_target(target).peripherals == name;
    }
    EXPECT_TRUE(used) << name;
  }
}

}  // namespace
}  // namespace boardless::devices
