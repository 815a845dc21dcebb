// Does whatever a user gets wrong end in exit status 2 (4 for an operator that is not modelled) and
// one line that names it and what would be accepted, never in a crash, with nothing left on disk?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/process.h"
#include "tests/cli/small_models.h"
#include "tests/outside_data.h"

namespace boardless::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Arguments = std::vector<std::string>;

constexpr int kNotModelled = 4;  // exit status of what is sound but has no kernel

Arguments operator+(Arguments left, const Arguments& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

class BadInput : public testing::Test {
 protected:
  static void SetUpTestSuite() { model_bytes_ = small_model(); }

  // One line with each of `parts`.
  void expect_refused(const Arguments& arguments, const std::vector<std::string>& parts,
                      const Setting& setting = {}, int status = 2) {
    const Finished finished = boardless(arguments, setting);
    SCOPED_TRACE(testing::PrintToString(arguments) + "\n" + finished.err);
    EXPECT_EQ(finished.signal, 0);
    EXPECT_EQ(finished.status, status);
    if (status == kNotModelled) {  // sound: a row of the table, with its reason
      EXPECT_EQ(finished.err, "");
      EXPECT_THAT(finished.out, HasSubstr("Not answered:\n"));
      for (const std::string& part : parts) EXPECT_THAT(finished.out, HasSubstr(part));
      return;
    }
    EXPECT_EQ(finished.out, "");
    EXPECT_THAT(finished.err, testing::StartsWith("boardless: "));
    EXPECT_THAT(finished.err, testing::EndsWith("\n"));
    EXPECT_EQ(std::ranges::count(finished.err, '\n'), 1);
    for (const std::string& part : parts) EXPECT_THAT(finished.err, HasSubstr(part));
  }
  // A model file that `predict` must refuse with its name and `part`.
  void expect_model_refused(const std::string& bytes, const std::string& part, int status = 2) {
    const std::string path = scratch_.write("bad.tflite", bytes);
    expect_refused({"predict", path, "-t", "rp2040"}, {"bad", part}, {}, status);
  }

  std::string good_model() { return scratch_.write("good.tflite", model_bytes_); }
  Arguments predict_good(const Arguments& more) {
    return Arguments{"predict", good_model(), "-t", "rp2040"} + more;
  }

  ScratchFolder scratch_;
  static inline std::string model_bytes_;
};

TEST_F(BadInput, NoModelFile) {
  expect_refused({"predict", scratch_ / "none.tflite", "-t", "rp2040"},
                 {"none.tflite: no such file"});
  expect_refused({"model", "show", scratch_ / "none.tflite"}, {"none.tflite: no such file"});
  expect_refused({"predict", scratch_ / "", "-t", "rp2040"}, {"not a regular file"});
  expect_refused({"model", "show", scratch_ / ""}, {"not a regular file"});
  expect_refused({"predict", std::string(300, 'x'), "-t", "rp2040"}, {"neither a file nor"});
  expect_refused({"predict", std::string(300, 'x') + ".tflite", "-t", "rp2040"}, {"no such file"});
  ASSERT_EQ(mkfifo((scratch_ / "pipe.tflite").c_str(), 0600), 0);
  expect_refused({"predict", scratch_ / "pipe.tflite", "-t", "rp2040"}, {"not a regular file"});
}

TEST_F(BadInput, NoTfliteFile) {
  expect_model_refused("", "bad.tflite");
  expect_model_refused("not a model\n", "bad.tflite");
  expect_model_refused(std::string(100, '\0'), "not a TFLite file");
  expect_model_refused(std::string("\x1c\0\0\0TFL3", 8) + std::string(60, '\xff'), "bad.tflite");
  const std::string path = scratch_.write("notes.tflite", "hello hello\n");
  expect_refused({"model", "show", path}, {path});
}

TEST_F(BadInput, ATruncatedModel) {
  const std::size_t size = model_bytes_.size();
  for (const std::size_t length : {std::size_t{7}, std::size_t{8}, std::size_t{40}, size / 4,
                                   size / 2, size - 1000, size - 1}) {
    expect_model_refused(model_bytes_.substr(0, length), "bad.tflite");
  }
}

// A flipped bit may hit a weight, and the model is then another good one.
TEST_F(BadInput, ACorruptedModelNeverCrashes) {
  std::mt19937 random(1);
  for (int i = 0; i < 24; ++i) {
    std::string bytes = model_bytes_;
    // Metadata is at both ends; between them are the weights.
    const std::size_t near_end = random() % 1200;
    const std::size_t at = i % 2 == 0 ? near_end : bytes.size() - 1 - near_end;
    bytes[at] = static_cast<char>(random());
    const std::string path = scratch_.write("bad.tflite", bytes);
    const Finished finished = boardless({"predict", path, "-t", "rp2040"});
    EXPECT_THAT(finished.status, testing::AnyOf(0, 1, 2, kNotModelled))
        << "byte " << at << finished.err;
    const bool is_refused = finished.status == 2 || finished.status == 3;
    EXPECT_EQ(std::ranges::count(finished.err, '\n'), is_refused ? 1 : 0) << finished.err;
  }
}

TEST_F(BadInput, AnOperatorWithoutAKernel) {
  expect_model_refused(model_with_operator(78), "not modelled: bad: operator POW (1)\n",
                       kNotModelled);
  expect_model_refused(model_with_operator(27), "operator 1 (SVDF)");  // with too few operands
  expect_model_refused(model_with_operator(123456789), "operator OPERATOR_123456789 (1)",
                       kNotModelled);
}

TEST_F(BadInput, PublicModelsThatCannotBeRun) {
  const std::vector<std::pair<std::string, std::string>> models{
      {"kws_ref_model_float32", "float32 with int8 weights"}};
  for (const auto& [model, reason] : models) {
    const std::string path = models_folder() / (model + ".tflite");
    if (!std::filesystem::exists(path)) GTEST_SKIP() << needs("models", path);
    expect_refused({"predict", path, "-t", "rp2040"}, {model, reason}, {}, kNotModelled);
  }
}

TEST_F(BadInput, AModelOfDoubles) {
  expect_model_refused(double_model(), "not modelled: bad: type float64", kNotModelled);
}

TEST_F(BadInput, AModelWithoutWork) {
  expect_model_refused(constant_output_model(), "output tensor 3 'constant' is a constant",
                       kNotModelled);
  expect_model_refused(half_precision_output_model(),
                       "output tensor 3 'index' has type float16, which no kernel writes",
                       kNotModelled);
}

// Sparse: terabytes that take no room.
TEST_F(BadInput, AFileThatIsHuge) {
  const std::string model = scratch_.write("huge.tflite", ""),
                    chip = scratch_.write("huge.yaml", "");
  std::filesystem::resize_file(model, std::uintmax_t{1} << 40U);
  std::filesystem::resize_file(chip, std::uintmax_t{1} << 30U);
  expect_refused({"predict", model, "-t", "rp2040"}, {model, "the most that is read"});
  expect_refused({"model", "show", model}, {model, "the most that is read"});
  expect_refused({"predict", "kws", "-t", chip}, {chip, "larger than 16777216 bytes"});
  expect_refused({"run", model + "@0x08000000", "-t", "stm32f446re"}, {"the most that is read"});
}

TEST_F(BadInput, ASizeThatIsNone) {
  for (const char* size : {"", "much", "0", "-1", "1x", "1 KiBs", "1e30", "nan", "inf", "0.1"}) {
    expect_refused({"predict", "kws", "-t", "rp2040", "--memory-limit", size},
                   {"--memory-limit: '" + std::string(size) + "' ",
                    "a number of bytes of at least 1 is needed, such as 65536 or 64KiB"});
  }
}

TEST_F(BadInput, ABaselineThatIsNoResult) {
  const Arguments asked = predict_good({"-r", scratch_ / "page.html"});
  expect_refused(asked + Arguments{"--baseline", scratch_ / "none.json"}, {"none.json"});
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"", "not JSON"},
           {"{}", "\"schema\" is missing"},
           {R"({"schema": "boardless.prediction/999"})", "boardless.prediction/999"},
           {R"({"schema": "boardless.prediction/1", "predictions": []})",
            "field 'version' is missing"},
           {R"({"schema": "boardless.prediction/1", "version": "1", "predictions": [{}]})",
            "is missing"}}) {
    const std::string file = scratch_.write("before.json", text);
    expect_refused(asked + Arguments{"--baseline", file}, {"before.json", part});
  }
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "page.html"));
}

// One reader for all options; what it refuses is tested where it is.
TEST_F(BadInput, ANumberThatIsNone) {
  struct NumberOption {
    Arguments command;
    std::string option, needed;
    std::vector<std::string> out_of_range;
  };
  const Arguments predict{"predict", "kws", "-t", "coral-usb3"};
  const Arguments run{"run", "none.elf", "-t", "rp2040"};
  const std::vector<NumberOption> options{
      {run, "--max-cycles", "a whole number of at least 1", {"0", "18446744073709551616"}},
      {run, "--functions", "a whole number", {"99999999999999999999"}},
      {run, "--lines", "a whole number", {"1e20"}},
      {run, "--hot-blocks", "a whole number", {"0x10000000000000000"}},
      {{"targets"}, "--top", "a whole number of at least 1", {"0"}},
      {{"model", "make", "kws", "-o", "-"}, "--seed", "a whole number", {"99999999999999999999"}},
      {predict, "--devices", "a whole number from 1 to 1024", {"0", "1025"}},
      {predict, "--weight-bits", "a whole number from 1 to 32", {"0", "33"}},
      {predict, "--clock", "a frequency from 1 to 4294967295 Hz", {"0", "4295", "5GHz"}},
      {predict, "--accelerator-clock", "a frequency from 1 to 4294967295 Hz", {"0.0000001"}},
      {predict, "--memory-limit", "a number of bytes of at least 1", {"0", "17179869184GiB"}},
      {{"validate", "--list"}, "--max-error", "a percentage of at least 0", {"1e400"}}};
  for (const NumberOption& each : options) {
    std::vector<std::string> texts{"-1", "nan", "inf", "many", "1,5", "0x", "5 5", "7furlongs"};
    texts.insert(texts.end(), each.out_of_range.begin(), each.out_of_range.end());
    for (const std::string& text : texts) {
      expect_refused(each.command + Arguments{each.option, text},
                     {each.option + ": '" + text + "' ", "; " + each.needed + " is needed"});
    }
  }
}

TEST_F(BadInput, ANumberInItsOwnUnit) {
  const Finished in_megahertz = boardless(predict_good({"--clock", "125"}));
  ASSERT_EQ(in_megahertz.status, 0) << in_megahertz.err;
  for (const char* same : {"125MHz", "0.125GHz", "125000kHz", "1.25e2"}) {
    EXPECT_EQ(boardless(predict_good({"--clock", same})).out, in_megahertz.out) << same;
  }
  EXPECT_EQ(boardless({"targets", "--top", "0x2"}).out, boardless({"targets", "--top", "2"}).out);
}

TEST_F(BadInput, AnUnknownNetwork) {
  expect_refused({"predict", "kwz", "-t", "rp2040"}, {"kwz", "kws", "mobilenet_v1"});
  expect_refused({"model", "make", "kwz", "-o", scratch_ / "out.tflite"}, {"'kwz'", "kws"});
  expect_refused({"model", "make", "kws", "--set", "widht=1", "-o", scratch_ / "out.tflite"},
                 {"widht"});
  expect_refused({"predict", "mobilenet_v1:widht=0.25", "-t", "rp2040"}, {"widht", "width"});
  expect_refused({"predict", "kws:", "-t", "rp2040"}, {"KEY=VALUE"});
  EXPECT_THAT(scratch_.names(), ElementsAre());
}

TEST_F(BadInput, AnUnknownTarget) {
  expect_refused({"predict", good_model(), "-t", "stm32f446r"},
                 {"'stm32f446r'", "did you mean stm32f446re?", "nrf52840"});
  expect_refused({"predict", good_model(), "-t", "rp2040,nosuchboard"}, {"'nosuchboard'"});
  expect_refused({"targets", "show", "stm32f446r"}, {"did you mean stm32f446re?"});
  expect_refused({"predict", good_model(), "-t", scratch_ / "none.yaml"},
                 {"none.yaml: no such file"});
}

TEST_F(BadInput, ATargetFileWithAMistake) {
  const std::string good =
      text_of(std::string(BOARDLESS_SOURCE_DIR) + "/targets/mcus/stm32f103c8.yaml");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return scratch_.write("board.yaml", text.replace(at, from.size(), to));
  };
  const auto expect_target_refused = [&](const std::string& path, const std::string& why) {
    expect_refused({"predict", good_model(), "-t", path}, {"board.yaml:", why});
  };
  expect_target_refused(with("vendor:", "vendro:"), "vendor");
  expect_target_refused(with("price_usd:", "price_eur:"), "price_eur");
  expect_target_refused(with("clock_hz:", "clock_mhz:"), "clock_mhz");
  expect_target_refused(with("core: cortex-m3", "core: cortex-m9"), "cortex-m3");
  expect_target_refused(with("value: 72000000", "value: 72Mhz"),
                        "key 'clock_hz': '72Mhz' has the unit 'Mhz', which is none of Hz");
  expect_target_refused(with("value: 72000000", "value: 5GHz"), "is above 4294967295");
  expect_target_refused(with("arena: sram", "arena: ram"), "sram");
  expect_target_refused(with("memories:", "memories: ]"), "");
  expect_target_refused(scratch_.write("board.yaml", ""), "");
  expect_target_refused(scratch_.write("board.yaml", std::string(64, '\x01')), "");
}

TEST_F(BadInput, AnInputOfTheWrongSize) {
  const std::string input = scratch_.write("input.bin", std::string(783, 'x'));
  expect_refused(predict_good({"-i", input}), {"783 bytes", "3136", "784 pixels"});
  expect_refused(predict_good({"-i", scratch_ / "none.bin"}), {"none.bin: no such file"});
}

TEST_F(BadInput, AnOutputThatCannotBeWritten) {
  good_model();
  const std::string file = scratch_.write("file", "kept");
  for (const std::string& path : {std::string("/proc/nope/x"), scratch_ / ".", file + "/x",
                                  scratch_ / std::string(300, 'x')}) {
    expect_refused(predict_good({"-o", path}), {path + ": cannot be written"});
    expect_refused(predict_good({"-r", path}), {path + ": cannot be written"});
    expect_refused({"model", "make", "mnist_mlp", "-o", path}, {path + ": cannot be written"});
  }
  EXPECT_THAT(scratch_.names(), ElementsAre("file", "good.tflite"));
  EXPECT_EQ(text_of(file), "kept");
}

TEST_F(BadInput, StandardOutputThatIsFull) {
  const Setting full{.data = "", .stdout_path = "/dev/full"};
  expect_refused(predict_good({"-f", "json"}), {"No space left on device"}, full);
  expect_refused({"targets"}, {"No space left on device"}, full);
}

TEST_F(BadInput, OptionsWithWrongValues) {
  expect_refused(predict_good({"-f", "xml"}), {"--format", "xml", "table,json,csv"});
  expect_refused(predict_good({"--kernels", "bogus"}),
                 {"--kernels bogus", "no such folder", "auto, reference, optimized"});
  expect_refused(predict_good({"--kernels", "refrence"}), {"did you mean 'reference'?"});
  expect_refused(predict_good({"--runtime", "bogus"}), {"'bogus'", "ahead-of-time, interpreter"});
  expect_refused(predict_good({"--runtime", "interpretor"}), {"did you mean 'interpreter'?"});
}

TEST_F(BadInput, AClockThatNoChipHas) {
  for (const char* clock : {"0", "-1", "nan", "inf", "1e9", "1e-9", "1e400", "fast"}) {
    expect_refused(predict_good({"--clock", clock}), {"--clock", clock, " or 80MHz"});
  }
  expect_refused({"predict", good_model(), "-t", "stm32f446re", "--clock", "181"},
                 {"stm32f446re", "180000000"});
}

TEST_F(BadInput, AWrongCommandLine) {
  expect_refused({}, {"subcommand is required"});
  expect_refused({"predict"}, {"required"});
  expect_refused({"predict", good_model()}, {"--target"});
  expect_refused({"predict", "-t", "rp2040"}, {"model"});
  expect_refused({"model"}, {"subcommand is required"});
  expect_refused({"model", "show"}, {"FILE"});
  expect_refused({"targets", "show"}, {"NAME"});
  expect_refused({"guess"}, {"'guess'"});
  expect_refused({"model", "shw", "x.tflite"}, {"'shw'"});
  expect_refused({"targets", "shw"}, {"'shw'"});
  expect_refused(predict_good({"--nosuch"}), {"--nosuch"});
  expect_refused({"--nosuch"}, {"--nosuch"});
}

TEST_F(BadInput, NoDataFolder) {
  expect_refused({"targets"}, {"/no/such/folder: no such data folder; set BOARDLESS_DATA"},
                 {.data = "/no/such/folder", .stdout_path = ""});
  const std::string empty = scratch_ / ".";
  expect_refused({"targets"}, {"targets/mcus"}, {.data = empty, .stdout_path = ""});
  expect_refused({"model", "list"}, {"zoo"}, {.data = empty, .stdout_path = ""});
  expect_refused(predict_good({}), {"targets"}, {.data = empty, .stdout_path = ""});
}

}  // namespace
}  // namespace boardless::cli
