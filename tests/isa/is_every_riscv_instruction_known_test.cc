// Has the RISC-V table a row, and are there semantics, for everything LLVM decodes on each variant?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <string>

#include "isa/decoder.h"
#include "isa/opcode.h"
#include "tests/parameter_name.h"

namespace boardless::isa {
namespace {

class IsEveryRiscvInstructionKnown : public testing::TestWithParam<const char*> {
 protected:
  void check_encoding(std::uint32_t encoding) {
    const std::array<std::uint8_t, 4> bytes{
        static_cast<std::uint8_t>(encoding), static_cast<std::uint8_t>(encoding >> 8),
        static_cast<std::uint8_t>(encoding >> 16), static_cast<std::uint8_t>(encoding >> 24)};
    try {
      const std::optional<Decoded> decoded = decoder_.next(0x1000, bytes);
      if (!decoded) return;
      const std::string name(decoded->opcode->name);
      known_.insert(name);
      if (decoded->opcode->build.riscv == nullptr) unknown_.insert(name);
    } catch (const std::exception& error) {
      unknown_.insert(error.what());
    }
  }

  Decoder decoder_{find_variant(GetParam())};
  std::set<std::string> known_, unknown_;
};

TEST_P(IsEveryRiscvInstructionKnown, SixteenBit) {
  for (std::uint32_t encoding = 0; encoding < 0x10000; ++encoding) {
    if ((encoding & 3) != 3) check_encoding(encoding);
  }
  EXPECT_THAT(unknown_, testing::IsEmpty());
  EXPECT_GE(known_.size(), 38U);
}

// Every combination of the fields that select an operation, with a few registers.
TEST_P(IsEveryRiscvInstructionKnown, ThirtyTwoBit) {
  std::mt19937 random(20240607);
  for (std::uint32_t major = 3; major < 128; major += 4) {
    for (std::uint32_t upper = 0; upper < 4096; ++upper) {
      for (std::uint32_t funct3 = 0; funct3 < 8; ++funct3) {
        const auto fields = static_cast<std::uint32_t>(random());
        const std::uint32_t registers = fields % 4 == 0 ? 0 : fields & 0x000f8f80;
        check_encoding(upper << 20 | registers | funct3 << 12 | major);
      }
    }
  }
  EXPECT_THAT(unknown_, testing::IsEmpty());
  EXPECT_GE(known_.size(), 50U);
}

INSTANTIATE_TEST_SUITE_P(Variants, IsEveryRiscvInstructionKnown,
                         testing::Values("rv32imc", "rv32imac", "rv32imafc", "rv32imac-zb"),
                         [](const auto& test) { return parameter_name(test.param); });

}  // namespace
}  // namespace boardless::isa
