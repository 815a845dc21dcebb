// Are the pairs found that belong together, and is each change told with its cause?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gate/comparison.h"
#include "gate/explanation.h"
#include "gate/verdict.h"
#include "tests/gate/subjects.h"

namespace boardless::gate {
namespace {

using gate_test::layer;
using gate_test::subject;
using testing::ElementsAre;
using Subjects = std::vector<Subject>;
using testing::HasSubstr;

// The layers that changed, with their causes.
std::vector<std::string> texts_of(const SubjectComparison& compared) {
  std::vector<std::string> texts;
  for (const PartComparison* part : largest_changes(compared)) {
    texts.push_back(part_text(*part) + ": " + cause_text(*part));
  }
  return texts;
}

TEST(Comparison, TellsTheChangeOfALayerAndItsCause) {
  const Subject before =
      subject("kws", "m4", {layer(0, "CONV_2D", "a", 1000, 100), layer(1, "CONV_2D", "b", 500)});
  const Subject after =
      subject("kws", "m4", {layer(0, "CONV_2D", "a", 1000, 350), layer(1, "CONV_2D", "b", 450)});
  const SubjectComparison compared = compare(before, after);
  EXPECT_TRUE(is_changed(compared));
  const FigureChange* cycles = change_of(compared.changes, "cycles");
  ASSERT_NE(cycles, nullptr);
  EXPECT_EQ(cycles->before, 1600);
  EXPECT_EQ(cycles->after, 1800);
  const std::vector<const PartComparison*> parts = largest_changes(compared);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0]->name, "a");
  EXPECT_EQ(cause_text(*parts[0]), "flash_data +250");
  EXPECT_EQ(cause_text(*parts[1]), "issue -50; 50 fewer instructions");
  EXPECT_EQ(largest_cause_meaning(compared.causes), "load waits for flash");
  EXPECT_FALSE(is_changed(compare(before, before)));
}

TEST(Comparison, TellsLayersThatAreNewOrGone) {
  const Subject before =
      subject("kws", "m4", {layer(0, "CONV_2D", "a", 1000), layer(1, "SOFTMAX", "s", 10)});
  const Subject after = subject(
      "kws", "m4",
      {layer(0, "CONV_2D", "a", 1000), layer(1, "CONV_2D", "b", 70), layer(2, "SOFTMAX", "s", 10)});
  EXPECT_THAT(texts_of(compare(before, after)),
              ElementsAre("layer 1 CONV_2D b: is new; issue +70"));
  EXPECT_THAT(texts_of(compare(after, before)),
              ElementsAre("layer 1 CONV_2D b: is gone; issue -70"));
}

TEST(Comparison, PairsByWhatIsTheSame) {
  Subject other_kernels = subject("kws", "m4", {layer(0, "CONV_2D", "a", 900)});
  other_kernels.basis.kernels = "reference";
  const std::vector<Subject> before{subject("kws", "m4", {layer(0, "CONV_2D", "a", 1000)}),
                                    subject("kws", "m7", {layer(0, "CONV_2D", "a", 700)})};
  const Comparison same_target =
      compare(before, Subjects{before[1], other_kernels, subject("ic", "m7", {})});
  ASSERT_EQ(same_target.subjects.size(), 3U);
  EXPECT_FALSE(is_changed(same_target.subjects[0]));
  EXPECT_EQ(change_of(same_target.subjects[1].changes, "cycles")->before, 1000);
  EXPECT_EQ(same_target.subjects[2].presence, Presence::kAdded);
  // One model in each document, by another name.
  const Comparison renamed = compare(Subjects{before[0]}, Subjects{subject("kws_v2", "m4", {})});
  ASSERT_EQ(renamed.subjects.size(), 1U);
  EXPECT_EQ(renamed.subjects[0].presence, Presence::kBoth);
  EXPECT_EQ(basis_text(renamed.subjects[0].basis.back()), "model name: kws -> kws_v2");
  const Comparison gone = compare(before, Subjects{before[0]});
  ASSERT_EQ(gone.subjects.size(), 2U);
  EXPECT_EQ(gone.subjects[1].presence, Presence::kRemoved);
}

TEST(Comparison, TellsWhatElseIsDifferent) {
  const Subject before = subject("kws", "m4", {layer(0, "CONV_2D", "a", 1000)});
  Subject after = before;
  after.basis.compiler = "gcc 13";
  after.basis.version = "0.2.0";
  after.basis.data_sha256 = std::string(64, 'd');  // the older document does not tell
  std::vector<std::string> texts;
  for (const BasisChange& change : compare(before, after).basis)
    texts.push_back(basis_text(change));
  EXPECT_THAT(texts, ElementsAre("boardless: 0.1.0 -> 0.2.0", "compiler: gcc 12 -> gcc 13"));
}

// A pair that is gone never counts as one that holds.
TEST(Verdict, OfAPairThatIsGoneDoesNotHold) {
  const std::vector<Subject> before{subject("kws", "m4", {layer(0, "CONV_2D", "a", 1000)})};
  const Limit limit = read_limit(*find_figure("cycles"), "+2 %", {"", 0, "--limit"});
  EXPECT_TRUE(all_hold(judge(limit, compare(before, before))));
  const std::vector<Verdict> gone = judge(limit, compare(before, Subjects{}));
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_FALSE(gone[0].holds);
  EXPECT_FALSE(gone[0].checked);
  const Limit energy = read_limit(*find_figure("energy"), "<= 1 J", {"", 0, "--limit"});
  EXPECT_FALSE(all_hold(judge(energy, compare(before, before))));
}

TEST(Groups, SumTheirLayers) {
  const Subject s = subject("kws", "m4",
                            {layer(0, "CONV_2D", "a", 1000, 5), layer(1, "SOFTMAX", "s", 10),
                             layer(2, "CONV_2D", "b", 500)});
  const std::vector<Part> operators = grouped(s, Grouping::kOperator);
  ASSERT_EQ(operators.size(), 2U);
  EXPECT_EQ(operators[0].name, "CONV_2D");
  EXPECT_EQ(*operators[0].figures.cycles, 1505U);
  EXPECT_EQ(operators[0].stalls.at("flash_data"), 5U);
  const std::vector<Part> kernels = grouped(s, Grouping::kFunction);
  ASSERT_EQ(kernels.size(), 1U);
  EXPECT_EQ(*kernels[0].figures.cycles, 1515U);
}

}  // namespace
}  // namespace boardless::gate
