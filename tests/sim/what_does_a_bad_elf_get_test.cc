// Does a file that is no Arm or RISC-V ELF, or a damaged one, get a line that names it, and never a
// crash?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "tests/scratch_folder.h"
#include "tests/sim/kernel_calls.h"

namespace boardless::sim::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Offsets in an ELF32 header.
constexpr std::size_t kClass = 4, kData = 5, kMachine = 18, kProgramHeaders = 28,
                      kProgramHeaderCount = 44, kSectionHeaderCount = 48, kHeaderBytes = 52;

class BadElf : public ::testing::Test {
 protected:
  BadElf() { good_ = read_file(image_path("v6-m")); }

  std::filesystem::path write(const std::vector<std::uint8_t>& bytes) {
    const std::filesystem::path path = folder_ / "image.elf";
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return path;
  }

  static std::string refusal(const std::filesystem::path& path) {
    try {
      const ElfImage image = load_elf(path);
      // What was accepted must be usable, or refused when it is put in memory.
      (void)KernelMachine(isa::find_variant("v6-m"), image, 16);
      return "";
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), StartsWith(path.string() + ": "));
      EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      return std::string(error.what()).substr(path.string().size() + 2);
    }
  }
  std::string refusal_of(const std::vector<std::uint8_t>& bytes) { return refusal(write(bytes)); }

  const ScratchFolder scratch_;
  const std::filesystem::path folder_ = scratch_.path();
  std::vector<std::uint8_t> good_;
};

TEST_F(BadElf, AGoodOneIsRead) {
  EXPECT_EQ(refusal_of(good_), "");
  const ElfImage image = load_elf(write(good_));
  EXPECT_EQ(image.architecture, isa::Architecture::kArm);
  ASSERT_EQ(image.segments.size(), 1U);
  EXPECT_EQ(image.segments[0].address, kernels::kCodeBase);
  const Symbol* copy = image.find("reference_copy_b8");
  ASSERT_NE(copy, nullptr);
  EXPECT_TRUE(copy->is_function);
  EXPECT_EQ(copy->address % 2, 0U);
  EXPECT_EQ(image.at(copy->address + copy->size - 1), copy);
  EXPECT_NE(image.at(copy->address + copy->size), copy);
  EXPECT_TRUE(image.is_code(copy->address));
  EXPECT_FALSE(image.is_code(kernels::kCodeBase - 2));
  EXPECT_EQ(image.bytes_at(copy->address, copy->size).size(), copy->size);
  EXPECT_TRUE(image.bytes_at(0xffffffff, 2).empty());
  const auto end = kernels::kCodeBase + static_cast<std::uint32_t>(image.segments[0].bytes.size());
  EXPECT_EQ(image.bytes_at(end - 4, 4).size(), 4U);
  EXPECT_TRUE(image.bytes_at(end - 4, 5).empty());
  EXPECT_EQ(image.find("reference_copy"), nullptr);
}

TEST_F(BadElf, AGoodRiscvOneIsRead) {
  const ElfImage image = load_elf(image_path("rv32imc"));
  EXPECT_EQ(image.architecture, isa::Architecture::kRiscV);
  const Symbol* copy = image.find("reference_copy_b8");
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(image.at(copy->address + copy->size - 1), copy);
  EXPECT_TRUE(image.is_code(copy->address));
  EXPECT_FALSE(image.mappings.empty());
}

TEST_F(BadElf, WhatIsNoFile) {
  EXPECT_EQ(refusal(folder_ / "none.elf"), "no such file");
  EXPECT_EQ(refusal(folder_), "not a regular file");
}

TEST_F(BadElf, WhatIsNoElf) {
  EXPECT_EQ(refusal_of({}), "not an ELF file");
  EXPECT_EQ(refusal_of({0x7f, 'E', 'L', 'F'}), "not an ELF file");
  EXPECT_EQ(refusal_of({'n', 'o', ' ', 'E', 'L', 'F', '\n'}), "not an ELF file");
  EXPECT_EQ(refusal_of(std::vector<std::uint8_t>(4096)), "not an ELF file");
}

// This test itself is an ELF file of the machine that runs it.
TEST_F(BadElf, OfAnotherMachine) {
  EXPECT_EQ(refusal("/proc/self/exe"), "not a 32-bit little-endian Arm or RISC-V ELF");
  auto other = good_;
  other[kMachine] = 3;  // EM_386
  EXPECT_EQ(refusal_of(other), "not a 32-bit little-endian Arm or RISC-V ELF");
}

TEST_F(BadElf, OfAnotherByteOrderOrWidth) {
  auto big_endian = good_;
  big_endian[kData] = 2;
  EXPECT_NE(refusal_of(big_endian), "");
  auto wide = good_;
  wide[kClass] = 2;
  EXPECT_NE(refusal_of(wide), "");
}

TEST_F(BadElf, WithoutAnythingToLoad) {
  auto empty = good_;
  empty[kProgramHeaderCount] = empty[kProgramHeaderCount + 1] = 0;
  EXPECT_EQ(refusal_of(empty), "nothing to load (no PT_LOAD segment)");
}

TEST_F(BadElf, CutOffAnywhere) {
  std::size_t refused = 0, cuts = 0;
  for (std::size_t length = 0; length < good_.size();
       length += length < 256 || length + 64 > good_.size() ? 1 : 997) {
    ++cuts;
    const auto end = good_.begin() + static_cast<std::ptrdiff_t>(length);
    if (!refusal_of({good_.begin(), end}).empty()) ++refused;
  }
  // The section headers, which symbols need, are at the end.
  EXPECT_EQ(refused, cuts);
}

// Every byte of the headers and some of the symbols and names, each wrong by itself.
TEST_F(BadElf, AnyByteWrong) {
  const std::size_t headers_end = kHeaderBytes + 32U * good_[kProgramHeaderCount];
  const std::size_t section_headers = good_.size() - 40U * good_[kSectionHeaderCount];
  ASSERT_EQ(good_[kProgramHeaders], kHeaderBytes);
  std::vector<std::size_t> positions;
  for (std::size_t at = 0; at < headers_end; ++at) positions.push_back(at);
  for (std::size_t at = section_headers - 4096; at < section_headers; at += 7) {
    positions.push_back(at);
  }
  for (std::size_t at = section_headers; at < good_.size(); ++at) positions.push_back(at);

  const std::filesystem::path path = write(good_);
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&](std::size_t at, std::uint8_t value) {
    file.seekp(static_cast<std::streamoff>(at)).put(static_cast<char>(value)).flush();
  };
  int refused = 0;
  for (const std::size_t at : positions) {
    for (const std::uint8_t value : std::initializer_list<std::uint8_t>{0x00, 0xff}) {
      if (good_[at] == value) continue;
      put(at, value);
      if (!refusal(path).empty()) ++refused;
    }
    put(at, good_[at]);
  }
  EXPECT_GT(refused, 50);
  EXPECT_EQ(read_file(path), good_);
}

ElfImage with_segment(std::uint32_t address, std::size_t bytes) {
  ElfImage image = hand_made_image({0x4770});
  image.segments.push_back({address, std::vector<std::uint8_t>(bytes)});
  return image;
}

TEST(KernelImage, LiesInTheCodeWindow) {
  const isa::Variant& variant = isa::find_variant("v6-m");
  constexpr std::uint32_t kEnd = kernels::kCodeBase + kernels::kCodeBytes;
  EXPECT_NO_THROW(KernelMachine(variant, with_segment(kEnd - 4, 4), 16));
  for (const std::uint32_t address : {std::uint32_t{0}, kernels::kCodeBase - 4, kEnd - 3, kEnd,
                                      kernels::kArenaBase, 0xfffffffcU, 0xfffffffeU}) {
    EXPECT_THROW(KernelMachine(variant, with_segment(address, 4), 16), InputError) << address;
  }
}

}  // namespace
}  // namespace boardless::sim::testing
