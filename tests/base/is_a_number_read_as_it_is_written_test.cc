// Is a number read as exactly what was written, and is whatever is none refused with what it lacks?
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/exact_decimal.h"
#include "base/number.h"

namespace boardless {
namespace {

using testing::HasSubstr;
using enum NumberKind;

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

struct Accepted {
  const char* text;
  NumberKind kind;
  std::uint64_t value;
};

TEST(WholeNumber, IsWhatIsWritten) {
  const std::vector<Accepted> cases{
      {"0", kCount, 0},
      {"64", kCount, 64},
      {"007", kCount, 7},
      {"+5", kCount, 5},
      {"-0", kCount, 0},
      {" 5 ", kCount, 5},
      {"1e6", kCount, 1000000},
      {"1E+6", kCount, 1000000},
      {"1.5e3", kCount, 1500},
      {"1200e-2", kCount, 12},
      {"64.0", kCount, 64},
      {"5.", kCount, 5},
      {"0e99999999999999999999", kCount, 0},
      {"5k", kCount, 5000},
      {"1.5M", kCount, 1500000},
      {"2 G", kCount, 2000000000},
      {"18446744073709551615", kCount, kMost},
      {"18446744073709551.615k", kCount, kMost},
      {"1844674407370955161500e-2", kCount, kMost},
      {"0x0", kCount, 0},
      {"0x40", kCount, 64},
      {"0XfF", kCount, 255},
      {"0xffffffffffffffff", kCount, kMost},
      {"0x2000_0000", kAddress, 0x20000000},
      {"0x08000000", kAddress, 0x08000000},
      {"134217728", kAddress, 0x08000000},
      {"65536", kBytes, 65536},
      {"64KiB", kBytes, 65536},
      {"64 KiB", kBytes, 65536},
      {"64kB", kBytes, 64000},
      {"12B", kBytes, 12},
      {"1.5KiB", kBytes, 1536},
      {"1.5 MB", kBytes, 1500000},
      {"1.5MiB", kBytes, 1572864},
      {"1e3GB", kBytes, 1000000000000},
      {"1GiB", kBytes, 1073741824},
      {"0.0009765625KiB", kBytes, 1},
      {"0.000000000931322574615478515625GiB", kBytes, 1},
      {"17179869183.999999999068677425384521484375GiB", kBytes, kMost},
      {"0x1000", kBytes, 4096},
      {"180000000", kHertz, 180000000},
      {"180MHz", kHertz, 180000000},
      {"32.768kHz", kHertz, 32768},
      {"4.194304 MHz", kHertz, 4194304},
      {"5Hz", kHertz, 5},
      {"80", kMegahertz, 80000000},
      {"1e-6", kMegahertz, 1},
      {"80MHz", kMegahertz, 80000000},
      {"133.333333", kMegahertz, 133333333},
      {"32768Hz", kMegahertz, 32768},
      {"1.2GHz", kMegahertz, 1200000000},
  };
  for (const Accepted& each : cases) {
    const auto number = read_number(each.text, WholeForm{each.kind});
    ASSERT_TRUE(number) << each.text << ": " << number.refusal();
    EXPECT_EQ(*number, each.value) << each.text;
  }
}

TEST(WholeNumber, SaysWhatItLacks) {
  struct Refused {
    const char* text;
    WholeForm form;
    const char* refusal;
  };
  const WholeForm count{}, small{kCount, 1, 31}, size{kBytes, 1}, hertz{kHertz},
      clock{kMegahertz, 1, 0xffffffff}, address{kAddress, 0, 0xffffffff};
  const std::vector<Refused> cases{
      {"", count, "'' is empty; a whole number is needed, such as 64, 0x40 or 1e6"},
      {"   ", count, "is empty"},
      {"five", count, "'five' is not a number; "},
      {".", count, "is not a number"},
      {"-", count, "is not a number"},
      {"e5", count, "is not a number"},
      {"1_000", count, "is not a number"},
      {"1,000", count, "is not a number"},
      {"1.2.3", count, "is not a number"},
      {"5 6", count, "is not a number"},
      {"--5", count, "is not a number"},
      {"5\n", count, "is not a number"},
      {"-0x10", count, "is not a number"},
      {"0x", count, "is not a hexadecimal number"},
      {"0xg", count, "is not a hexadecimal number"},
      {"0x_1", count, "is not a hexadecimal number"},
      {"0x1_", count, "is not a hexadecimal number"},
      {"0x1__2", count, "is not a hexadecimal number"},
      {"0x1.8", count, "is not a hexadecimal number"},
      {"0x40 KiB", size, "is not a hexadecimal number"},
      {"0x10000000000000000", count, "does not fit 64 bits"},
      {"nan", count, "'nan' is not finite"},
      {"-Infinity", count, "is not finite"},
      {".inf", count, "is not finite"},
      {"5.5", count, "'5.5' is not whole"},
      {"1e-400", count, "is not whole"},
      {"1e-99999999999999999999", count, "is not whole"},
      {"0.0015k", count, "is not whole"},
      {"0.1B", size, "is not a whole number of bytes"},
      {"1.0001KiB", size, "is not a whole number of bytes"},
      {"0.5", hertz, "is not a whole number of hertz"},
      {"1e-7", clock, "is not a whole number of hertz"},
      {"18446744073709551616", count, "does not fit 64 bits"},
      {"1e20", count, "does not fit 64 bits"},
      {"1e99999999999999999999", count, "does not fit 64 bits"},
      {"99999999999999999999.5", count, "is not whole"},
      {"17179869184GiB", size, "does not fit 64 bits"},
      {"-1", count, "'-1' is below 0; "},
      {"-1e99", small, "is below 1; a whole number from 1 to 31 is needed"},
      {"0", small, "'0' is below 1"},
      {"32", small, "'32' is above 31"},
      {"0x20", small, "is above 31"},
      {"0", size, "is below 1; a number of bytes of at least 1 is needed, such as 65536 or 64KiB"},
      {"4295", clock,
       "is above 4294967295; a frequency from 1 to 4294967295 Hz is needed, such as 80 or 80MHz"},
      {"0x100000000", address,
       "is above 0xffffffff; an address from 0x00000000 to 0xffffffff is needed, such as "
       "0x08000000"},
      {"64KiB", address, "has the unit 'KiB', and takes none"},
      {"5K", count, "has the unit 'K', which is none of k, M, G"},
      {"5 apples", count, "has the unit 'apples', which is none of k, M, G; a whole number"},
      {"5\xc2\xb5", count, "has the unit '\xc2\xb5'"},
      {"5\x1b", count, "'5\\x1b' is not a number"},
      {"5ee", count, "has the unit 'ee'"},
  };
  for (const Refused& each : cases) {
    const auto number = read_number(each.text, each.form);
    EXPECT_FALSE(number) << each.text;
    EXPECT_THAT(number.refusal(), HasSubstr(each.refusal)) << each.text;
  }
}

TEST(WholeNumber, KnowsTheUnitThatWasMeant) {
  const auto refusal = [](const char* text, NumberKind kind) {
    return read_number(text, WholeForm{kind}).refusal();
  };
  EXPECT_THAT(refusal("5K", kCount), testing::EndsWith("; did you mean 'k'?"));
  EXPECT_THAT(refusal("5m", kCount), testing::EndsWith("; did you mean 'M'?"));
  EXPECT_THAT(refusal("64kib", kBytes), testing::EndsWith("; did you mean 'KiB'?"));
  EXPECT_THAT(refusal("64KB", kBytes), testing::EndsWith("; did you mean 'kB'?"));
  EXPECT_THAT(refusal("64KiBs", kBytes), testing::EndsWith("; did you mean 'KiB'?"));
  EXPECT_THAT(refusal("80Mhz", kHertz), testing::EndsWith("; did you mean 'MHz'?"));
  // One letter that is none of them may have been any.
  EXPECT_THAT(refusal("64K", kBytes), testing::EndsWith("such as 65536 or 64KiB"));
}

TEST(WholeNumber, ShowsHarmlesslyWhatItRefuses) {
  EXPECT_THAT(read_number("\x1b[2J", WholeForm{}).refusal(),
              HasSubstr("'\\x1b[2J' is not a number"));
  const std::string refusal = read_number(std::string(100000, '9'), WholeForm{}).refusal();
  EXPECT_THAT(refusal, HasSubstr("does not fit 64 bits"));
  EXPECT_LT(refusal.size(), 250U);
}

TEST(WholeNumber, ComesBackFromEveryWayToWriteIt) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t value = random() >> (random() % 64);
    const auto is_read = [&](const std::string& text, NumberKind kind) {
      const auto number = read_number(text, WholeForm{kind});
      EXPECT_TRUE(number && *number == value) << text << " of " << value << number.refusal();
    };
    is_read(fmt::format("{}", value), kCount);
    is_read(fmt::format("0x{:x}", value), kAddress);
    is_read(fmt::format("{}.{:03}k", value / 1000, value % 1000), kCount);
    is_read(fmt::format("{}.{:06}", value / 1000000, value % 1000000), kMegahertz);
    is_read(fmt::format("{}.{:09}e9", value / 1000000000, value % 1000000000), kBytes);
    // A 1024th has ten decimals.
    is_read(fmt::format("{}.{:010}KiB", value / 1024, value % 1024 * 9765625), kBytes);
  }
}

TEST(RealNumber, IsTheNearestDouble) {
  const std::vector<std::pair<const char*, double>> cases{
      {"3.3", 3.3},     {"-2.5", -2.5},
      {"+1", 1},        {".5", 0.5},
      {"5.", 5},        {"1e-3", 1e-3},
      {"0", 0},         {" 7 ", 7},
      {"1e308", 1e308}, {"5e-324", 5e-324},
      {"0.1", 0.1},     {"1E3", 1000},
      {"007.5", 7.5},   {"9007199254740993", 9007199254740992}};
  for (const auto& [text, value] : cases) {
    const auto number = read_number(text, RealForm{});
    ASSERT_TRUE(number) << text << ": " << number.refusal();
    EXPECT_EQ(*number, value) << text;
  }
  EXPECT_EQ(*read_number("5%", RealForm{kPercent}), 5);
  EXPECT_EQ(*read_number("12.5 %", RealForm{kPercent}), 12.5);
}

TEST(RealNumber, SaysWhatItLacks) {
  const RealForm any{}, width{kReal, 0.1, 8}, percent{kPercent, 0};
  const std::vector<std::tuple<const char*, RealForm, const char*>> cases{
      {"", any, "'' is empty; a number is needed, such as 3.3"},
      {"high", any, "is not a number"},
      {"nan", any, "is not finite"},
      {"-inf", any, "is not finite"},
      {"1e400", any, "does not fit a 64-bit float"},
      {"1e-400", any, "does not fit a 64-bit float"},
      {"0x10", any, "is hexadecimal"},
      {"3.3V", any, "has the unit 'V', and takes none"},
      {"3,3", any, "is not a number"},
      {"0", width, "'0' is below 0.1; a number from 0.1 to 8 is needed, such as 3.3"},
      {"8.5", width, "'8.5' is above 8"},
      {"-1%", percent, "is below 0; a percentage of at least 0 is needed, such as 5 or 5%"},
      {"5pct", percent, "has the unit 'pct', which is none of %"}};
  for (const auto& [text, form, refusal] : cases) {
    const auto number = read_number(text, form);
    EXPECT_FALSE(number) << text;
    EXPECT_THAT(number.refusal(), HasSubstr(refusal)) << text;
  }
}

TEST(RealNumber, ComesBackFromItsShortestText) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    const std::string text = fmt::format("{}", value);
    const auto number = read_number(text, RealForm{});
    EXPECT_TRUE(number && *number == value) << text << number.refusal();
  }
}

TEST(Number, IsTheSameInEveryLocale) {
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) == nullptr) continue;
    EXPECT_EQ(*read_number("1.5", RealForm{}), 1.5);
    EXPECT_EQ(*read_number("1.5k", WholeForm{}), 1500U);
    EXPECT_FALSE(read_number("1,5", RealForm{}));
  }
  std::setlocale(LC_ALL, "C");
}

TEST(Number, ExamplesAreThoseThatAreInRange) {
  EXPECT_EQ(needed_text(WholeForm{kCount, 0, 31}), "a whole number from 0 to 31 is needed");
  EXPECT_EQ(needed_text(WholeForm{kCount, 0, 64}),
            "a whole number from 0 to 64 is needed, such as 64 or 0x40");
}

TEST(Number, HelpSaysRangeAndUnits) {
  EXPECT_EQ(help_text(WholeForm{}), "");
  EXPECT_EQ(help_text(WholeForm{kCount, 1}), " (at least 1)");
  EXPECT_EQ(help_text(WholeForm{kBytes, 1}), " (at least 1; B, kB, KiB, MB, MiB, GB, GiB)");
  EXPECT_EQ(help_text(RealForm{kPercent, 0}), " (at least 0; %)");
}

TEST(DecimalLength, IsThatOfTheNumberInFront) {
  for (const auto& [text, length] :
       std::vector<std::pair<const char*, std::size_t>>{{"", 0},
                                                        {"x", 0},
                                                        {".", 0},
                                                        {"-5", 0},
                                                        {"12", 2},
                                                        {"12 * 3", 2},
                                                        {"1.5)", 3},
                                                        {"5.", 2},
                                                        {".5.5", 2},
                                                        {"2e3", 3},
                                                        {"2e+3x", 4},
                                                        {"2e", 1},
                                                        {"2e-", 1},
                                                        {"2e3.5", 3}}) {
    EXPECT_EQ(decimal_length(text), length) << text;
  }
}

}  // namespace
}  // namespace boardless
