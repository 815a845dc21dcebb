// Is what is wrong in a file of peripherals named with file, line and key, and are all bundled ones
// right?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/data_files.h"
#include "base/error.h"
#include "targets/peripherals.h"
#include "targets/target.h"
#include "targets/yaml_reader.h"
#include "tests/scratch_folder.h"

namespace boardless::targets {
namespace {

using ::testing::HasSubstr;

constexpr const char* kCore =
    "source: a document\n"
    "core: {vector_table: 0x08000000, interrupt_lines: 16, priority_bits: 4}\n";

// The complaint about a file of these lines behind kCore; "none" when there is none.
std::string complaint(const std::string& text) {
  const ScratchFolder data;
  data.write("targets/peripherals/chip.yaml", kCore + text);
  ::setenv("BOARDLESS_DATA", data.path().c_str(), 1);
  std::string result = "none";
  try {
    load_peripherals("chip");
  } catch (const InputError& error) {
    result = error.what();
  }
  ::unsetenv("BOARDLESS_DATA");
  return result;
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
  EXPECT_THAT(complaint(word("follows: [\"33 = 0\"]")), HasSubstr("'33' names no bits"));
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
  for (const std::string& name : yaml_names(data_directory() / "targets" / "peripherals")) {
    const Peripherals peripherals = load_peripherals(name);
    const bool behaves = !peripherals.usarts.empty() || !peripherals.sifive_uarts.empty() ||
                         !peripherals.clints.empty();
    EXPECT_TRUE(behaves) << name;
    bool used = false;
    for (const std::string& target : target_names()) {
      used = used || load_target(target).peripherals == name;
    }
    EXPECT_TRUE(used) << name;
  }
}

}  // namespace
}  // namespace boardless::targets
