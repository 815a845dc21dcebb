// Does each form of a limit mean what the page says, in the figure's own units?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "gate/limit.h"

namespace boardless::gate {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

Limit limit(const std::string& figure, const std::string& text) {
  return read_limit(*find_figure(figure), text, {"budget.yaml", 7, figure});
}

std::string refusal(const std::string& figure, const std::string& text) {
  try {
    limit(figure, text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

TEST(Limit, IsInTheUnitOfDocuments) {
  EXPECT_EQ(limit("latency", "<= 50 ms").bound, 50);
  EXPECT_EQ(limit("latency", "<= 50us").bound, 0.05);
  EXPECT_EQ(limit("latency", "1.5 s").bound, 1500);
  EXPECT_EQ(limit("energy", "<= 2 mJ").bound, 2000);
  EXPECT_EQ(limit("sram", "<= 120 KiB").bound, 122880);
  EXPECT_EQ(limit("flash", "<= 1.5MB").bound, 1'500'000);
  EXPECT_EQ(limit("cycles", "<= 2e6").bound, 2'000'000);
  EXPECT_EQ(limit("cycles", "<= 2M").bound, 2'000'000);
}

TEST(Limit, ComparesAsItsSignSays) {
  const auto at_100 = [](const std::string& text) {
    return holds(limit("cycles", text), 100, std::nullopt);
  };
  EXPECT_TRUE(at_100("<= 100"));
  EXPECT_TRUE(at_100("100"));
  EXPECT_FALSE(at_100("<= 99"));
  EXPECT_FALSE(at_100("< 100"));
  EXPECT_TRUE(at_100("< 101"));
  EXPECT_TRUE(at_100(">= 100"));
  EXPECT_FALSE(at_100("> 100"));
  EXPECT_TRUE(at_100("== 100"));
  EXPECT_FALSE(at_100("== 101"));
}

TEST(Limit, OfATolerancesIsOnTheBaseline) {
  const Limit two = limit("cycles", "+2 %");
  EXPECT_TRUE(needs_baseline(two));
  EXPECT_EQ(bound_of(two, 1000), 1020);
  EXPECT_TRUE(holds(two, 1020, 1000));
  EXPECT_FALSE(holds(two, 1021, 1000));
  EXPECT_TRUE(holds(two, 1, 1000));
  const Limit none = limit("cycles", "+0%");
  EXPECT_TRUE(holds(none, 1000, 1000));
  EXPECT_FALSE(holds(none, 1001, 1000));
  EXPECT_FALSE(holds(none, 1, 0));
}

TEST(Limit, ThatIsNoneSaysWhereAndWhat) {
  EXPECT_THAT(refusal("latency", "<= 50"),
              AllOf(StartsWith("budget.yaml:7: key 'latency': "), HasSubstr("has no unit"),
                    HasSubstr("ns, us, ms, s")));
  EXPECT_THAT(refusal("latency", "<= 50 MS"), HasSubstr("did you mean 'ms'"));
  EXPECT_THAT(refusal("latency", "<= 64 KiB"), HasSubstr("has the unit 'KiB'"));
  for (const char* text : {"nan", "<= NaN", "<= .nan", "inf", "<= -inf"}) {
    EXPECT_THAT(refusal("cycles", text), HasSubstr("is not finite")) << text;
    EXPECT_THAT(refusal("latency", text), HasSubstr("is not finite")) << text;
  }
  EXPECT_THAT(refusal("cycles", "<= 1.5"), HasSubstr("is not whole"));
  EXPECT_THAT(refusal("cycles", "<= -1"), HasSubstr("is below 0"));
  EXPECT_THAT(refusal("cycles", "+2"), HasSubstr("a tolerance is in percent"));
  EXPECT_THAT(refusal("cycles", "+nan %"), HasSubstr("is not a number"));
  EXPECT_THAT(refusal("cycles", "+-2 %"), HasSubstr("is below 0"));
  EXPECT_THAT(refusal("cycles", ""), HasSubstr("is empty"));
  EXPECT_THAT(refusal("latency", "<= 1e300 s"), HasSubstr("does not fit"));
}

}  // namespace
}  // namespace boardless::gate
