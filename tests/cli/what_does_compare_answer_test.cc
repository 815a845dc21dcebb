// Does the command compare documents as a user types it?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Documents of one model, with the optimised kernels and with the reference.
class Compare : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new ScratchFolder;
    predict("base.json", {"-t", "stm32f446re,rp2040"});
    predict("new.json", {"-t", "stm32f446re", "--kernels", "reference"});
  }
  static void TearDownTestSuite() { delete folder_; }
  static void predict(const std::string& name, const std::vector<std::string>& words) {
    std::vector<std::string> all{"predict", "mnist_mlp", "--format", "json", "-o", *folder_ / name};
    all.insert(all.end(), words.begin(), words.end());
    EXPECT_EQ(boardless(all).status, 0);
  }
  static Finished compare(const std::string& base, const std::string& other,
                          const std::vector<std::string>& words = {}) {
    std::vector<std::string> all{"compare", *folder_ / base, *folder_ / other};
    all.insert(all.end(), words.begin(), words.end());
    return boardless(all);
  }
  inline static ScratchFolder* folder_ = nullptr;
};

TEST_F(Compare, TellsWhatChangedAndWhy) {
  const Finished finished = compare("base.json", "new.json");
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out,
              AllOf(HasSubstr("mnist_mlp"), HasSubstr("kernels: dsp -> reference"),
                    HasSubstr("more instructions"), HasSubstr("kernel dsp_fully_connected_s8 -> "),
                    HasSubstr("gone")));
  EXPECT_EQ(compare("base.json", "new.json").out, finished.out);
}

TEST_F(Compare, OfADocumentWithItselfIsNothing) {
  EXPECT_THAT(compare("base.json", "base.json").out, HasSubstr("2 of 2 did not change"));
  EXPECT_EQ(compare("base.json", "base.json", {"--limit", "cycles=+0%"}).status, 0);
}

TEST_F(Compare, JudgesLimits) {
  EXPECT_EQ(compare("base.json", "new.json", {"--limit", "cycles=+2%"}).status, 1);
  EXPECT_EQ(compare("base.json", "new.json", {"--limit", "sram<=1MiB"}).status, 1);  // one is gone
  EXPECT_EQ(compare("new.json", "base.json", {"--limit", "sram<=1MiB"}).status, 0);
  EXPECT_THAT(compare("base.json", "new.json", {"--limit", "cycels=+2%"}).err,
              HasSubstr("did you mean 'cycles'"));
  EXPECT_THAT(compare("base.json", "new.json", {"--limit", "cycles=nan"}).err,
              HasSubstr("is not finite"));
}

TEST_F(Compare, WritesJsonAndMarkdown) {
  const Json json = Json::parse(compare("base.json", "new.json", {"--format", "json"}).out);
  EXPECT_EQ(json.at("schema"), "boardless.comparison/1");
  const Json& pairs = json.at("comparisons").at(0).at("pairs");
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs.at(1).at("presence"), "removed");
  const Json& change = pairs.at(0).at("changes").at("cycles");
  EXPECT_GT(change.at("after"), change.at("before"));
  std::int64_t causes = 0;
  for (const auto& [cause, cycles] : pairs.at(0).at("causes").items()) {
    causes += cycles.get<std::int64_t>();
  }
  EXPECT_EQ(causes,
            change.at("after").get<std::int64_t>() - change.at("before").get<std::int64_t>());
  EXPECT_THAT(compare("base.json", "new.json", {"--format", "markdown"}).out,
              AllOf(StartsWith("### "), HasSubstr("| model | target |")));
}

TEST_F(Compare, RefusesWhatIsNoDocument) {
  folder_->write("none.json", "{\"schema\": \"boardless.prediction/9\"}");
  EXPECT_THAT(compare("base.json", "none.json").err, HasSubstr("boardless.prediction/9"));
  EXPECT_EQ(compare("base.json", "none.json").status, 2);
  EXPECT_EQ(compare("base.json", "gone.json").status, 2);
  EXPECT_THAT(compare("base.json", "new.json", {"-o", *folder_ / "base.json"}).err,
              HasSubstr("the same file"));
  std::string text = text_of(*folder_ / "base.json");
  const std::size_t at = text.find("\"cycles\": ");
  text.insert(at + 10, "1");
  folder_->write("edited.json", text);
  EXPECT_THAT(compare("base.json", "edited.json").err, HasSubstr("not what boardless wrote"));
}

}  // namespace
}  // namespace boardless::cli
