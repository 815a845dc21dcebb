// Can what a space names end the page's script, or begin a tag?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "exploration/sweep.h"
#include "exploration/views.h"
#include "tests/exploration/space_file.h"
#include "tests/reports/embedded_document.h"

namespace boardless::exploration {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kHostile[] = "</script><img src=x onerror=alert(1)><!--";

// Points of a space that all are refused, by a name that would be markup.
struct HostileSweep {
  SpaceFile file{"models: kws\ntargets: [rp2040, rp2350]\nobjectives: [minimize: latency_ms]\n"};
  Grid grid = file.grid();
  SweepResult result;

  HostileSweep() {
    grid.file = kHostile;
    grid.models.front().argument = kHostile;
    grid.models.front().title = kHostile;
    result.points = file.points();
    result.outcomes.resize(result.points.size());
    for (Outcome& outcome : result.outcomes) {
      outcome.state = Outcome::State::kRefused;
      outcome.reason = kHostile;
    }
  }
};

TEST(SweepPage, NamesAreNoMarkup) {
  const HostileSweep sweep;
  const std::string page = to_html(sweep.grid, sweep.result, "boardless sweep '<img'");
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("onerror=alert(1)><!--")));
}

TEST(SweepPage, HoldsEveryPointOnce) {
  const HostileSweep sweep;
  const auto document = nlohmann::json::parse(
      reports_test::packed_json_of(to_html(sweep.grid, sweep.result), "document"));
  EXPECT_EQ(document["space"], kHostile);
  const auto& answer = document["answer"];
  EXPECT_EQ(answer["codes"], nlohmann::json::array({0, 0}));
  EXPECT_THAT(answer["words"][0].get<std::string>(), HasSubstr(kHostile));
  for (const auto& field : document["fields"]) {
    if (field["name"] == "target") {
      EXPECT_EQ(field["words"], nlohmann::json::array({"rp2040", "rp2350"}));
      EXPECT_EQ(field["codes"], nlohmann::json::array({0, 1}));
      return;
    }
  }
  ADD_FAILURE() << "the page knows no targets";
}

TEST(SweepPage, IsTheSameForTheSameResult) {
  const HostileSweep sweep;
  EXPECT_EQ(to_html(sweep.grid, sweep.result), to_html(sweep.grid, sweep.result));
}

}  // namespace
}  // namespace boardless::exploration
