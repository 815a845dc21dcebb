// Has everything LLVM decodes on each variant semantics that accept its operands?
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "base/error.h"
#include "isa/arm/semantics.h"
#include "isa/opcode.h"
#include "tests/isa/differential.h"
#include "tests/parameter_name.h"
#include "tests/slow_build.h"

namespace boardless::isa {
namespace {

class HasEveryInstructionSemantics : public testing::TestWithParam<const char*> {};

// Unpredictable encodings too: translating them must not be a bug of ours.
TEST_P(HasEveryInstructionSemantics, OfRandomEncodings) {
  Decoder decoder(find_variant(GetParam()));
  Random random(7);
  std::set<std::string> missing, built;
  constexpr int kEncodings = drawn(1000000);
  for (int i = 0; i < kEncodings; ++i) {
    std::uint32_t encoding = random();
    if (i % 4 != 0) encoding = (encoding & 0xffff07ff) | (29 + random() % 3) << 11;
    const std::array<std::uint8_t, 4> bytes{
        static_cast<std::uint8_t>(encoding), static_cast<std::uint8_t>(encoding >> 8),
        static_cast<std::uint8_t>(encoding >> 16), static_cast<std::uint8_t>(encoding >> 24)};
    std::optional<Decoded> decoded;
    try {
      decoded = decoder.next(0x1000, bytes);
    } catch (const NotModelled&) {
      continue;  // is_every_instruction_known_test.cc says which
    }
    if (!decoded) continue;
    if (decoded->facts.instruction_class == InstructionClass::kIfThen) decoder.restart();
    if (decoded->facts.instruction_class == InstructionClass::kCoprocessor) continue;
    const std::string name(decoded->opcode->name);
    const arm::Builder build = decoded->opcode->build.arm;
    if (build == nullptr) {
      missing.insert(name);
      continue;
    }
    arm::OpList ops;
    try {
      build(*decoded, arm::Op{}, ops);
      built.insert(name);
    } catch (const NotModelled&) {
      EXPECT_TRUE(name == "t2MRS_M" || name == "t2MSR_M" || name.starts_with("t2TTA")) << name;
    }
  }
  EXPECT_EQ(missing, std::set<std::string>{});
  EXPECT_GE(built.size(), find_variant(GetParam()).has(Feature::kMainline) ? 200U : 70U);
}

INSTANTIATE_TEST_SUITE_P(Variants, HasEveryInstructionSemantics,
                         testing::Values("v6-m", "v7-m", "v7e-m", "v7e-m-fp", "v7e-m-dp",
                                         "v8-m.base", "v8-m.main", "v8.1-m.main"),
                         [](const auto& variant) { return parameter_name(variant.param); });

}  // namespace
}  // namespace boardless::isa
