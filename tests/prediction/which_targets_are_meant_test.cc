// Which targets does a word of -t mean: names in any case, patterns, fields, families, several at
// once; and what is said when it means none?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "prediction/target_selection.h"
#include "targets/target.h"

namespace boardless::prediction {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Names = std::vector<std::string>;

Names chosen(const Names& words) { return select_targets(words); }

std::string refusal(const Names& words) {
  try {
    select_targets(words);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(TargetWords, AreNamesInAnyCaseAndInTheirOrder) {
  EXPECT_THAT(chosen({"rp2040", "nrf52840"}), ElementsAre("rp2040", "nrf52840"));
  EXPECT_THAT(chosen({"STM32F446RE,Coral-USB3"}), ElementsAre("stm32f446re", "coral-usb3"));
  EXPECT_THAT(chosen({"rp2040", "RP2040"}), ElementsAre("rp2040"));
}

TEST(TargetWords, AllAndAccelerators) {
  EXPECT_EQ(chosen({"all"}), targets::target_names());
  EXPECT_EQ(chosen({"accelerators"}), cost_models::accelerator_names());
  EXPECT_EQ(chosen({"rp2040", "all"}).size(), targets::target_names().size());
  EXPECT_EQ(chosen({"rp2040", "all"}).front(), "rp2040");
}

TEST(TargetWords, ArePatterns) {
  EXPECT_THAT(chosen({"STM32F4*"}), ElementsAre("stm32f407vg", "stm32f446re"));
  EXPECT_THAT(chosen({"rp2???"}), ElementsAre("rp2040", "rp2350"));
  // A pattern means both kinds, microcontrollers first.
  const Names both = chosen({"stm32n6*"});
  EXPECT_THAT(both, ElementsAre("stm32n657x0", "stm32n6"));
}

TEST(TargetWords, AreFields) {
  const Names m4 = chosen({"core=cortex-m4"});
  EXPECT_THAT(m4, Contains("nrf52840"));
  for (const std::string& name : m4) EXPECT_EQ(targets::load_target(name).core, "cortex-m4");
  EXPECT_EQ(chosen({"Core=Cortex-M4"}), m4);
  EXPECT_THAT(chosen({"core=cortex-m3*"}),
              testing::AllOf(Contains("stm32f103c8"), Contains("rp2350")));
  EXPECT_THAT(chosen({"core=cortex-m3"}), Not(Contains("rp2350")));
  const Names st = chosen({"vendor=ST"});
  EXPECT_THAT(st, Each(StartsWith("stm32")));
  EXPECT_THAT(st, Contains("stm32n6"));
  EXPECT_EQ(chosen({"vendor=stmicro"}), st);
  EXPECT_THAT(chosen({"vendor=pi"}), ElementsAre("rp2040", "rp2350", "rp2350-hazard3"));
  EXPECT_EQ(chosen({"vendor=RPi"}), chosen({"vendor=raspberry"}));
  EXPECT_THAT(chosen({"fpu=no"}), Contains("rp2040"));
  EXPECT_THAT(chosen({"fpu=yes"}), Not(Contains("rp2040")));
}

TEST(TargetWords, AreFamiliesOfAccelerators) {
  const Names u55 = chosen({"ethos-u55"});
  EXPECT_EQ(u55, chosen({"family=ethos-u55"}));
  EXPECT_EQ(u55.size(), 4U);
  EXPECT_THAT(u55, Each(StartsWith("ethos-u55-")));
}

TEST(TargetWords, CanBeNarrowedAndLeftOut) {
  EXPECT_THAT(chosen({"vendor=ST+core=cortex-m3"}), ElementsAre("stm32f103c8"));
  EXPECT_THAT(chosen({"stm32l4*", "!*-single-bank"}), ElementsAre("stm32l4r5zi", "stm32l4r9i"));
  EXPECT_THAT(chosen({"!ideal-*", "all"}), Not(Contains(StartsWith("ideal-"))));
  EXPECT_EQ(chosen({"!ideal-*"}), chosen({"all", "!ideal-*"}));
}

TEST(TargetWords, MayBeFiles) {
  EXPECT_THAT(chosen({"./Board.yaml", "rp2040", "./Board.yaml"}),
              ElementsAre("./Board.yaml", "rp2040"));
}

TEST(TargetWords, ThatMeanNothingNameTheNearest) {
  EXPECT_THAT(refusal({"stm32f446r"}), HasSubstr("'stm32f446r', did you mean stm32f446re?"));
  EXPECT_THAT(refusal({"nrf5284"}), HasSubstr("did you mean nrf52840?"));
  EXPECT_THAT(refusal({"rp2"}), HasSubstr("or 'rp2*' for all of them?"));
  EXPECT_THAT(refusal({"cortex-m4"}), HasSubstr("did you mean core=cortex-m4?"));
  EXPECT_THAT(refusal({"stm33*"}), HasSubstr("unknown target 'stm33*'"));
  EXPECT_THAT(refusal({"core=cortex-m5"}), HasSubstr("no such core"));
  EXPECT_THAT(refusal({"vendor=Rensas"}), HasSubstr("did you mean 'Renesas'?"));
  EXPECT_THAT(refusal({"speed=fast"}), HasSubstr("'speed' is no field of a target"));
  EXPECT_THAT(refusal({"fpu=maybe"}), HasSubstr("fpu is yes or no"));
  EXPECT_THAT(refusal({"vendor=Nordic+core=cortex-m7"}), HasSubstr("no target is all of that"));
  EXPECT_THAT(refusal({"rp2040", "!rp*"}), HasSubstr("no target is left"));
}

}  // namespace
}  // namespace boardless::prediction
