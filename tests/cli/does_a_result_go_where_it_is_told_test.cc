// Does "-" mean stdin and stdout, is a result whole or not there, and is less said with -q and more
// with -v?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/cli/process.h"
#include "tests/cli/small_models.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kProgram = BOARDLESS_TEST_PROGRAMS_DIR "/exceptions.elf";

TEST(Dash, IsStdoutForEveryOutput) {
  const std::string table = boardless({"targets"}).out;
  EXPECT_EQ(boardless({"targets", "-o", "-"}).out, table);
  EXPECT_EQ(boardless({"validate", "--list", "-o", "-"}).out,
            boardless({"validate", "--list"}).out);
  const Finished run =
      boardless({"run", kProgram, "-t", "ideal-cortex-m4", "-f", "json", "-o", "-"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, testing::StartsWith("{"));
  const Finished made = boardless({"model", "make", "mnist_mlp", "-o", "-"});
  EXPECT_EQ(made.out.substr(4, 4), "TFL3");
  EXPECT_THAT(made.err, HasSubstr("mnist_mlp: "));
}

TEST(Dash, IsStdinForModelsAndRecords) {
  const ScratchFolder folder;
  const std::string model = folder.write("m.tflite", small_model());
  const Finished shown = boardless({"model", "show", "-"}, {.input = model});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_EQ(shown.out, boardless({"model", "show", model}).out);
  const Finished record = boardless({"validate", "--record", "-"},
                                    {.input = BOARDLESS_SOURCE_DIR "/docs/validation.json"});
  EXPECT_EQ(record.status, 0) << record.err;
  const Finished nothing = boardless({"model", "show", "-"});
  EXPECT_EQ(nothing.status, 2);
  EXPECT_THAT(nothing.err, HasSubstr("stdin: "));
}

TEST(Output, IsRefusedWhereNothingCanBeWritten) {
  const Finished full = boardless({"model", "list", "-o", "/dev/full"});
  EXPECT_EQ(full.status, 2);
  EXPECT_THAT(full.err, HasSubstr("/dev/full: cannot be written"));
  const Finished full_stdout = boardless({"model", "list"}, {.stdout_path = "/dev/full"});
  EXPECT_EQ(full_stdout.status, 2);
  EXPECT_THAT(full_stdout.err, HasSubstr("No space left on device"));
  const Finished closed = boardless({"model", "list"}, {.close_stdout = true});
  EXPECT_EQ(closed.status, 2);
  EXPECT_THAT(closed.err, HasSubstr("standard output cannot be written"));
}

TEST(Complaint, ThatNobodyHearsEndsTheProgramAllTheSame) {
  EXPECT_EQ(boardless({"model", "show", "-"}, {.stderr_path = "/dev/full"}).status, 2);
  EXPECT_EQ(boardless({"-v", "model", "show", "-"}, {.stderr_path = "/dev/full"}).status, 2);
}

// A file that is opened must not become the stdout that is not there.
TEST(Output, NeverGoesIntoAnotherFile) {
  const ScratchFolder folder;
  const std::string file = folder / "made.tflite";
  boardless({"model", "make", "mnist_mlp", "-o", file}, {.close_stdout = true});
  EXPECT_THAT(text_of(file), Not(HasSubstr("parameters\n")));
}

TEST(Verbosity, MayStandBeforeOrBehindTheCommand) {
  const std::vector<std::string> run{"run", kProgram, "-t", "ideal-cortex-m4"};
  for (const bool before : {true, false}) {
    std::vector<std::string> arguments = run;
    arguments.insert(before ? arguments.begin() : arguments.end(), "-v");
    const Finished verbose = boardless(arguments);
    EXPECT_THAT(verbose.err, HasSubstr("boots "));
    EXPECT_THAT(verbose.err, HasSubstr("simulated MHz"));
    EXPECT_EQ(verbose.out, boardless(run).out);
  }
  EXPECT_EQ(boardless({"model", "-q", "make", "mnist_mlp", "-o", "-"}).err, "");
}

TEST(Verbosity, DoesNotSilenceErrors) {
  EXPECT_THAT(boardless({"-q", "targets", "show", "nosuch"}).err, HasSubstr("nosuch"));
}

}  // namespace
}  // namespace boardless::cli
