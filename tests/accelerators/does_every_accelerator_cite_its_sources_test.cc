// Does every accelerator load, with a source for every number, and is a bad file refused by name?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/data_files.h"
#include "base/error.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/operator_mapping.h"
#include "tests/scratch_folder.h"

namespace boardless::cost_models {
namespace {

TEST(Accelerators, EveryNumberHasASource) {
  EXPECT_THAT(accelerator_names(),
              testing::IsSupersetOf({"coral-usb3", "coral-usb2", "coral-m2", "imx500",
                                     "ethos-u55-32", "ethos-u55-64", "ethos-u55-128",
                                     "ethos-u55-256", "ethos-u65-256", "ethos-u65-512", "myriad-x",
                                     "kendryte-k210", "stm32n6", "gap9-ne16", "max78000"}));
  for (const std::string& name : accelerator_names()) {
    const AcceleratorModel model = load_accelerator(name);
    EXPECT_GT(model.numbers.size(), 20U) << name;
    for (const targets::TargetNumber& number : model.numbers) {
      EXPECT_GT(number.source.size(), 5U) << name << ' ' << number.key;
    }
    EXPECT_FALSE(model.rules_source.empty()) << name;
    EXPECT_EQ(model.availability == targets::Availability::kIpBlock, name.starts_with("ethos-u"))
        << name;
  }
}

TEST(Accelerators, PeaksAreTheDocumentedOnes) {
  const auto peak = [](const char* name) {
    const AcceleratorModel model = load_accelerator(name);
    return model.peak_macs_per_cycle() * std::int64_t{model.clock_hz.value()};
  };
  EXPECT_EQ(peak("coral-usb3"), 2'048'000'000'000);
  EXPECT_EQ(peak("imx500"), 604'800'000'000);
  EXPECT_EQ(load_accelerator("ethos-u55-64").peak_macs_per_cycle(), 64);
  EXPECT_EQ(load_accelerator("ethos-u65-512").peak_macs_per_cycle(), 512);
  EXPECT_EQ(load_accelerator("kendryte-k210").peak_macs_per_cycle(), 576);
}

std::string bundled_text(const std::string& name) {
  const auto bytes = read_file(data_directory() / "targets" / "accelerators" / (name + ".yaml"));
  return {bytes.begin(), bytes.end()};
}

// The message that loading `text` gets.
std::string refusal(const std::string& text) {
  const ScratchFolder scratch;
  const std::string file = scratch / "changed-accelerator.yaml";
  std::ofstream(file) << text;
  try {
    load_accelerator(file);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Accelerators, ABadFileIsRefusedWithTheKey) {
  const std::string good = bundled_text("coral-usb3");
  EXPECT_EQ(refusal(good), "accepted");
  EXPECT_THAT(refusal(replaced(good, "equal_dilation", "equal_dilution")),
              testing::HasSubstr("'equal_dilution' is none of the known constraints"));
  EXPECT_THAT(refusal(replaced(good, "single_cut:", "single_cuts:")),
              testing::HasSubstr("single_cuts"));
  EXPECT_THAT(refusal(replaced(good, "  rows: 4", "  rows: 0")),
              testing::HasSubstr("must be at least 1"));
  EXPECT_THAT(refusal(replaced(good, "vendor: Google\n", "")), testing::HasSubstr("'vendor'"));
}

TEST(Accelerators, NamesAndWidthsAreCheckedAgainstWhatExists) {
  const std::string good = bundled_text("coral-usb3");
  EXPECT_THAT(refusal(replaced(good, "[CONV_2D", "[CONV2D")),
              testing::ContainsRegex("yaml:[0-9]+: key 'mapping.operators\\[0\\].ops': 'CONV2D' is "
                                     "none of the known operators; did you mean 'CONV_2D'"));
  EXPECT_THAT(refusal(replaced(good, "bits: [8]", "bits: [eight]")),
              testing::ContainsRegex(
                  "yaml:[0-9]+: key 'weights.bits': 'eight' is not a number; a whole number"));
  EXPECT_THAT(refusal(replaced(good, "bits: [8]", "bits: [7]")),
              testing::HasSubstr("accepted are 1, 2, 4, 8, 16"));
  EXPECT_THAT(refusal(replaced(good, "types: [int8", "types: [int9")),
              testing::HasSubstr("none of the known types; did you mean 'int8'"));
  EXPECT_THAT(refusal(replaced(good, "name: usb2", "name: usb3")),
              testing::HasSubstr("'usb3' is given twice"));
  const std::string engine = bundled_text("ethos-u55-128");
  EXPECT_THAT(refusal(replaced(engine, "mcu: corstone300-an547", "mcu: corstone300")),
              testing::HasSubstr("key 'host.mcu': is 'corstone300'"));
  const std::size_t begin = engine.find("weight_sources:"), end = engine.find("max_devices:");
  EXPECT_THAT(refusal(engine.substr(0, begin) + engine.substr(end)),
              testing::ContainsRegex("yaml:[0-9]+: key 'weight_sources': missing"));
}

TEST(Accelerators, AnUnknownNameGetsTheNearest) {
  try {
    load_accelerator("coral-usb");
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("coral-usb"));
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean"));
  }
}

}  // namespace
}  // namespace boardless::cost_models
