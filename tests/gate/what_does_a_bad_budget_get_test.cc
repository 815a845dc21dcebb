// Does a budget that is wrong get one line with file, line, key and what was meant, and nothing
// counted as checked?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "gate/check.h"
#include "tests/gate/subjects.h"
#include "tests/scratch_folder.h"

namespace boardless::gate {
namespace {

using gate_test::layer;
using gate_test::subject;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string message_of(const auto& work, const ScratchFolder& folder) {
  try {
    work();
  } catch (const InputError& error) {
    std::string message = error.what();
    const std::string path = folder.path().string() + '/';
    for (std::size_t at = 0; (at = message.find(path)) != std::string::npos;) {
      message.erase(at, path.size());
    }
    EXPECT_THAT(message, Not(HasSubstr("\n")));
    return message;
  }
  return "none";
}

std::string refusal(const std::string& text) {
  const ScratchFolder folder;
  const std::filesystem::path file = folder.write("budget.yaml", text);
  return message_of([&] { (void)read_budget(file); }, folder);
}

const std::string kEntry = "entries:\n  - model: kws\n    targets: rp2040\n";

TEST(BadBudget, NamesWhatARegionLacks) {
  const auto of = [](const std::string& region) {
    return refusal(
        "entries:\n  - firmware: a.elf\n    targets: rp2040\n    regions: {a: " + region + "}\n");
  };
  EXPECT_EQ(of("{function: f, cycles: <= 1}"), "none");
  EXPECT_EQ(of("{from: f, to: g, latency: <= 1 ms}"), "none");
  EXPECT_THAT(of("{cycles: <= 1}"),
              AllOf(StartsWith("budget.yaml:4: key 'entries[0].regions.a.function'"),
                    HasSubstr("one of 'function' and 'from' with 'to' is needed")));
  EXPECT_THAT(of("{function: f, to: g, cycles: <= 1}"), HasSubstr("one of 'function' and 'from'"));
  EXPECT_THAT(of("{from: f, cycles: <= 1}"), HasSubstr("'entries[0].regions.a.to'"));
  EXPECT_THAT(of("{function: f}"), HasSubstr("limits nothing; known here are latency, cycles"));
  EXPECT_THAT(of("{function: f, energy: <= 1}"), HasSubstr("not a known key"));
  EXPECT_THAT(of("{function: f, cycles: +1 %}"), HasSubstr("needs a baseline"));
  EXPECT_THAT(refusal(kEntry + "    regions: {a: {function: f, cycles: <= 1}}\n"),
              HasSubstr("not a known key"));
}

TEST(BadBudget, NamesAnUnknownKeyAndTheNearest) {
  EXPECT_EQ(refusal(kEntry + "    limits: {cycles: <= 1}\n"), "none");
  EXPECT_THAT(refusal(kEntry + "    limits: {cycels: <= 1}\n"),
              AllOf(StartsWith("budget.yaml:4: key 'entries[0].limits.cycels'"),
                    HasSubstr("did you mean 'cycles'")));
  EXPECT_THAT(refusal(kEntry + "    limit: {cycles: <= 1}\n"), HasSubstr("did you mean 'limits'"));
  EXPECT_THAT(refusal(kEntry + "    layers: {a: {sram: <= 1}}\n"),
              HasSubstr("'entries[0].layers.a.sram': not a known key"));
  EXPECT_THAT(refusal("baseline: b.json\nentry: []\n"), HasSubstr("entr"));
  EXPECT_THAT(refusal(kEntry + "    limits: {cycles: <= 1}\n    planner: gredy_by_size\n"),
              HasSubstr("did you mean 'greedy_by_size'"));
  EXPECT_THAT(refusal("entries:\n  - firmware: a.elf\n    targets: rp2040\n    kernels: auto\n"
                      "    limits: {cycles: <= 1}\n"),
              HasSubstr("'entries[0].kernels': not a known key"));
}

TEST(BadBudget, ThatChecksNothingIsNone) {
  EXPECT_THAT(refusal(""), HasSubstr("budget.yaml"));
  EXPECT_THAT(refusal("entries: []\n"), HasSubstr("nothing would be checked"));
  EXPECT_THAT(refusal(kEntry), HasSubstr("nothing would be checked"));
  EXPECT_THAT(refusal(kEntry + "    limits: {}\n"), HasSubstr("nothing would be checked"));
  EXPECT_THAT(refusal(kEntry + "    layers: {}\n"), HasSubstr("names nothing"));
  EXPECT_THAT(refusal(kEntry + "    operators: {CONV_2D: {}}\n"), HasSubstr("limits nothing"));
  EXPECT_THAT(refusal("entries:\n  - model: kws\n    limits: {cycles: <= 1}\n"),
              HasSubstr("targets': is missing"));
  EXPECT_THAT(refusal("entries:\n  - targets: rp2040\n    limits: {cycles: <= 1}\n"),
              HasSubstr("one of 'model' and 'firmware'"));
}

TEST(BadBudget, HasALimitThatIsNone) {
  for (const char* limit : {".nan", "<= nan", "+nan %", "[1, 2]", "{}", "", "<= 1 ms"}) {
    EXPECT_THAT(refusal(kEntry + "    limits: {cycles: " + limit + "}\n"),
                AllOf(StartsWith("budget.yaml:4: key '"), HasSubstr("cycles'")))
        << limit;
  }
  EXPECT_THAT(refusal(kEntry + "    limits: {cycles: +2 %}\n"), HasSubstr("needs a baseline"));
  EXPECT_THAT(refusal(kEntry + "    limits: {output: baseline}\n"), HasSubstr("needs a baseline"));
  EXPECT_THAT(refusal(kEntry + "    limits: {output: gone.npy}\n"), HasSubstr("gone.npy"));
}

// Judged against answers that were given.
std::string judgement(const std::string& limits, const Baseline* baseline) {
  const ScratchFolder folder;
  const std::filesystem::path file =
      folder.write("budget.yaml", "baseline: b.json\n" + kEntry + limits);
  AnsweredPair answer;
  answer.model = "kws";
  answer.target = "m4";
  answer.subject = subject(
      "kws", "m4", {layer(0, "CONV_2D", "conv_1", 100), layer(1, "SOFTMAX", "probabilities", 5)});
  return message_of([&] { (void)judge(read_budget(file), {answer}, baseline); }, folder);
}

TEST(BadBudget, NamesALayerThatIsNotThere) {
  EXPECT_EQ(judgement("    layers: {conv_1: {cycles: <= 1}}\n", nullptr), "none");
  EXPECT_EQ(judgement("    layers: {'*': {cycles: <= 1}, 0: {cycles: <= 2}}\n", nullptr), "none");
  EXPECT_THAT(judgement("    layers: {conv_2: {cycles: <= 1}}\n", nullptr),
              AllOf(StartsWith("budget.yaml:5: "),
                    HasSubstr("kws on m4 has no layer 'conv_2'; did you mean 'conv_1'?")));
  EXPECT_THAT(judgement("    operators: {CONV2D: {cycles: <= 1}}\n", nullptr),
              HasSubstr("no operator 'CONV2D'; did you mean 'CONV_2D'?"));
  EXPECT_THAT(judgement("    functions: {main: {cycles: <= 1}}\n", nullptr),
              HasSubstr("no function 'main'; known are dsp_kernel"));
}

TEST(BadBudget, NamesARowThatTheBaselineLacks) {
  Baseline baseline{"0.1.0", {}};
  EXPECT_THAT(judgement("    limits: {cycles: +2 %}\n", &baseline),
              AllOf(HasSubstr("no row for kws on m4"), HasSubstr("--update")));
  baseline.rows = {subject("kws", "m4", {})};
  EXPECT_EQ(judgement("    limits: {cycles: +2 %}\n", &baseline), "none");
  EXPECT_THAT(judgement("    layers: {conv_1: {cycles: +2 %}}\n", &baseline),
              HasSubstr("does not have the cycles of kws on m4, layer 0 conv_1"));
  baseline.rows.push_back(subject("ic", "m4", {}));
  EXPECT_THAT(judgement("    limits: {cycles: +2 %}\n", &baseline),
              HasSubstr("'ic on m4' is of no entry"));
}

// What is not there does not hold, whatever the limit.
TEST(Check, OfWhatIsNotThereDoesNotHold) {
  const ScratchFolder folder;
  const Budget budget = read_budget(
      folder.write("budget.yaml", kEntry + "    limits: {energy: <= 1 J, cycles: <= 1G}\n"));
  AnsweredPair answered;
  answered.model = "kws";
  answered.target = "m4";
  answered.subject = subject("kws", "m4", {layer(0, "CONV_2D", "conv_1", 100)});
  AnsweredPair refused;
  refused.model = "kws";
  refused.target = "m7";
  refused.reason = "no such thing";
  const CheckResult result = judge(budget, {answered, refused}, nullptr);
  std::vector<std::pair<std::string, bool>> verdicts;
  for (const Verdict& verdict : all_verdicts(result)) {
    verdicts.emplace_back(verdict.what, verdict.holds);
    EXPECT_TRUE(verdict.holds || !verdict.checked) << verdict.what;
  }
  EXPECT_EQ(verdicts, (std::vector<std::pair<std::string, bool>>{
                          {"fits", true}, {"cycles", true}, {"energy", false}, {"answer", false}}));
}

}  // namespace
}  // namespace boardless::gate
