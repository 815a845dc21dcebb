// Is the code counted that a linker would keep: through calls, literal pools and tables, and
// nothing else?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.h"
#include "sim/reachable_code.h"
#include "tests/sim/kernel_calls.h"

namespace boardless::sim::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSubsetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::vector<std::string> names(const ElfImage& image, const std::set<std::size_t>& symbols) {
  std::vector<std::string> result;
  for (const std::size_t index : symbols) result.push_back(image.symbols[index].name);
  return result;
}

std::set<std::size_t> reached(const ElfImage& image, std::string_view variant,
                              std::vector<std::string> entries) {
  return reachable_symbols(image, isa::find_variant(variant), entries);
}

// The name under which a symbol is counted: the first of those at its address.
std::string counted_name(const ElfImage& image, std::string_view name) {
  const Symbol* symbol = image.find(name);
  return symbol == nullptr ? "absent" : image.at(symbol->address)->name;
}

class BuiltImage : public ::testing::TestWithParam<std::string_view> {
 protected:
  const ElfImage image_ = built_image(isa::find_variant(GetParam()));
  std::set<std::size_t> from(std::vector<std::string> entries) {
    return reached(image_, GetParam(), std::move(entries));
  }
};

TEST_P(BuiltImage, ACopyIsSmall) {
  const auto symbols = from({"reference_copy_b8"});
  EXPECT_THAT(names(image_, symbols), UnorderedElementsAre("reference_copy_b8", "memcpy"));
  EXPECT_LT(total_size(image_, symbols), 512U);
}

TEST_P(BuiltImage, AKernelReachesNoOther) {
  const auto symbols = names(image_, from({"reference_conv_2d_s8"}));
  EXPECT_THAT(symbols, Not(Contains("reference_softmax_s8")));
  EXPECT_THAT(symbols, Not(Contains("reference_depthwise_conv_2d_s8")));
}

TEST_P(BuiltImage, TwoEntriesReachTheUnionOfBoth) {
  const auto copy = from({"reference_copy_b8"});
  const auto softmax = from({"reference_softmax_s8"});
  auto both = copy;
  both.insert(softmax.begin(), softmax.end());
  EXPECT_EQ(from({"reference_softmax_s8", "reference_copy_b8"}), both);
  EXPECT_EQ(from({"reference_copy_b8", "reference_copy_b8"}), copy);
  EXPECT_TRUE(from({}).empty());
}

TEST_P(BuiltImage, EverySymbolsBytesAreWithinTheWholeImage) {
  std::vector<std::string> all;
  for (const Symbol& symbol : image_.symbols) {
    if (symbol.is_function) all.push_back(symbol.name);
  }
  const std::uint32_t total = total_size(image_, from(all));
  EXPECT_LE(total, image_.segments.at(0).bytes.size());
  EXPECT_GT(total, image_.segments.at(0).bytes.size() * 9 / 10);
}

TEST_P(BuiltImage, AnUnknownEntryIsNamed) {
  try {
    from({"reference_copy_b8", "reference_svdf_s8"});
    FAIL() << "found";
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()), image_.file + ": has no function 'reference_svdf_s8'");
  }
}

INSTANTIATE_TEST_SUITE_P(Images, BuiltImage, ::testing::ValuesIn(variant_names()), image_name);

// Armv6-M has no long multiplication, no count of leading zeros and no divide.
TEST(ReachableCode, SoftmaxReachesItsHelpers) {
  const ElfImage image = built_image(isa::find_variant("v6-m"));
  const auto symbols = names(image, reached(image, "v6-m", {"reference_softmax_s8"}));
  EXPECT_THAT(symbols, Contains(counted_name(image, "__aeabi_lmul")));
  EXPECT_THAT(symbols, Contains(counted_name(image, "__clzsi2")));
  EXPECT_THAT(symbols, Not(Contains(counted_name(image, "__aeabi_fmul"))));
}

TEST(ReachableCode, FloatsReachTheSoftwareFloatingPoint) {
  const ElfImage image = built_image(isa::find_variant("v6-m"));
  const auto symbols = names(image, reached(image, "v6-m", {"reference_quantize_f32_s8"}));
  EXPECT_THAT(symbols, Contains(counted_name(image, "__aeabi_fdiv")));
  EXPECT_THAT(symbols, Contains("roundf"));
}

// RISC-V before Zbb counts leading zeros by a table, whose address two instructions build.
TEST(ReachableCode, RiscvReachesHelpersAndTheirTables) {
  const ElfImage image = built_image(isa::find_variant("rv32imc"));
  const auto softmax = names(image, reached(image, "rv32imc", {"reference_softmax_s8"}));
  EXPECT_THAT(softmax, Contains("__clzsi2"));
  EXPECT_THAT(softmax, Contains("__clz_tab"));
  EXPECT_THAT(softmax, Not(Contains("__divsf3")));
  const auto quantize = names(image, reached(image, "rv32imc", {"reference_quantize_f32_s8"}));
  EXPECT_THAT(quantize, Contains("__divsf3"));
  const ElfImage zbb = built_image(isa::find_variant("rv32imac-zb"));
  EXPECT_THAT(names(zbb, reached(zbb, "rv32imac-zb", {"reference_softmax_s8"})),
              ElementsAre("reference_softmax_s8"));
}

TEST(ReachableCode, AnOptimisedKernelReachesItsHelpersAndItsFallback) {
  for (const char* variant : {"v7e-m", "v7e-m-fp", "v8-m.main"}) {
    const ElfImage image = built_image(isa::find_variant(variant));
    const auto conv = reached(image, variant, {"dsp_conv_2d_s8"});
    EXPECT_THAT(names(image, conv), Contains("reference_conv_2d_s8")) << variant;
    EXPECT_THAT(names(image, conv), Contains("dsp_run_channel_tiles")) << variant;
    // A single input channel goes by way of the convolution.
    const auto depthwise = reached(image, variant, {"dsp_depthwise_conv_2d_s8"});
    EXPECT_TRUE(std::ranges::includes(depthwise, conv)) << variant;
    for (const char* strip : {"run_stride_1_place_0", "run_stride_1_place_1",
                              "run_stride_2_place_0", "run_stride_2_place_1"}) {
      EXPECT_THAT(names(image, depthwise), Contains(strip)) << variant;
    }
  }
}

// Functions at 0, 16, …; each is `bx lr`, then what the test puts there.
class HandMadeCode : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kBase = kernels::kCodeBase;

  HandMadeCode() {
    image_.file = "hand-made";
    image_.segments = {{kBase, std::vector<std::uint8_t>(96)}};
    const char* const letters[] = {"a", "b", "c", "d", "table", "e"};
    for (std::uint32_t i = 0; i < 6; ++i) {
      const bool is_function = i != 4;
      image_.symbols.push_back({letters[i], kBase + 16 * i, 16, is_function});
      image_.mappings.push_back({kBase + 16 * i, is_function});
      if (!is_function) continue;
      for (std::uint32_t at = 0; at < 16; at += 2) put16(16 * i + at, 0xbf00);  // nop
      put16(16 * i + 14, 0x4770);
    }
  }
  void put16(std::uint32_t at, std::uint32_t value) {
    image_.segments[0].bytes[at] = static_cast<std::uint8_t>(value);
    image_.segments[0].bytes[at + 1] = static_cast<std::uint8_t>(value >> 8);
  }
  // Data among the code of a function, as a literal pool is.
  void put_literal(std::uint32_t at, std::uint32_t value) {
    put16(at, value & 0xffffU);
    put16(at + 2, value >> 16);
    if (image_.is_code(kBase + at)) {
      image_.mappings.push_back({kBase + at, false});
      image_.mappings.push_back({kBase + at + 4, true});
      std::ranges::stable_sort(image_.mappings, {}, &Mapping::address);
    }
  }
  std::vector<std::string> from(const char* entry) {
    return names(image_, reached(image_, "v7-m", {entry}));
  }

  ElfImage image_;
};

TEST_F(HandMadeCode, AFunctionAloneReachesItself) { EXPECT_THAT(from("b"), ElementsAre("b")); }

TEST_F(HandMadeCode, CallsAndTailCalls) {
  put16(0, 0xf000), put16(2, 0xf80e);  // bl b + 16: a + 4 + 28 lies within c
  put16(32 + 0, 0xe016);               // c: b to 32 + 4 + 44, which is e
  EXPECT_THAT(from("a"), ElementsAre("a", "c", "e"));
  EXPECT_THAT(from("c"), ElementsAre("c", "e"));
}

TEST_F(HandMadeCode, ALiteralPoolHoldsAFunctionsAddress) {
  put_literal(8, kBase + 48 + 1);  // d, with the Thumb bit
  EXPECT_THAT(from("a"), ElementsAre("a", "d"));
}

TEST_F(HandMadeCode, ATableHoldsAddressesInTurn) {
  put_literal(8, kBase + 64 + 4);        // into the table
  put_literal(64 + 12, kBase + 16 + 1);  // its last word: b
  EXPECT_THAT(from("a"), ElementsAre("a", "b", "table"));
}

TEST_F(HandMadeCode, TheSameWordAmongInstructionsIsNoAddress) {
  put16(8, 0x0031), put16(10, 0x0001);  // movs r1, r6; movs r1, r0: together d's address
  EXPECT_THAT(from("a"), ElementsAre("a"));
}

TEST_F(HandMadeCode, ALoopOfCallsEnds) {
  put_literal(8, kBase + 16 + 1);
  put_literal(16 + 8, kBase + 1);
  EXPECT_THAT(from("a"), ElementsAre("a", "b"));
}

TEST_F(HandMadeCode, AliasesCountOnce) {
  image_.symbols.insert(image_.symbols.begin() + 2, {"b_alias", kBase + 16, 16, true});
  put_literal(8, kBase + 16 + 1);
  const auto symbols = reached(image_, "v7-m", {"a", "b_alias", "b"});
  EXPECT_THAT(names(image_, symbols), ElementsAre("a", "b"));
  EXPECT_EQ(total_size(image_, symbols), 32U);
}

TEST_F(HandMadeCode, AnEntryIntoTheMiddleCountsOnce) {
  image_.symbols.insert(image_.symbols.begin() + 2, {"b_inner", kBase + 16 + 4, 12, true});
  EXPECT_EQ(total_size(image_, reached(image_, "v7-m", {"a", "b", "b_inner", "c"})), 48U);
  EXPECT_EQ(total_size(image_, reached(image_, "v7-m", {"b_inner", "c"})), 28U);
}

}  // namespace
}  // namespace boardless::sim::testing
