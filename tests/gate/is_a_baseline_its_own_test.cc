// Is a baseline read as it was written, and refused when it is anything else?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "gate/baseline.h"
#include "tests/gate/subjects.h"
#include "tests/scratch_folder.h"

namespace boardless::gate {
namespace {

using gate_test::layer;
using gate_test::subject;
using testing::AllOf;
using testing::HasSubstr;

Baseline two_rows() {
  return {
      "0.1.0+gabc",
      {subject("kws", "m4", {layer(0, "CONV_2D", "a \"b\"", 1000, 3)}), subject("ic", "m7", {})}};
}

std::string refusal(const std::string& text) {
  const ScratchFolder folder;
  try {
    (void)read_baseline(folder.write("baseline.json", text));
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Baseline, IsReadAsItWasWritten) {
  const ScratchFolder folder;
  const std::string text = baseline_text(two_rows());
  const Baseline read = read_baseline(folder.write("baseline.json", text));
  EXPECT_EQ(baseline_text(read), text);
  const Subject* row = read.find("kws", "m4", "");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(*row->parts.at(0).figures.cycles, 1003U);
  EXPECT_FALSE(row->figures.energy_uj.has_value());
  EXPECT_EQ(row->basis.version, "0.1.0+gabc");
  EXPECT_EQ(read.find("kws", "m7", ""), nullptr);
}

// A formatter may lay it out anew; figures stay what they are.
TEST(Baseline, MayBeLaidOutAnew) {
  std::string text = baseline_text(two_rows());
  std::erase(text, '\n');
  EXPECT_EQ(refusal(text), "none");
}

TEST(Baseline, ThatWasChangedIsRefused) {
  const std::string text = baseline_text(two_rows());
  EXPECT_THAT(
      refusal(replaced(text, "1003", "1004")),
      AllOf(HasSubstr("baseline.json: "), HasSubstr("it was changed"), HasSubstr("--update")));
  EXPECT_THAT(refusal(replaced(text, "\"fits\": true", "\"fits\": false")),
              HasSubstr("it was changed"));
  EXPECT_THAT(refusal(replaced(text, "boardless.baseline/1", "boardless.baseline/2")),
              HasSubstr("\"boardless.baseline/2\", this version reads \"boardless.baseline/1\""));
  EXPECT_THAT(refusal(replaced(text, ",\n  \"sha256\"", ", \"sha\"")), HasSubstr("it was changed"));
  EXPECT_THAT(refusal(""), HasSubstr("not JSON"));
  EXPECT_THAT(refusal("[]"), HasSubstr("expected a baseline"));
  EXPECT_THAT(refusal("{\"schema\": 1}"), HasSubstr("\"schema\" is 1"));
  EXPECT_THAT(refusal(replaced(text, "1003", "NaN")), HasSubstr("not JSON"));
}

}  // namespace
}  // namespace boardless::gate
