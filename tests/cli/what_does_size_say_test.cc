// Are flash and RAM of a firmware file what binutils' size counts, and what does a target say to
// them?
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/process.h"
#include "tests/scratch_folder.h"

namespace boardless::cli {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

std::string program(const std::string& name) {
  return std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/" + name + ".elf";
}

Json size_json(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "size");
  arguments.insert(arguments.end(), {"-f", "json"});
  return Json::parse(boardless(arguments).out)["firmware"][0];
}

struct BinutilsSize {
  unsigned long text = 0, data = 0, bss = 0;
};

BinutilsSize binutils_size(const std::string& file) {
  BinutilsSize size;
  FILE* pipe = popen(fmt::format("arm-none-eabi-size '{}'", file).c_str(), "r");
  std::array<char, 512> line{};
  EXPECT_NE(std::fgets(line.data(), line.size(), pipe), nullptr);  // the heads of the columns
  EXPECT_NE(std::fgets(line.data(), line.size(), pipe), nullptr);
  EXPECT_EQ(std::sscanf(line.data(), "%lu %lu %lu", &size.text, &size.data, &size.bss), 3);
  pclose(pipe);
  return size;
}

TEST(Size, CountsWhatBinutilsDoes) {
  for (const char* name : {"calls", "timers", "exceptions"}) {
    const Json json = size_json({program(name)});
    const BinutilsSize judge = binutils_size(program(name));
    EXPECT_EQ(json["code_bytes"].get<unsigned long>() + json["constant_bytes"].get<unsigned long>(),
              judge.text)
        << name;
    EXPECT_EQ(json["data_bytes"], judge.data) << name;
    EXPECT_EQ(json["zeroed_bytes"], judge.bss) << name;
    EXPECT_EQ(json["flash_bytes"], judge.text + judge.data) << name;
    EXPECT_EQ(json["ram_bytes"], judge.data + judge.bss) << name;
    EXPECT_GT(judge.text, 0U);
  }
}

TEST(Size, PutsInitialValuesInFlashAndRam) {
  const Json json = size_json({program("calls"), "-t", "ideal-cortex-m4"});
  std::size_t found = 0;
  for (const Json& section : json["sections"]) {
    if (section["kind"] != "data") continue;
    ++found;
    EXPECT_TRUE(section["in_flash"] && section["in_ram"]);
    EXPECT_NE(section["address"], section["load_address"]);
  }
  EXPECT_GT(found, 0U);
  EXPECT_EQ(json["target"], "ideal-cortex-m4");
  EXPECT_TRUE(json["fits"]);
  unsigned long used = 0;
  for (const Json& memory : json["memories"]) used += memory["used_bytes"].get<unsigned long>();
  EXPECT_EQ(used,
            json["flash_bytes"].get<unsigned long>() + json["ram_bytes"].get<unsigned long>());
}

TEST(Size, ShowsSectionsAndTheLargestSymbols) {
  const Finished finished =
      boardless({"size", program("calls"), "--sections", "--symbols", "1000"});
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.out, AllOf(HasSubstr(".text"), HasSubstr("flash, RAM"), HasSubstr("program"),
                                  HasSubstr("function")));
}

TEST(Size, SaysNoWhereItDoesNotFit) {
  // Linked for address 0, where this chip has its boot ROM.
  const Finished finished = boardless({"size", program("calls"), "-t", "rp2040"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, HasSubstr("lies in no memory of rp2040"));
}

TEST(Size, TakesRawBytesAndRefusesWhatIsNoFirmware) {
  const ScratchFolder folder;
  const std::string raw = folder.write("image.bin", std::string(1000, 'x')).string();
  const Finished finished =
      boardless({"size", raw + "@0x08000000", "-t", "stm32f446re", "--symbols", "3"});
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.out, AllOf(HasSubstr("1,000"), HasSubstr("names no symbols")));
  const Finished large = boardless({"size", raw + "@0x0807ffff", "-t", "stm32f446re"});
  EXPECT_EQ(large.status, 1);
  EXPECT_THAT(large.out, HasSubstr("bytes at 0x0807ffff reaches 999 bytes beyond flash"));
  EXPECT_EQ(boardless({"size", raw}).status, 2);  // where it lies is not said
  EXPECT_EQ(boardless({"size", "/nowhere.elf"}).status, 2);
}

}  // namespace
}  // namespace boardless::cli
