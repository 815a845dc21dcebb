// Does a batch survive what cannot be answered: a row with its reason for each such pair, figures
// for all others, and an exit status that says which it was?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "reports/views.h"
#include "tests/cli/process.h"
#include "tests/cli/small_models.h"

namespace boardless::cli {
namespace {

using prediction::Document;
using prediction::Unanswered;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Arguments = std::vector<std::string>;
using Kind = Unanswered::Kind;

class Batch : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    good_bytes_ = small_model();
    unsupported_bytes_ = model_with_operator(78);  // POW
  }

  Batch()
      : good_(scratch_.write("good.tflite", good_bytes_)),
        unsupported_(scratch_.write("unsupported.tflite", unsupported_bytes_)),
        broken_(scratch_.write("broken.tflite", "not a model\n")) {}

  // The document of `boardless predict ARGUMENTS -f json`.
  Document predict(Arguments arguments, int status) {
    arguments.insert(arguments.begin(), "predict");
    arguments.insert(arguments.end(), {"-f", "json"});
    const Finished finished = boardless(arguments);
    EXPECT_EQ(finished.status, status) << finished.err;
    return finished.out.empty() ? Document{} : reports::from_json(finished.out, "stdout");
  }

  ScratchFolder scratch_;
  const std::string good_, unsupported_, broken_;
  static inline std::string good_bytes_, unsupported_bytes_;
};

TEST_F(Batch, AModelThatIsNotModelledKeepsNoOtherFromItsFigures) {
  const Document document = predict({unsupported_, good_, "-t", "rp2040,nrf52840"}, 1);
  ASSERT_THAT(document.predictions, SizeIs(2));
  EXPECT_GT(document.predictions[0].cycles, 0U);
  ASSERT_THAT(document.unanswered, SizeIs(2));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(document.unanswered[i].row, i);  // in the order asked
    EXPECT_EQ(document.unanswered[i].kind, Kind::kNotModelled);
    EXPECT_EQ(document.unanswered[i].model, "unsupported");
    EXPECT_THAT(document.unanswered[i].reason, HasSubstr("POW"));
  }
  EXPECT_EQ(document.unanswered[1].target, "nrf52840");
}

TEST_F(Batch, NothingAnsweredIsNotModelled) {
  const Document document = predict({unsupported_, "-t", "rp2040,nrf52840"}, 4);
  EXPECT_THAT(document.predictions, IsEmpty());
  EXPECT_THAT(document.unanswered, SizeIs(2));
}

TEST_F(Batch, ABrokenModelIsBadInputAndTheOthersArePriced) {
  const Document document = predict({broken_, good_, "-t", "rp2040"}, 2);
  EXPECT_THAT(document.predictions, SizeIs(1));
  ASSERT_THAT(document.unanswered, SizeIs(1));
  EXPECT_EQ(document.unanswered[0].kind, Kind::kBadInput);
  EXPECT_THAT(document.unanswered[0].reason, HasSubstr("broken.tflite"));
}

TEST_F(Batch, OnlyBrokenModelsAreAMessage) {
  const Finished finished = boardless({"predict", broken_, "-t", "rp2040"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_EQ(finished.out, "");
  EXPECT_THAT(finished.err, HasSubstr("broken.tflite"));
}

TEST_F(Batch, AClockThatSomeTargetsCannotRunAtIsARow) {
  const Document document =
      predict({good_, "-t", "nrf52840,rp2040,stm32f446re", "--clock", "150"}, 0);
  ASSERT_THAT(document.predictions, SizeIs(2));
  // A fixed clock stays, and says so.
  EXPECT_EQ(document.predictions[0].target, "nrf52840");
  EXPECT_EQ(document.predictions[0].clock_hz, 64'000'000U);
  EXPECT_THAT(document.predictions[0].reasons,
              ElementsAre(HasSubstr("--clock 150 has no effect: the clock is fixed at 64 MHz")));
  EXPECT_EQ(document.predictions[1].clock_hz, 150'000'000U);
  ASSERT_THAT(document.unanswered, SizeIs(1));
  EXPECT_EQ(document.unanswered[0].target, "rp2040");
  EXPECT_EQ(document.unanswered[0].kind, Kind::kNotPossible);
  EXPECT_THAT(document.unanswered[0].reason, HasSubstr("cannot run at 150000000 Hz"));
}

TEST_F(Batch, EveryTargetAtOneClock) {
  const Document document = predict({good_, "-t", "all", "--clock", "80"}, 0);
  EXPECT_GT(document.predictions.size(), 20U);
  EXPECT_FALSE(document.unanswered.empty());
}

TEST_F(Batch, FailOnAnyAsksForEachPair) {
  const Arguments asked{good_, "-t", "rp2040,stm32f446re", "--clock", "150"};
  predict(asked, 0);
  Arguments strict = asked;
  strict.insert(strict.end(), {"--fail-on", "any"});
  predict(strict, 1);
  predict({good_, "-t", "rp2040,stm32f446re", "--fail-on", "any"}, 0);
}

TEST_F(Batch, AnOptionWithoutEffectIsARemark) {
  const Document document = predict({good_, "-t", "rp2040,coral-usb3,imx500", "--link", "usb2"}, 0);
  ASSERT_THAT(document.predictions, SizeIs(3));
  EXPECT_THAT(document.predictions[0].reasons,
              ElementsAre("--link usb2 has no effect: this is no accelerator"));
  EXPECT_EQ(document.predictions[1].accelerator->link, "usb2");
  EXPECT_THAT(document.predictions[2].reasons,
              testing::Contains(HasSubstr("--link usb2 has no effect")));
}

TEST_F(Batch, AnAcceleratorsOutputIsNotCompared) {
  const Document document = predict({good_, "-t", "rp2040,coral-usb3"}, 0);
  EXPECT_EQ(document.predictions[0].bit_exact, true);
  EXPECT_EQ(document.predictions[1].bit_exact, std::nullopt);
}

TEST_F(Batch, ALargeNetworkThatCannotFitIsNotSimulated) {
  const Document document = predict({"vgg16", "-t", "stm32f446re,rp2040"}, 1);
  EXPECT_THAT(document.predictions, IsEmpty());
  ASSERT_THAT(document.unanswered, SizeIs(2));
  EXPECT_EQ(document.unanswered[0].kind, Kind::kDoesNotFit);
  EXPECT_THAT(
      document.unanswered[0].reason,
      testing::ContainsRegex("flash needs at least [0-9]+ bytes \\(weights\\) and has 524288"));
}

// 6 GB of tensors, and a file of a few hundred bytes: nothing of it is allocated.
TEST_F(Batch, AHugeNetworkIsRefusedBeforeAnythingIsAllocated) {
  const std::string huge = scratch_.write("huge.tflite", huge_model());
  const Document small = predict({huge, "-t", "stm32f446re"}, 1);
  ASSERT_THAT(small.unanswered, SizeIs(1));
  EXPECT_EQ(small.unanswered[0].kind, Kind::kDoesNotFit);
  EXPECT_THAT(small.unanswered[0].reason, HasSubstr("(activations of one operator)"));
}

// Of the file's name, too.
TEST_F(Batch, HostileNamesAreHarmlessInEveryFormat) {
  const std::string model = scratch_.write("m\x1b[2J\xff.tflite", model_with_hostile_names());
  const std::string page = scratch_ / "report.html";
  for (const char* format : {"table", "csv", "json"}) {
    const Finished finished =
        boardless({"predict", model, "-t", "rp2040", "-l", "-f", format, "-r", page});
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_EQ(finished.out.find_first_of("\x1b\x07\x7f\x9b\xff"), std::string::npos)
        << finished.out;
    if (format != std::string("table")) {
      EXPECT_THAT(finished.out, HasSubstr("owned"));
    }
    EXPECT_THAT(finished.out, testing::Not(HasSubstr(",=HYPERLINK")));
    EXPECT_THAT(finished.out, testing::Not(HasSubstr(",\"=HYPERLINK")));
  }
  EXPECT_EQ(text_of(page).find_first_of("\x1b\x07\xff"), std::string::npos);
  const Finished broken =
      boardless({"predict", scratch_.write("b\x1b[2J.tflite", "x"), "-t", "rp2040"});
  EXPECT_EQ(broken.status, 2);
  EXPECT_EQ(broken.err.find('\x1b'), std::string::npos) << broken.err;
}

// A broken file's in its reason, a target's in its row.
TEST_F(Batch, HostileFileNamesAreHarmlessInEveryFormat) {
  const std::string bad = scratch_.write("b\x1b[2J\xff.tflite", "x");
  const std::string chip =
      scratch_.write("c\x1b[2J\xff.yaml", "extends: rp2040\ndescription: a chip\n");
  for (const char* format : {"table", "csv", "json"}) {
    const Finished finished = boardless({"predict", good_, bad, "-t", chip, "-f", format});
    EXPECT_EQ(finished.status, 2) << finished.err;
    for (const std::string& text : {finished.out, finished.err}) {
      EXPECT_EQ(text.find_first_of("\x1b\xff"), std::string::npos) << text;
    }
    EXPECT_THAT(finished.out, HasSubstr("[2J"));
  }
}

TEST_F(Batch, NoNetworkTakesMoreMemoryThanItMay) {
  const Document document =
      predict({good_, "-t", "rp2040,coral-usb3", "--memory-limit", "1.5 KiB"}, 0);
  ASSERT_THAT(document.unanswered, SizeIs(1));
  EXPECT_EQ(document.unanswered[0].kind, Kind::kNotPossible);
  EXPECT_THAT(document.unanswered[0].reason, HasSubstr("--memory-limit is 1536"));
  EXPECT_THAT(predict({good_, "-t", "rp2040", "--memory-limit", "10MB"}, 0).unanswered, IsEmpty());
}

TEST_F(Batch, EveryFormatShowsWhatIsNotAnswered) {
  const std::string page = scratch_ / "report.html";
  const Finished table = boardless({"predict", good_, unsupported_, "-t", "rp2040", "-r", page});
  EXPECT_EQ(table.status, 1) << table.err;
  EXPECT_THAT(table.out, HasSubstr("Not answered:\n  unsupported on rp2040: not modelled: "));
  // For whoever runs no scripts; the rest is packed.
  EXPECT_THAT(text_of(page), HasSubstr("unsupported on rp2040: not modelled: "));
  const Finished csv = boardless({"predict", good_, unsupported_, "-t", "rp2040", "-f", "csv"});
  EXPECT_THAT(csv.out, HasSubstr("unsupported,rp2040,not_modelled,"));
}

TEST_F(Batch, OutputsAreSaved) {
  const std::string raw = scratch_ / "out.bin", npy = scratch_ / "{model}-{output}.npy";
  predict({good_, "-t", "rp2040,nrf52840", "--save-output", raw}, 0);
  EXPECT_EQ(text_of(raw).size(), 40U);  // ten floats
  predict({good_, "mnist_mlp:hidden=8", "-t", "rp2040", "--save-output", npy}, 0);
  const std::string file = text_of(scratch_ / "good-0.npy");
  EXPECT_EQ(file.substr(1, 5), "NUMPY");
  EXPECT_THAT(file, HasSubstr("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 10), }"));
  EXPECT_EQ(file.substr(file.size() - 40), text_of(raw));
  EXPECT_EQ(file.size() % 64, 40U);
  EXPECT_TRUE(std::filesystem::exists(scratch_ / "mnist_mlp_hidden_8-0.npy"));

  const Finished clash =
      boardless({"predict", good_, "mnist_mlp:hidden=8", "-t", "rp2040", "--save-output", raw});
  EXPECT_EQ(clash.status, 2);
  EXPECT_THAT(clash.err, HasSubstr("let the name hold {model}"));
  const Finished none = boardless({"predict", good_, "-t", "coral-usb3", "--save-output", raw});
  EXPECT_EQ(none.status, 2);
}

}  // namespace
}  // namespace boardless::cli
