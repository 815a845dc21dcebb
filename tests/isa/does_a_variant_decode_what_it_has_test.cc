// Does each variant decode an instruction of every feature that it has, and none of a feature that
// it lacks? Encodings by clang.
#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>

#include "isa/decoder.h"

namespace boardless::isa {
namespace {

using enum Feature;

struct Witness {
  const char* text;
  Feature feature;
  std::uint32_t encoding;  // the bytes in memory, first byte lowest
};

constexpr std::array kArm = std::to_array<Witness>({
    {"adds r0,r1,r2", kBase, 0x1888},
    {"movw r0,#1", kBaseline, 0x0001f240},
    {"cbz r0,.+4", kBaseline, 0xb100},
    {"sdiv r0,r1,r2", kBaseline, 0xf0f2fb91},
    {"ldrex r0,[r1]", kBaseline, 0x0f00e851},
    {"add.w r0,r1,r2", kMainline, 0x0002eb01},
    {"it eq", kMainline, 0xbf08},
    {"lda r0,[r1]", kArmv8, 0x0fafe8d1},
    {"tt r0,r1", kArmv8, 0xf000e841},
    {"smlad r0,r1,r2,r3", kDsp, 0x3002fb21},
    {"vadd.f32 s0,s0,s1", kFloat, 0x0a20ee30},
    {"vrinta.f32 s0,s0", kFloat5, 0x0a40feb8},
    {"vadd.f64 d0,d0,d1", kDouble, 0x0b01ee30},
    {"csel r0,r1,r2,eq", kArmv81, 0x8002ea51},
    {"vadd.f16 s0,s0,s1", kArmv81, 0x0920ee30},
    {"vadd.i8 q0,q0,q0", kHelium, 0x0840ef00},
    {"pacg r0,r1,r2", kPacBti, 0xf002fb61},
});

constexpr std::array kRiscV = std::to_array<Witness>({
    {"add a0,a1,a2", kBase, 0x00c58533},
    {"csrr a0,mscratch", kBase, 0x34002573},
    {"mul a0,a1,a2", kMultiply, 0x02c58533},
    {"lr.w a0,(a1)", kAtomic, 0x1005a52f},
    {"fmadd.s fa0,fa1,fa2,fa3", kFloat, 0x68c5f543},
    {"c.addi a0,1", kCompressed, 0x0505},
    {"sh1add a0,a1,a2", kZba, 0x20c5a533},
    {"clz a0,a1", kZbb, 0x60059513},
    {"bset a0,a1,a2", kZbs, 0x28c59533},
    {"brev8 a0,a1", kZbkb, 0x6875d513},
    {"c.lbu a0,0(a1)", kZcb, 0x8188},
    {"cm.push {ra,s0-s1},-32", kZcmp, 0xb866},
});

TEST(DoesAVariantDecodeWhatItHas, AndNothingElse) {
  for (const Variant& variant : variants()) {
    SCOPED_TRACE(variant.name);
    Decoder decoder(variant);
    const bool arm = variant.architecture == Architecture::kArm;
    for (const Witness& each : arm ? std::span<const Witness>(kArm) : kRiscV) {
      const std::array<std::uint8_t, 4> bytes{static_cast<std::uint8_t>(each.encoding),
                                              static_cast<std::uint8_t>(each.encoding >> 8),
                                              static_cast<std::uint8_t>(each.encoding >> 16),
                                              static_cast<std::uint8_t>(each.encoding >> 24)};
      EXPECT_EQ(decoder.text(0x1000, bytes) != "undefined", variant.has(each.feature))
          << each.text << ": " << decoder.text(0x1000, bytes);
    }
  }
}

TEST(DoesAVariantDecodeWhatItHas, LlvmIsToldRiscVsFeatures) {
  EXPECT_EQ(llvm_features(find_variant("rv32imac")), "+m,+a,+c,+zicsr,+zifencei");
  EXPECT_EQ(llvm_features(find_variant("v7e-m")), "-vfp2sp");
  EXPECT_EQ(llvm_features(find_variant("v8-m.main")), "");
}

// An Armv8-M Baseline core runs what is written for Armv6-M, and faults where that faults.
TEST(DoesAVariantDecodeWhatItHas, BaselineIsArmv6MAndMore) {
  const Variant& baseline = find_variant("v8-m.base");
  EXPECT_TRUE(baseline.has(kBaseline) && baseline.has(kArmv8));
  EXPECT_FALSE(baseline.has(kMainline) || baseline.has(kDsp) || baseline.has(kFloat));
  Decoder smaller(find_variant("v6-m")), larger(baseline);
  for (std::uint32_t encoding = 0; encoding < 0xe800; ++encoding) {
    const std::array<std::uint8_t, 2> bytes{static_cast<std::uint8_t>(encoding),
                                            static_cast<std::uint8_t>(encoding >> 8)};
    const std::string text = smaller.text(0x1000, bytes);
    if (text != "undefined") EXPECT_EQ(larger.text(0x1000, bytes), text) << encoding;
  }
}

}  // namespace
}  // namespace boardless::isa
