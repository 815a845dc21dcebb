// Does a space that is wrong get one line with file, line, key and what was meant, before anything
// is run?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "exploration/sweep.h"
#include "tests/exploration/space_file.h"

namespace boardless::exploration {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kSmall = "models: kws\ntargets: rp2040\n";

std::string refusal(const std::string& text) {
  const std::string message = SpaceFile(text).refusal();
  EXPECT_THAT(message, Not(HasSubstr("\n"))) << text;
  return message;
}

TEST(BadSpace, NamesAnUnknownKeyAndTheNearest) {
  EXPECT_THAT(refusal(kSmall + "kernel: auto\n"),
              AllOf(StartsWith("space.yaml:3: key 'kernel'"), HasSubstr("did you mean 'kernels'")));
  EXPECT_THAT(refusal(kSmall + "accelerators: {lnk: usb2}\n"), HasSubstr("did you mean 'link'"));
  EXPECT_THAT(refusal(kSmall + "search: {method: grids}\n"), HasSubstr("did you mean 'grid'"));
  EXPECT_THAT(refusal("models: kws\n"), HasSubstr("'targets'"));
  EXPECT_THAT(refusal("targets: rp2040\n"), HasSubstr("'models' or 'networks'"));
}

TEST(BadSpace, NamesAnEmptyAxis) {
  for (const char* axis : {"kernels: []\n", "kernels:\n", "runtime: []\n", "clock: []\n",
                           "accelerators: {link: []}\n", "when: []\n", "constraints:\n"}) {
    EXPECT_THAT(refusal(kSmall + axis),
                AllOf(StartsWith("space.yaml:3: "), HasSubstr("without values")))
        << axis;
  }
  EXPECT_THAT(refusal(kSmall + "kernels: [auto, auto]\n"), HasSubstr("twice"));
  EXPECT_THAT(refusal(kSmall + "kernels: [auto, [reference]]\n"), HasSubstr("is no word"));
}

TEST(BadSpace, NamesARangeThatIsNone) {
  const auto width = [](const std::string& range) {
    return refusal("networks: [{network: mobilenet_v1, parameters: {width: " + range +
                   "}}]\ntargets: rp2040\n");
  };
  EXPECT_THAT(width("{from: 1, to: 0.5, step: 0.1}"), HasSubstr("is below 'from'"));
  EXPECT_THAT(width("{from: 0, to: 1, step: 0}"), HasSubstr("above 0"));
  EXPECT_THAT(width("{from: 0, to: 1, step: -1}"), HasSubstr("above 0"));
  EXPECT_THAT(width("{from: 0, to: 1, step: 1e-9}"), HasSubstr("more than 1000000 values"));
  EXPECT_THAT(width("{from: 0, to: 1e300, count: 1e200}"), HasSubstr("more than 1000000 values"));
  EXPECT_THAT(width("{from: 0, to: 1, count: 1.5}"), HasSubstr("whole number"));
  EXPECT_THAT(width("{from: 0, to: 1}"), HasSubstr("'networks[0].parameters.width.step'"));
  EXPECT_THAT(width("{from: 0, to: 1, step: 1, count: 1}"), HasSubstr("one of them is enough"));
  EXPECT_THAT(width("{from: zero, to: 1, step: 1}"), HasSubstr("'zero' is no number"));
  EXPECT_THAT(width("wide"), HasSubstr("'wide'"));
  EXPECT_THAT(width("[500]"), HasSubstr("width"));
}

TEST(BadSpace, NamesWhatIsNotThere) {
  EXPECT_THAT(refusal("models: kwz\ntargets: rp2040\n"),
              AllOf(StartsWith("space.yaml:1: key 'models': "), HasSubstr("did you mean 'kws'")));
  EXPECT_THAT(refusal("models: '*.tflite'\ntargets: rp2040\n"),
              HasSubstr("no file is called like"));
  EXPECT_THAT(refusal("models: [kws, 'kws']\ntargets: rp2040\n"), HasSubstr("twice"));
  EXPECT_THAT(refusal("models: kws\ntargets: rp2041\n"), HasSubstr("did you mean rp2040"));
  EXPECT_THAT(refusal("networks: [{network: mobilenet}]\ntargets: rp2040\n"),
              HasSubstr("no network of the zoo is called 'mobilenet'"));
  EXPECT_THAT(refusal("networks: [{network: mobilenet_v1, parameters: {wdth: 1}}]\n"
                      "targets: rp2040\n"),
              HasSubstr("did you mean 'width'"));
  EXPECT_THAT(refusal(kSmall + "kernels: referense\n"), HasSubstr("did you mean 'reference'"));
  EXPECT_THAT(refusal(kSmall + "runtime: interpretr\n"), HasSubstr("interpreter"));
  EXPECT_THAT(refusal(kSmall + "input: none.bin\n"), HasSubstr("no such file"));
  EXPECT_THAT(refusal(kSmall + "kernel_flags: -O2\n"), HasSubstr("compiled already"));
  EXPECT_THAT(refusal(kSmall + "accelerators: {link: usb2}\n"),
              HasSubstr("no target has a choice"));
  EXPECT_THAT(refusal(kSmall + "clock: fast\n"), HasSubstr("all operating points"));
  EXPECT_THAT(refusal(kSmall + "clock: 0\n"), HasSubstr("'0' is below 1"));
}

TEST(BadSpace, NamesAnExpressionThatIsWrong) {
  EXPECT_THAT(refusal(kSmall + "constraints:\n  - latency_ms <= 50\n  - latncy_ms <= 50\n"),
              AllOf(StartsWith("space.yaml:5: key 'constraints': 'latncy_ms <= 50'"),
                    HasSubstr("did you mean 'latency_ms'")));
  EXPECT_THAT(refusal(kSmall + "when: latency_ms < 5\n"), HasSubstr("belongs into 'constraints'"));
  EXPECT_THAT(refusal(kSmall + "objectives: [{minimize: latency}]\n"),
              HasSubstr("did you mean 'latency_ms'"));
  EXPECT_THAT(refusal(kSmall + "objectives: [{minimize: target}]\n"), HasSubstr("is no number"));
  EXPECT_THAT(refusal(kSmall + "objectives: [{minimize: macs, maximize: macs}]\n"),
              HasSubstr("one of 'minimize' and 'maximize'"));
  EXPECT_THAT(refusal(kSmall + "objectives: [{minimize: macs}, {maximize: macs}]\n"),
              HasSubstr("twice"));
}

TEST(BadSpace, NamesConditionsThatContradictEachOther) {
  EXPECT_THAT(refusal(kSmall + "when:\n  - clock_mhz > 200\n"),
              AllOf(StartsWith("space.yaml:4"), HasSubstr("holds for no point")));
  EXPECT_THAT(refusal("models: kws\ntargets: [rp2040, nrf52840]\nwhen:\n"
                      "  - clock_mhz > 100\n  - fpu\n"),
              AllOf(HasSubstr("'fpu' contradicts 'clock_mhz > 100' (space.yaml:4"),
                    StartsWith("space.yaml:5")));
  EXPECT_THAT(refusal("models: kws\ntargets: [rp2040, nrf52840, stm32f446re]\nwhen:\n"
                      "  - target != 'rp*'\n  - target != 'nrf*'\n  - target != 'stm32*'\n"),
              HasSubstr("contradict each other"));
}

TEST(BadSpace, NamesWhatSomePointsLack) {
  EXPECT_THAT(refusal("models: kws\ntargets: [rp2040, coral-usb3]\nwhen: kernels == 'auto'\n"),
              AllOf(StartsWith("space.yaml:3: key 'when'"), HasSubstr("kws on coral-usb3"),
                    HasSubstr("has no kernels"), HasSubstr("known(kernels)")));
  const SpaceFile file(
      "models: kws\ntargets: [rp2040, ideal-cortex-m4]\n"
      "constraints: price_usd < 5\n");
  try {
    run_sweep(file.grid(), file.points(), {}, {});
    FAIL() << "a price that nobody knows decides nothing";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("space.yaml:3"), HasSubstr("price_usd"),
                      HasSubstr("kws on ideal-cortex-m4"), HasSubstr("known(price_usd)")));
  }
}

TEST(BadSpace, NamesScoresThatCannotBeRead) {
  const auto with = [](const std::string& csv) {
    const SpaceFile file(kSmall + "scores: {accuracy: s.csv}\n");
    if (!csv.empty()) file.folder().write("s.csv", csv);
    return file.refusal();
  };
  EXPECT_THAT(with(""), HasSubstr("s.csv: no such file"));
  EXPECT_THAT(with("model,acuracy\n"), HasSubstr("did you mean 'acuracy'"));
  EXPECT_THAT(with("model,accuracy\nkws,high\n"), AllOf(StartsWith("s.csv:2"), HasSubstr("high")));
  EXPECT_THAT(with("model,accuracy\nkws\n"), StartsWith("s.csv:2"));
  EXPECT_THAT(with("model,accuracy\nkws,1\nkws,2\n"), HasSubstr("two rows"));
  EXPECT_THAT(with("model,accuracy\n\"kws,1\n"), HasSubstr("second quote"));
  EXPECT_THAT(SpaceFile(kSmall + "scores: {latency_ms: s.csv}\n").refusal(),
              HasSubstr("something else already"));
}

TEST(BadSpace, WithTooManyPointsIsNotBegun) {
  const SpaceFile file(
      "networks: [{network: mobilenet_v1, parameters: {width: {from: 0.1, to: 1, count: 10}}}]\n"
      "targets: all\n");
  try {
    points_of(file.grid(), 100);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("420 points"), HasSubstr("--yes")));
  }
}

}  // namespace
}  // namespace boardless::exploration
