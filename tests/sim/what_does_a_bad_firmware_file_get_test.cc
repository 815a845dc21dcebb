// Are firmware files read as their formats say, and is what is wrong with one named by line?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "sim/firmware_image.h"
#include "sim/intel_hex.h"
#include "tests/scratch_folder.h"

namespace boardless::sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string complaint(const std::string& text) {
  try {
    parse_intel_hex(text, "a.hex");
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

TEST(IntelHex, JoinsRecordsThatTouch) {
  const auto segments = parse_intel_hex(
      ":020000040800F2\r\n:0400000001020304F2\r\n:020004000506EF\r\n"
      ":0400000508000131BD\r\n:02001000AABB89\n:00000001FF\n",
      "a.hex");
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_EQ(segments[0].load_address, 0x08000000U);
  EXPECT_THAT(segments[0].bytes, ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(segments[1].address, 0x08000010U);
}

TEST(IntelHex, KnowsSegmentAddresses) {
  const auto segments = parse_intel_hex(":020000021000EC\n:0100000042BD\n:00000001FF\n", "a.hex");
  EXPECT_EQ(segments.at(0).address, 0x10000U);
}

TEST(IntelHex, NamesTheLineOfAnError) {
  EXPECT_EQ(complaint(":020000040800F2\n:0400000001020304F3\n:00000001FF\n"),
            "a.hex:2: checksum 0xf3 is wrong; 0xf2 would be right");
  EXPECT_THAT(complaint("020000040800F2\n"), HasSubstr("a.hex:1: a record starts with ':'"));
  EXPECT_THAT(complaint(":0200000408\n"), HasSubstr("says that it has 2 of data"));
  EXPECT_THAT(complaint(":02000004080GF2\n"), HasSubstr("'0G' is no hexadecimal number"));
  EXPECT_THAT(complaint(":020000060800F0\n"), HasSubstr("unknown record type 6"));
  EXPECT_THAT(complaint(":0100000042BD\n:0100000042BD\n"),
              HasSubstr("a.hex:2: data at 0x00000000 is given twice"));
  EXPECT_THAT(complaint(":0100000042BD\n"), HasSubstr("end-of-file record is missing"));
  EXPECT_THAT(complaint(":00000001FF\n:0100000042BD\n"), HasSubstr("follows the end-of-file"));
  EXPECT_THAT(complaint(":00000001FF\n"), HasSubstr("holds no data"));
}

TEST(FirmwareFile, RawBytesNeedAnAddress) {
  const ScratchFolder folder;
  const std::string file = folder.write("firmware.bin", "abcd");
  EXPECT_EQ(load_firmware(file + "@0x08000000").segments.at(0).load_address, 0x08000000U);
  EXPECT_THROW(load_firmware(file), InputError);
  EXPECT_EQ(load_firmware(file + "@0x0800_0000").segments.at(0).load_address, 0x08000000U);
  EXPECT_THROW(load_firmware(file + "@flash"), InputError);
  EXPECT_THROW(load_firmware(file + "@-1"), InputError);
  EXPECT_THROW(load_firmware(file + "@"), InputError);
  EXPECT_THROW(load_firmware(file + "@64KiB"), InputError);
  EXPECT_THROW(load_firmware(file + "@0x100000000"), InputError);
  EXPECT_THROW(load_firmware(file + "@0xfffffffe"), InputError);
  EXPECT_THROW(load_firmware("missing.bin@0"), InputError);
  EXPECT_THROW(load_firmware(file + "@" + std::string(5000, '9')), InputError);  // no file's name
}

}  // namespace
}  // namespace boardless::sim
