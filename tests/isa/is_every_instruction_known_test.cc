// Has the opcode table a row for everything LLVM decodes on each variant?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <string>

#include "isa/decoder.h"

namespace boardless::isa {
namespace {

// Refused by name, not forgotten: other coprocessors, the obsolete FLDMX and FSTMX, Security
// Extension moves of the whole FP context, and FP system registers that M-profile does not have.
bool is_refused(const std::string& text) {
  if (text.starts_with("vmrs") || text.starts_with("vmsr")) {
    for (const char* name : {"fpscr", "vpr", "p0"}) {
      if (text.find(name) != std::string::npos) return false;
    }
    return true;
  }
  if (text.find("fpcxt") != std::string::npos) return true;
  for (const char* prefix :
       {"cdp", "mcr", "mrc", "mrrc", "mcrr", "ldc", "stc", "fldm", "fstm", "vlldm", "vlstm"}) {
    if (text.starts_with(prefix)) return true;
  }
  return false;
}

void check_encoding(Decoder& decoder, std::uint32_t first, std::uint32_t second,
                    std::set<std::string>& unknown) {
  const std::array<std::uint8_t, 4> bytes{
      static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(first >> 8),
      static_cast<std::uint8_t>(second), static_cast<std::uint8_t>(second >> 8)};
  const std::string text = decoder.text(0, bytes);
  if (text == "undefined" || is_refused(text)) return;
  if (decoder.decode_prefix(0, bytes).empty()) unknown.insert(text.substr(0, text.find(' ')));
}

class IsEveryInstructionKnown : public testing::TestWithParam<const char*> {};

TEST_P(IsEveryInstructionKnown, SixteenBit) {
  Decoder decoder(find_variant(GetParam()));
  std::set<std::string> unknown;
  for (std::uint32_t encoding = 0; encoding < 0xe800; encoding += 3) {
    check_encoding(decoder, encoding, 0xbf00, unknown);
  }
  EXPECT_THAT(unknown, testing::IsEmpty());
}

TEST_P(IsEveryInstructionKnown, RandomThirtyTwoBit) {
  Decoder decoder(find_variant(GetParam()));
  std::mt19937 random(20240607);
  std::set<std::string> unknown;
  for (int i = 0; i < 200000; ++i) {
    const auto bits = static_cast<std::uint32_t>(random());
    check_encoding(decoder, 0xe800 + (bits >> 16) % 0x1800, bits & 0xffff, unknown);
  }
  EXPECT_THAT(unknown, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Variants, IsEveryInstructionKnown,
                         testing::Values("v6-m", "v7-m", "v7e-m", "v7e-m-fp", "v7e-m-dp",
                                         "v8-m.base", "v8-m.main", "v8.1-m.main"));

}  // namespace
}  // namespace boardless::isa
