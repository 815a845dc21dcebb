// Does a prediction come out in every format, to standard output or to files, and does the exit
// status say whether the model fits?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "reports/views.h"
#include "targets/target.h"
#include "tests/cli/process.h"
#include "tests/cli/small_models.h"

namespace boardless::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

class PredictOutput : public testing::Test {
 protected:
  static void SetUpTestSuite() { model_bytes_ = small_model(); }

  PredictOutput() : model_(scratch_.write("small.tflite", model_bytes_)) {}

  std::string predict(const Arguments& arguments, int status = 0) {
    Arguments all{"predict", model_};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Finished finished = boardless(all);
    EXPECT_EQ(finished.status, status) << finished.err;
    EXPECT_EQ(finished.err, "");  // no progress bar, for it is no terminal
    return finished.out;
  }

  ScratchFolder scratch_;
  const std::string model_;
  static inline std::string model_bytes_;
};

TEST_F(PredictOutput, ATableByDefault) {
  const std::string table = predict({"-t", "rp2040,nrf52840"});
  EXPECT_THAT(table, AllOf(HasSubstr("small"), HasSubstr("rp2040"), HasSubstr("nrf52840"),
                           HasSubstr("cortex-m0plus")));
  EXPECT_EQ(predict({"-t", "rp2040", "-t", "nrf52840", "-f", "table"}), table);
  EXPECT_THAT(predict({"-t", "rp2040", "--layers"}), HasSubstr("FULLY_CONNECTED"));
}

// Sound, if of little use: TensorFlow Lite Micro runs it too.
TEST_F(PredictOutput, NoCyclesForAModelWithoutOperators) {
  const std::string model = scratch_.write("empty.tflite", empty_model());
  const std::string page = scratch_ / "page.html";
  const Finished json =
      boardless({"predict", model, "-t", "rp2040,stm32f446re,esp32-c3", "-f", "json", "-r", page});
  ASSERT_EQ(json.status, 0) << json.err;
  const prediction::Document document = reports::from_json(json.out, "stdout");
  ASSERT_EQ(document.predictions.size(), 3U);
  for (const prediction::Prediction& prediction : document.predictions) {
    EXPECT_EQ(prediction.cycles, 0U);
    EXPECT_TRUE(prediction.layers.empty());
    EXPECT_EQ(prediction.bit_exact, std::optional(true));
  }
  EXPECT_EQ(boardless({"predict", model, "-t", "stm32f446re,accelerators", "--layers"}).status, 0);
}

TEST_F(PredictOutput, JsonThatReadsBack) {
  const std::string json = predict({"-t", "rp2040,stm32f446re", "-f", "json"});
  const prediction::Document document = reports::from_json(json, "stdout");
  ASSERT_EQ(document.predictions.size(), 2U);
  EXPECT_EQ(document.predictions[0].target, "rp2040");
  EXPECT_EQ(document.predictions[1].target, "stm32f446re");
  for (const prediction::Prediction& prediction : document.predictions) {
    EXPECT_EQ(prediction.model, "small");
    EXPECT_EQ(prediction.bit_exact, true);
    EXPECT_TRUE(prediction.fits);
    EXPECT_GT(prediction.cycles, 0U);
  }
  EXPECT_EQ(reports::to_json(document), json);
}

TEST_F(PredictOutput, Csv) {
  const std::string csv = predict({"-t", "rp2040", "-f", "csv"});
  EXPECT_THAT(csv.substr(0, csv.find('\n')), AllOf(HasSubstr("model"), HasSubstr("cycles")));
  // A line of names, four operators, the total.
  EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 5 + 1);
}

TEST_F(PredictOutput, FilesInsteadOfStandardOutput) {
  for (const char* format : {"table", "json", "csv"}) {
    const std::string printed = predict({"-t", "rp2040", "-f", format});
    const std::string file = scratch_ / (std::string("new/folder/result.") + format);
    EXPECT_EQ(predict({"-t", "rp2040", "-f", format, "-o", file}), "");
    EXPECT_EQ(text_of(file), printed);
  }
}

TEST_F(PredictOutput, AReportBesideTheResult) {
  const std::string page = scratch_ / "report.html";
  const std::string json = scratch_ / "result.json";
  EXPECT_EQ(predict({"-t", "rp2040", "-r", page, "-f", "json", "-o", json}), "");
  EXPECT_THAT(text_of(page), AllOf(StartsWith("<!"), HasSubstr("</html>"), HasSubstr("rp2040")));
  EXPECT_THAT(text_of(json), StartsWith("{"));
  EXPECT_THAT(scratch_.names(), ElementsAre("report.html", "result.json", "small.tflite"));
  EXPECT_THAT(predict({"-t", "rp2040", "-r", page}), HasSubstr("rp2040"));
  EXPECT_THAT(text_of(page), HasSubstr("boardless predict " + model_ + " -t rp2040 -r " + page));
  // A result of before is set beside.
  const std::size_t alone = text_of(page).size();
  predict({"-t", "rp2040", "-r", page, "--baseline", json});
  EXPECT_GT(text_of(page).size(), alone + 500);
}

TEST_F(PredictOutput, AnEarlierResultIsReplaced) {
  const std::string file = scratch_.write("result.json", std::string(1'000'000, 'x'));
  predict({"-t", "rp2040", "-f", "json", "-o", file});
  EXPECT_NO_THROW((void)reports::from_json(text_of(file), file));
}

TEST_F(PredictOutput, EveryTargetOnce) {
  const std::string json = predict({"-t", "all,rp2040", "-f", "json"});
  std::vector<std::string> names;
  for (const prediction::Prediction& p : reports::from_json(json, "stdout").predictions) {
    names.push_back(p.target);
  }
  EXPECT_EQ(names, targets::target_names());
}

TEST_F(PredictOutput, TheClockAskedFor) {
  const auto at = [&](const Arguments& more) {
    Arguments arguments{"-t", "stm32f446re", "-f", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return reports::from_json(predict(arguments), "stdout").predictions.at(0);
  };
  const prediction::Prediction fast = at({}), slow = at({"--clock", "24"});
  EXPECT_EQ(fast.clock_hz, 180'000'000U);
  EXPECT_EQ(slow.clock_hz, 24'000'000U);
  EXPECT_LT(slow.cycles, fast.cycles);  // without wait states
  EXPECT_GT(slow.latency_ms, fast.latency_ms);
  EXPECT_EQ(at({"--clock", "16.5"}).clock_hz, 16'500'000U);
}

TEST_F(PredictOutput, KernelsAndRuntimeAskedFor) {
  const auto with = [&](const Arguments& more) {
    Arguments arguments{"-t", "nrf52840", "-f", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return reports::from_json(predict(arguments), "stdout").predictions.at(0);
  };
  const prediction::Prediction automatic = with({});
  EXPECT_EQ(automatic.kernels, "dsp");
  EXPECT_EQ(with({"--kernels", "optimized"}).cycles, automatic.cycles);
  const prediction::Prediction reference = with({"--kernels", "reference"});
  EXPECT_EQ(reference.kernels, "reference");
  EXPECT_GT(reference.cycles, automatic.cycles);
  EXPECT_GT(with({"--runtime", "interpreter"}).flash.total_bytes, automatic.flash.total_bytes);
}

TEST_F(PredictOutput, AnInputFileSetsTheAnswer) {
  const auto answer = [&](const Arguments& more) {
    Arguments arguments{"-t", "rp2040", "-f", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return reports::from_json(predict(arguments), "stdout").predictions.at(0).output_sha256;
  };
  const std::string dark = scratch_.write("dark.bin", std::string(784, '\0'));
  const std::string bright = scratch_.write("bright.bin", std::string(784, '\xff'));
  const std::string zeros = scratch_.write("zeros.bin", std::string(784 * 4, '\0'));
  EXPECT_NE(answer({"-i", dark}), answer({"-i", bright}));
  EXPECT_EQ(answer({"-i", dark}), answer({"-i", zeros}));
}

TEST_F(PredictOutput, AZooNetworkIsItsFile) {
  const auto document = [](const std::string& model) {
    const Finished finished = boardless({"predict", model, "-t", "rp2040", "-f", "json"});
    EXPECT_EQ(finished.status, 0) << finished.err;
    return reports::from_json(finished.out, "stdout").predictions.at(0);
  };
  const std::string file = scratch_ / "made.tflite";
  EXPECT_EQ(boardless({"model", "make", "mnist_mlp", "--set", "hidden=8", "-o", file}).status, 0);
  const prediction::Prediction by_name = document("mnist_mlp:hidden=8"), by_file = document(file);
  EXPECT_EQ(by_name.model_sha256, by_file.model_sha256);
  EXPECT_EQ(by_name.cycles, by_file.cycles);
  EXPECT_EQ(text_of(file), model_bytes_);
}

TEST_F(PredictOutput, AModelThatDoesNotFit) {
  const std::string file = scratch_ / "big.tflite";
  // A hidden layer whose weights alone are larger than the chip's 64 KB.
  ASSERT_EQ(boardless({"model", "make", "mnist_mlp", "--set", "hidden=128", "-o", file}).status, 0);
  const Finished table = boardless({"predict", file, "-t", "stm32f103c8"});
  EXPECT_EQ(table.status, 1) << table.err;
  EXPECT_EQ(table.err, "");
  EXPECT_THAT(table.out, testing::ContainsRegex("flash needs [0-9]+ bytes .* and has 65536: "
                                                "[0-9]+ too many"));
  const Finished json = boardless({"predict", file, "-t", "stm32f103c8", "-f", "json"});
  EXPECT_EQ(json.status, 1);
  EXPECT_FALSE(reports::from_json(json.out, "stdout").predictions.at(0).fits);
  // It fits one of these, and the small one fits both.
  EXPECT_EQ(boardless({"predict", file, "-t", "stm32f103c8,nrf52840"}).status, 0);
  EXPECT_EQ(boardless({"predict", model_, file, "-t", "stm32f103c8"}).status, 1);
}

// Two files of the same name, of which one fits.
TEST_F(PredictOutput, ModelsAreToldApartByMoreThanTheirName) {
  const std::string big = scratch_ / "other/small.tflite";
  ASSERT_EQ(boardless({"model", "make", "mnist_mlp", "--set", "hidden=128", "-o", big}).status, 0);
  EXPECT_EQ(boardless({"predict", model_, big, "-t", "stm32f103c8"}).status, 1);
}

}  // namespace
}  // namespace boardless::cli
