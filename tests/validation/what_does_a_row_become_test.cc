// What does each way a program can end make of its row, and do the others still run?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/error.h"
#include "tests/scratch_folder.h"
#include "tests/validation/suite_text.h"
#include "validation/validate.h"

namespace boardless::validation {
namespace {

using testing::HasSubstr;
using Status = Row::Status;

// Answers every run with the same outcome.
class FixedRunner final : public Runner {
 public:
  explicit FixedRunner(std::function<MarkedRun()> answer) : answer_(std::move(answer)) {}
  MarkedRun run_marked(const std::filesystem::path&, const targets::Target& target,
                       const std::string&, const std::string&) override {
    clock_hz = target.clock_hz;
    return answer_();
  }
  MarkedRun run_script(const std::filesystem::path&, const targets::Target&,
                       const SerialScript& script) override {
    commands = script.commands;
    return answer_();
  }
  LibraryRun run_library(const std::filesystem::path&, const KernelLibrary& library,
                         const std::filesystem::path& model, const targets::Target&,
                         const std::filesystem::path&) override {
    MarkedRun run = answer_();
    return {std::move(run.cost), 12.5, "GCC of " + model.filename().string(), library.flags.at(0)};
  }
  std::uint32_t clock_hz = 0;
  std::string commands;

 private:
  std::function<MarkedRun()> answer_;
};

class Validate : public testing::Test {
 protected:
  Validate() {
    programs_ = load_suite(scratch_.write("part.yaml", kSuite));
    scratch_.write("things/image.bin", "bytes");
    one().what = Image{"image.bin"};
  }
  Program& one() { return programs_.front(); }
  Row row_of(FixedRunner& runner) {
    return validate(programs_, {scratch_.path(), {}, scratch_.path()}, runner, {}).front();
  }
  Row row_of(std::function<MarkedRun()> answer) {
    FixedRunner runner(std::move(answer));
    return row_of(runner);
  }
  Row row_of(const MarkedRun& run) {
    return row_of([run] { return run; });
  }

  ScratchFolder scratch_;
  std::vector<Program> programs_;
};

TEST_F(Validate, DividesCycles) {
  MarkedRun run;
  run.cost.cycles = 4400;
  one().clock_hz = 30000000;
  FixedRunner runner([&] { return run; });
  const Row row = row_of(runner);
  EXPECT_EQ(row.status, Status::kDone);
  EXPECT_EQ(row.predicted, 1100);
  EXPECT_NEAR(row.error_percent(), 10, 1e-9);
  EXPECT_EQ(row.clock_hz, 30000000U);
  EXPECT_EQ(runner.clock_hz, 30000000U);
}

TEST_F(Validate, TurnsCyclesIntoARate) {
  one().measure.kind = Measure::Kind::kRatePerMhz;
  one().measure.iterations = 30;
  MarkedRun run;
  run.cost.cycles = 10000000;
  EXPECT_DOUBLE_EQ(row_of(run).predicted, 3.0);
}

TEST_F(Validate, ReadsWhatTheFirmwareReports) {
  one().measure = {Measure::Kind::kReportedLatency, "", "", 1, 0, 40, 2};
  MarkedRun run;
  run.text = "m-ready\r\nm-infer-start-2\r\nm-lap-us-1000\r\nm-lap-us-5000\r\nm-infer-done\r\n";
  FixedRunner runner([&] { return run; });
  EXPECT_DOUBLE_EQ(row_of(runner).predicted, 2.0);
  EXPECT_THAT(runner.commands, testing::StartsWith("db load 40%\ndb "));
  EXPECT_THAT(runner.commands, testing::EndsWith("%\ninfer 2 0%\n"));
  run.text = "m-ready\r\ne-[Unknown command: x]\r\n";
  EXPECT_THAT(row_of(run).reason, HasSubstr("e-[Unknown command: x]"));
  run.text = "m-infer-start-2\r\nm-lap-us-5000\r\nm-lap-us-1000\r\nm-infer-done\r\n";
  EXPECT_EQ(row_of(run).status, Status::kWrong);
}

TEST_F(Validate, RunsAKernelLibraryOnItsModel) {
  one().what = KernelLibrary{"models/net.tflite", "", {"-O2"}};
  one().measure.kind = Measure::Kind::kInference;
  MarkedRun run;
  run.cost.cycles = 3;
  EXPECT_THAT(row_of(run).reason, HasSubstr("models/net.tflite"));  // missing
  scratch_.write("models/net.tflite", "bytes");
  const Row row = row_of(run);
  EXPECT_EQ(row.status, Status::kDone);
  EXPECT_EQ(row.predicted, 12.5);
  EXPECT_EQ(row.unit, "ms");
  EXPECT_EQ(row.cycles, 3U);
  EXPECT_EQ(row.compiler, "GCC of net.tflite");
  EXPECT_EQ(row.flags, "-O2");
}

TEST_F(Validate, TellsAWrongAnswer) {
  MarkedRun run;
  run.cost.cycles = 1;
  run.exit_status = 1;
  EXPECT_EQ(row_of(run).status, Status::kWrong);
  run.exit_status = 0;
  one().expect_text = "done";
  EXPECT_THAT(row_of(run).reason, HasSubstr("did not write 'done'"));
  run.text = "done, but ERROR";
  one().refuse_text = "ERROR";
  EXPECT_THAT(row_of(run).reason, HasSubstr("wrote 'ERROR'"));
  one().refuse_text = "";
  EXPECT_EQ(row_of(run).status, Status::kDone);
  run.cost.cycles = 0;
  EXPECT_EQ(row_of(run).status, Status::kWrong);
}

TEST_F(Validate, KeepsFailuresApartAndGoesOn) {
  programs_.push_back(one());
  programs_.back().name = "two";
  int runs = 0;
  FixedRunner runner([&]() -> MarkedRun {
    if (runs++ == 0) throw GuestFault("bad access", "r0 = 0");
    throw NotModelled("no such timer");
  });
  const std::vector<Row> rows =
      validate(programs_, {scratch_.path(), {}, scratch_.path()}, runner, {});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].status, Status::kFault);
  EXPECT_EQ(rows[0].reason, "bad access");
  EXPECT_EQ(rows[1].status, Status::kNotModelled);
}

TEST_F(Validate, SkipsWhatIsMissing) {
  one().what = Image{"absent.bin"};
  const auto never = []() -> MarkedRun { throw std::logic_error("a skipped program ran"); };
  EXPECT_THAT(row_of(never).reason, HasSubstr("absent.bin"));
  one().what = Image{"image.bin"};
  one().target = "unheard-of";
  const Row row = row_of(never);
  EXPECT_EQ(row.status, Status::kSkipped);
  EXPECT_EQ(row.reason, "missing: target unheard-of");
}

}  // namespace
}  // namespace boardless::validation
