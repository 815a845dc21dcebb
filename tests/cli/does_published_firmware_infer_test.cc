// Do published MLPerf Tiny images boot, answer the protocol and infer, on the boards they were made
// for? They are not part of the project: BOARDLESS_FIRMWARE_DIR names a folder with the images of
// the closed submissions (v1.1, v1.2, v1.3 of mlcommons/tiny_results_*).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>

#include "tests/cli/process.h"
#include "tests/outside_data.h"

namespace boardless::cli {
namespace {

using testing::HasSubstr;

struct Image {
  const char* file;
  const char* target;
  std::size_t input_bytes;
  const char* model;
  double instructions;  // of one inference, counted by another simulator
};

constexpr Image kImages[] = {
    {"v1.2/STMicroelectronics/NUCLEO_L4R5ZI/keyword_spotting/Binaries/"
     "KWS01-Performance.bin@0x08000000",
     "stm32l4r5zi", 490, "kws01", 4.339e6},
    {"v1.3/STMicroelectronics/NUCLEO_L4R5ZI-P/image_classification/Binaries/"
     "IC_l4r5zi_Performance_921600.hex",
     "stm32l4r5zi", 3072, "ic01", 14.760e6},
    {"v1.2/STMicroelectronics/NUCLEO_U575ZI_Q/keyword_spotting/Binaries/"
     "KWS01-Performance.bin@0x08000000",
     "stm32u575zi", 490, "kws01", 3.785e6},
    {"v1.3/STMicroelectronics/NUCLEO_U385RG_Q/keyword_spotting/Binaries/"
     "KWS_u385rg_Performance_962100.hex",
     "stm32u385rg", 490, "kws01", 3.777e6},
    {"v1.2/STMicroelectronics/NUCLEO_H7A3ZI_Q/keyword_spotting/Binaries/"
     "KWS01-Performance.bin@0x08000000",
     "stm32h7a3zi", 490, "kws01", 4.293e6},
    {"v1.2/bosch/NUCLEO_L4R5ZI_int8/kws/l4r5_kws.bin@0x08000000", "stm32l4r5zi", 490, "kws01",
     5.434e6},
    {"v1.2/bosch/DISCO_F746NG_int8/kws/disco_kws.bin@0x08000000", "stm32f746ng", 490, "kws01",
     5.334e6},
    {"v1.2/bosch/NUCLEO_G0B1RE_int8/kws/nucleo_g0b1re_kws.bin@0x08000000", "stm32g0b1re", 490,
     "kws01", 22.768e6},
    {"v1.1/bosch/DISCO_F746NG/kws/BUILD/DISCO_F746NG/GCC_ARM-CUSTOM_PROFILE/code.bin@0x08000000",
     "stm32f746ng", 490, "kws01", 5.382e6},
};

class Published : public testing::TestWithParam<Image> {};

std::string commands(std::size_t input_bytes) {
  constexpr std::size_t kBytesALine = 31;
  std::mt19937 random(1);
  std::string text = "name%\nprofile%\ndb load " + std::to_string(input_bytes) + "%\n";
  for (std::size_t i = 0; i < input_bytes; ++i) {
    if (i % kBytesALine == 0) text += "db ";
    constexpr const char* kDigits = "0123456789abcdef";
    const std::uint32_t byte = random() & 0xff;
    text += {kDigits[byte >> 4], kDigits[byte & 15]};
    if (i % kBytesALine == kBytesALine - 1 || i + 1 == input_bytes) text += "%\n";
  }
  return text + "infer 1 0%\ninfer 3 0%\n";
}

// Microseconds between the two m-lap-us lines of the inference that starts at `from`.
double lap_us(const std::string& output, std::size_t from) {
  const std::string key = "m-lap-us-";
  const std::size_t first = output.find(key, from) + key.size();
  const std::size_t second = output.find(key, first) + key.size();
  return std::stod(output.substr(second)) - std::stod(output.substr(first));
}

TEST_P(Published, BootsAnswersAndInfers) {
  const std::string folder = BOARDLESS_FIRMWARE_DIR;
  const std::string path = folder + "/" + GetParam().file;
  if (!std::filesystem::exists(path.substr(0, path.rfind('@')))) {
    GTEST_SKIP() << needs("firmware", path);
  }
  const ScratchFolder scratch;
  const std::string input = scratch.write("commands.txt", commands(GetParam().input_bytes));
  const Finished finished =
      boardless({"run", path, "-t", GetParam().target, "-i", input, "--uart-prompt",
                 "m-ready\\r\\n", "--uart-line-end", "", "--clock-model", "instructions",
                 "--max-cycles", "1000000000", "--uart-out", scratch / "out.txt"});
  EXPECT_EQ(finished.status, 0) << finished.err;
  const std::string output = text_of(scratch / "out.txt");
  EXPECT_THAT(output, HasSubstr(std::string("m-model-[") + GetParam().model + "]"));
  EXPECT_THAT(output, HasSubstr("m-load-done"));
  EXPECT_THAT(output, HasSubstr("m-results-["));
  const std::size_t one = output.find("m-infer-start-1"), three = output.find("m-infer-start-3");
  ASSERT_NE(one, std::string::npos);
  ASSERT_NE(three, std::string::npos);
  // Two inferences lie between; printing the lap lines cancels. One instruction is a cycle here.
  const std::string table = finished.out;
  const std::size_t mhz_at = table.rfind(" at ", table.find(" MHz")) + 4;
  const double mhz = std::stod(table.substr(mhz_at));
  const double instructions = (lap_us(output, three) - lap_us(output, one)) / 2 * mhz;
  EXPECT_NEAR(instructions / GetParam().instructions, 1, 0.001);
}

std::string name_of(const testing::TestParamInfo<Image>& info) {
  return std::string(info.param.target) + "_" + std::to_string(info.index);
}
INSTANTIATE_TEST_SUITE_P(MlperfTiny, Published, testing::ValuesIn(kImages), name_of);

}  // namespace
}  // namespace boardless::cli
