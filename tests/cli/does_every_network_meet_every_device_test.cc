// Is every network of the zoo answered for every accelerator, and the small ones for each kind of
// core, in every form of the result? What no unit sees (a layer of a prediction that is gone, a
// figure that nobody set) shows when the built program is run with its sanitizers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "reports/views.h"
#include "tests/cli/process.h"
#include "workloads/zoo/zoo.h"

namespace boardless::cli {
namespace {

using prediction::Document;
using prediction::Unanswered;
using testing::EndsWith;
using testing::HasSubstr;

class Network : public testing::TestWithParam<std::string> {
 protected:
  // Freed memory is overwritten, so that what is read from it is not what was written to it.
  static void SetUpTestSuite() { setenv("MALLOC_PERTURB_", "165", 1); }
  static void TearDownTestSuite() { unsetenv("MALLOC_PERTURB_"); }

  // Every row of the document is a time with its layers, or the reason why it cannot be.
  static void answer_on(const std::string& targets) {
    const ScratchFolder folder;
    const std::string page = folder / "page.html";
    const Finished json =
        boardless({"predict", GetParam(), "-t", targets, "-f", "json", "-r", page});
    ASSERT_TRUE(json.status == 0 || json.status == 1 || json.status == 4)
        << json.status << ' ' << json.signal << ' ' << json.err;
    EXPECT_THAT(text_of(page), EndsWith("</html>\n"));
    const Document document = reports::from_json(json.out, "stdout");
    for (const prediction::Prediction& prediction : document.predictions) {
      EXPECT_GT(prediction.latency_ms, 0) << prediction.target;
      EXPECT_FALSE(prediction.layers.empty()) << prediction.target;
    }
    for (const Unanswered& row : document.unanswered) {
      EXPECT_TRUE(row.kind == Unanswered::Kind::kNotModelled ||
                  row.kind == Unanswered::Kind::kNotPossible ||
                  row.kind == Unanswered::Kind::kDoesNotFit)
          << row.target << ": " << row.reason;
      EXPECT_FALSE(row.reason.empty()) << row.target;
    }
    EXPECT_FALSE(document.predictions.empty() && document.unanswered.empty());
  }
};

TEST_P(Network, IsAnsweredOnEveryAccelerator) { answer_on("accelerators"); }

std::string test_name(const testing::TestParamInfo<std::string>& info) { return info.param; }

INSTANTIATE_TEST_SUITE_P(Zoo, Network, testing::ValuesIn(workloads::zoo_network_names()),
                         test_name);

class SmallNetwork : public Network {
 protected:
  static void shows_every_layer_on(const std::string& targets) {
    const Finished table = boardless({"predict", GetParam(), "-t", targets, "--layers"});
    EXPECT_EQ(table.status, 0) << table.err;
    EXPECT_THAT(table.out, HasSubstr(GetParam()));
  }
};

// One target for each kernel image, of those that simulate fewest cycles: what a network of the
// zoo takes in a build with sanitizers is some ten times of its time otherwise.
TEST_P(SmallNetwork, IsAnsweredOnEveryKindOfCore) {
  answer_on(
      "rp2040,stm32f103c8,nrf52840,stm32u575zi,stm32h743zi,himax-we2,esp32-c3,rp2350-hazard3");
}

TEST_P(SmallNetwork, IsShownLayerByLayer) { shows_every_layer_on("nrf52840,accelerators"); }

INSTANTIATE_TEST_SUITE_P(Zoo, SmallNetwork,
                         testing::Values("ad", "kws", "microwakeword", "mnist_mlp", "rnnoise",
                                         "svdf_kws"),
                         test_name);

}  // namespace
}  // namespace boardless::cli
