// Do our floating-point semantics give what Unicorn's give, on random sequences of instructions in
// every mode of FPSCR?
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "isa/arm/soft_float.h"
#include "tests/isa/differential.h"
#include "tests/parameter_name.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

// Ends of ranges, halfway cases, integers around the ends of int32 and int16, and their neighbours.
constexpr std::array<double, 26> kValues{
    0.0,     1.0,          0.5,          1.5,          2.5,          0x1p-24,
    0x1p24,  0x1.000001p0, 2147483647.0, 2147483648.0, 4294967295.0, 4294967296.0,
    32767.5, 32768.0,      65535.5,      65536.0,      65504.0,      65520.0,
    0x1p-14, 0x1p-25,      0x1p-126,     0x1p-149,     0x1p-63,      0x1.fffffep127,
    3.0,     1.0 / 3.0};

std::uint32_t single_edge(Random& random) {
  constexpr std::array<std::uint32_t, 14> kEdges{
      0,          1,          0x007fffff, 0x00800000, 0x00800001, 0x7f7fffff, 0x7f800000,
      0x7f800001, 0x7fc00000, 0x7fffffff, 0x7fa00000, 0x33800000, 0x4effffff, 0x38800000};
  std::uint32_t bits = 0;
  switch (random() % 4) {
    case 0:
      bits = kEdges[random() % kEdges.size()];
      break;
    case 1:
      bits = std::bit_cast<std::uint32_t>(static_cast<float>(kValues[random() % kValues.size()])) +
             random() % 3 - 1;
      break;
    case 2:  // near 1: results that cancel or stay in range
      bits = (120 + random() % 16) << 23 | (random() & random() & 0x7fffff);
      break;
    default:
      bits = random();
      break;
  }
  return bits ^ (random() & 0x80000000);
}

std::uint64_t double_edge(Random& random) {
  constexpr std::array<std::uint64_t, 9> kEdges{0,
                                                1,
                                                0x000fffffffffffff,
                                                0x0010000000000000,
                                                0x7fefffffffffffff,
                                                0x7ff0000000000000,
                                                0x7ff0000000000001,
                                                0x7ff8000000000000,
                                                0x7ff4000020000000};
  const std::uint64_t low = random();
  std::uint64_t bits = 0;
  switch (random() % 5) {
    case 0:
      bits = kEdges[random() % kEdges.size()];
      break;
    case 1:
      bits = std::bit_cast<std::uint64_t>(kValues[random() % kValues.size()]) + random() % 3 - 1;
      break;
    case 2:
      bits = std::uint64_t{1016 + random() % 16} << 52 | (low << 20 & low << random() % 20);
      break;
    case 3:  // a single, its neighbours, or halfway between two
      bits = std::bit_cast<std::uint64_t>(
          static_cast<double>(std::bit_cast<float>(single_edge(random) & 0xff7fffff)));
      bits += (std::uint64_t{random() % 2} << 28) + random() % 3 - 1;
      break;
    default:
      bits = low << 32 | random();
      break;
  }
  return bits ^ (std::uint64_t{random()} << 32 & 0x8000000000000000);
}

// Sequences keep one mode, unless a VMSR in them changes it.
std::uint32_t random_fpscr(Random& random) {
  std::uint32_t fpscr = random() & 0xf0000000;
  if (random() % 2 == 0) fpscr |= random() & 0x07c00000;
  if (random() % 2 == 0) fpscr |= arm::kFpInexact;  // so that the host's arithmetic is used
  if (random() % 4 == 0) fpscr |= random() & 0x9f;
  return fpscr;
}

void seed(Random& random, CoreImage& image) {
  const bool doubles = random() % 2 == 0;
  for (std::size_t i = 0; i < image.s.size(); i += 2) {
    if (doubles) {
      const std::uint64_t value = double_edge(random);
      std::memcpy(&image.s[i], &value, sizeof(value));
    } else {
      image.s[i] = single_edge(random);
      image.s[i + 1] = single_edge(random);
    }
  }
  image.fpscr = random_fpscr(random);
  image.flags &= 0xf8000000;  // GE plays no part
}

bool is_floating_point(InstructionClass c) { return c >= kFpMove && c < kCoprocessor; }

bool is_from_fixed(std::string_view name) {
  for (const char* each : {"VSHTO", "VUHTO", "VSLTO", "VULTO"}) {
    if (name.starts_with(each)) return true;
  }
  return false;
}

class DoesFloatingPointAgree : public testing::TestWithParam<const char*> {
 protected:
  void expect_agreement(FuzzOptions options) {
    constexpr int kInstructions = 10000;
    options.instructions = default_instructions(kInstructions);
    options.seed = default_seed(20240611);
    std::vector<std::string> covered;
    EXPECT_EQ(fuzz(find_variant(GetParam()), options, &covered), "");
    std::cout << GetParam() << ": seed " << options.seed << ", " << covered.size() << " opcodes\n";
  }
};

TEST_P(DoesFloatingPointAgree, InEveryMode) {
  FuzzOptions options;
  options.allowed = [](const Decoded& decoded, std::string_view name) {
    return is_floating_point(decoded.facts.instruction_class) && !is_from_fixed(name);
  };
  options.seed_floating_point = seed;
  expect_agreement(options);
}

// Fixed point is converted to nearest in every mode (DDI 0403E A7.7.229: FixedToFP with
// round_nearest); Unicorn takes FPSCR's mode, so that is kept at nearest here.
TEST_P(DoesFloatingPointAgree, OnFixedPoint) {
  FuzzOptions options;
  options.allowed = [](const Decoded& decoded, std::string_view name) {
    const InstructionClass c = decoded.facts.instruction_class;
    return c == kFpConvert || c == kFpConvertDouble || c == kFpCoreTransfer ||
           (c == kFpStatus && name != "VMSR");
  };
  options.seed_floating_point = [](Random& random, CoreImage& image) {
    seed(random, image);
    image.fpscr &= ~arm::kFpRoundingMask;
  };
  expect_agreement(options);
}

// Random encodings never hit VMRS APSR_nzcv, FPSCR: it has no fields.
TEST_P(DoesFloatingPointAgree, OnFlagsOfComparisons) {
  const Variant& variant = find_variant(GetParam());
  const Sequence sequence{{{0xb4, 0xee, 0x60, 0x0a}, 0},   // vcmp.f32 s0, s1
                          {{0xf1, 0xee, 0x10, 0xfa}, 0},   // vmrs apsr_nzcv, fpscr
                          {{0xc8, 0xbf}, 0},               // it gt
                          {{0x00, 0xee, 0x20, 0x0a}, 0},   // vmlagt.f32 s0, s0, s1
                          {{0xb5, 0xee, 0xc0, 0x0a}, 0}};  // vcmpe.f32 s0, #0
  DifferentialRunner runner(variant, true);
  Random random(default_seed(20240611));
  constexpr int kRuns = 200;
  for (int i = 0; i < kRuns; ++i) {
    CoreImage start;
    start.r[13] = DifferentialRunner::kDataBase + 0x1000;
    seed(random, start);
    ASSERT_EQ(runner.run(sequence, start), "") << runner.disassembly(sequence);
  }
}

INSTANTIATE_TEST_SUITE_P(Variants, DoesFloatingPointAgree,
                         testing::Values("v7e-m-fp", "v7e-m-dp", "v8-m.main"),
                         [](const auto& test) { return parameter_name(test.param); });

}  // namespace
}  // namespace boardless::isa
