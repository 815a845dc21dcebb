// Does each variant decode an instruction of every feature that it has, and none of a feature that
// it lacks? Encodings by clang.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <map>
#include <random>
#include <span>
#include <string>
#include <utility>

#include "base/error.h"
#include "isa/arm/semantics.h"
#include "isa/decoder.h"
#include "isa/opcode.h"

namespace boardless::isa {
namespace {

using enum Feature;

struct Witness {
  const char* text;  // LLVM's; another core may take the encoding for something else
  Feature feature;
  std::uint32_t encoding;  // the bytes in memory, first byte lowest
};

constexpr std::array kArm = std::to_array<Witness>({
    {"adds r0, r1, r2", kBase, 0x1888},
    {"movw r0, #1", kBaseline, 0x0001f240},
    {"cbz r0, #0", kBaseline, 0xb100},
    {"sdiv r0, r1, r2", kBaseline, 0xf0f2fb91},
    {"ldrex r0, [r1]", kBaseline, 0x0f00e851},
    {"add.w r0, r1, r2", kMainline, 0x0002eb01},
    {"it eq", kMainline, 0xbf08},
    {"lda r0, [r1]", kArmv8, 0x0fafe8d1},
    {"tt r0, r1", kArmv8, 0xf000e841},
    {"smlad r0, r1, r2, r3", kDsp, 0x3002fb21},
    {"vadd.f32 s0, s0, s1", kFloat, 0x0a20ee30},
    {"vrinta.f32 s0, s0", kFloat5, 0x0a40feb8},
    {"vadd.f64 d0, d0, d1", kDouble, 0x0b01ee30},
    {"csel r0, r1, r2, eq", kArmv81, 0x8002ea51},
    {"vadd.f16 s0, s0, s1", kArmv81, 0x0920ee30},
    {"vadd.i8 q0, q0, q0", kHelium, 0x0840ef00},
    {"pacg r0, r1, r2", kPacBti, 0xf002fb61},
});

constexpr std::array kRiscV = std::to_array<Witness>({
    {"add a0, a1, a2", kBase, 0x00c58533},
    {"csrr a0, mscratch", kBase, 0x34002573},
    {"mul a0, a1, a2", kMultiply, 0x02c58533},
    {"lr.w a0, (a1)", kAtomic, 0x1005a52f},
    {"fmadd.s fa0, fa1, fa2, fa3", kFloat, 0x68c5f543},
    {"addi a0, a0, 1", kCompressed, 0x0505},
    {"sh1add a0, a1, a2", kZba, 0x20c5a533},
    {"clz a0, a1", kZbb, 0x60059513},
    {"bset a0, a1, a2", kZbs, 0x28c59533},
    {"brev8 a0, a1", kZbkb, 0x6875d513},
    {"lbu a0, 0(a1)", kZcb, 0x8188},
    {"cm.push {ra, s0-s1}, -32", kZcmp, 0xb866},
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
      const std::string text = decoder.text(0x1000, bytes);
      EXPECT_EQ(text == each.text, variant.has(each.feature)) << each.text << ": " << text;
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
    const std::optional<Decoded> decoded = smaller.next(0x1000, bytes);
    if (!decoded || decoded->unpredictable) continue;  // such as BX that is BXNS there
    const std::string text = smaller.text(0x1000, bytes);
    EXPECT_EQ(larger.text(0x1000, bytes), text) << encoding;
  }
}

// Encodings that select among instructions more often than the plain random ones do.
std::uint32_t likely_encoding(std::mt19937& random, Architecture architecture) {
  const auto bits = static_cast<std::uint32_t>(random());
  if (architecture == Architecture::kRiscV) return random() % 2 == 0 ? bits : bits | 3;
  if (random() % 8 == 0) return bits;
  return (bits & 0xffff07ff) | static_cast<std::uint32_t>(29 + random() % 3) << 11;
}

// Opcodes that a variant decodes, how often, and their features.
std::map<std::string_view, std::pair<int, Feature>> decoded_by(const Variant& variant) {
  constexpr int kEncodings = 100000;
  std::map<std::string_view, std::pair<int, Feature>> opcodes;
  Decoder decoder(variant);
  std::mt19937 random(20240607);
  for (int i = 0; i < kEncodings; ++i) {
    const std::uint32_t encoding = likely_encoding(random, variant.architecture);
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &encoding, sizeof(encoding));
    try {
      const std::optional<Decoded> decoded = decoder.next(0x1000, bytes);
      if (!decoded) continue;
      auto& [count, feature] = opcodes[decoded->opcode->name];
      ++count;
      feature = decoded->opcode->facts.feature;
      const bool block = decoded->facts.instruction_class == InstructionClass::kIfThen;
      if (block || decoded->opcode->facts.starts_vpt_block) decoder.restart();
    } catch (const NotModelled&) {
      continue;
    }
  }
  return opcodes;
}

// What is decoded often enough to be met in these encodings by whoever has it.
TEST(DoesAVariantDecodeWhatItHas, ByEveryRecordsFeature) {
  constexpr int kOften = 50;
  std::map<std::string_view, std::map<std::string_view, std::pair<int, Feature>>> by_variant;
  std::map<std::string_view, std::pair<int, Feature>> all;
  for (const Variant& variant : variants()) {
    for (const auto& [name, seen] : by_variant[variant.name] = decoded_by(variant)) {
      EXPECT_TRUE(variant.has(seen.second)) << variant.name << " decodes " << name;
      if (seen.first > all[name].first) all[name] = seen;
    }
  }
  EXPECT_GT(all.size(), 800U);
  for (const Variant& variant : variants()) {
    const auto& seen = by_variant[variant.name];
    for (const auto& [name, most] : all) {
      const Opcode* arm = arm::opcodes().find(name);
      const bool is_arm = variant.architecture == Architecture::kArm;
      if ((arm != nullptr) != is_arm || !variant.has(most.second) || most.first < kOften) continue;
      EXPECT_TRUE(seen.contains(name)) << variant.name << " does not decode " << name;
    }
  }
}

}  // namespace
}  // namespace boardless::isa
