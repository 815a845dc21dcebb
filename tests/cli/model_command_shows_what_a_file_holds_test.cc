// Does `boardless model` show what a file holds, and is what it makes what it then shows?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/cli/process.h"
#include "tests/scratch_folder.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;

TEST(ModelCommand, ShowsAModelItMade) {
  const ScratchFolder folder;
  const std::string file = folder / "made.tflite";
  const std::string made = printed("model make mnist_mlp -o " + file + " --set hidden=32 --seed 5");
  EXPECT_THAT(made, testing::StartsWith(file + ": "));
  EXPECT_THAT(made, testing::EndsWith(" bytes, 25,408 MACs, 25,450 parameters\n"));
  const std::string sheet = printed("model show " + file);
  EXPECT_THAT(sheet, HasSubstr("FULLY_CONNECTED"));
  EXPECT_THAT(sheet, HasSubstr("25,088"));  // 784 x 32
  EXPECT_THAT(sheet, HasSubstr("\ninput       1x784 float32"));
  EXPECT_THAT(sheet, HasSubstr("\nMACs        25,408\n"));
  EXPECT_THAT(sheet, HasSubstr("\nparameters  25,450\n"));
}

TEST(ModelCommand, ListsTheZoo) {
  const std::string list = printed("model list");
  EXPECT_THAT(list, HasSubstr("\nkws "));
  EXPECT_THAT(list, HasSubstr("resolution=224 width=1.0"));
}

TEST(ModelCommand, SaysWhatIsWrongWithItsArguments) {
  const ScratchFolder folder;
  const std::string output = " -o " + folder / "never_written.tflite";
  EXPECT_EQ(refusal("model make kws --set width" + output),
            "boardless: --set width: expected NAME=VALUE, such as width=0.5\n");
  EXPECT_EQ(refusal("model make kws --set width=1 --set width=2" + output),
            "boardless: --set width=2: width is already set\n");
  EXPECT_THAT(refusal("model make kwz" + output), HasSubstr("kws"));
  EXPECT_THAT(refusal("model show /no/such/file.tflite"), HasSubstr("/no/such/file.tflite: "));
  EXPECT_THAT(refusal("model make kws"), HasSubstr("--output is required"));
}

}  // namespace
}  // namespace boardless::cli
