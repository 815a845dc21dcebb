// Does a suite load as written, do programs override it, and does every refusal name file and key?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/error.h"
#include "tests/scratch_folder.h"
#include "tests/validation/suite_text.h"
#include "validation/suite.h"

namespace boardless::validation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Suite : public testing::Test {
 protected:
  std::vector<Program> load(const std::string& text) const {
    return load_suite(scratch_.write("part.yaml", text));
  }
  // kSuite with `from` replaced by `to`.
  static std::string changed(const std::string& from, const std::string& to) {
    std::string text = kSuite;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
  std::string error(const std::string& text) const {
    try {
      load(text);
    } catch (const InputError& refusal) {
      return refusal.what();
    }
    return "";
  }
  ScratchFolder scratch_;
};

TEST_F(Suite, IsReadAsWritten) {
  const std::vector<Program> programs = load(kSuite);
  ASSERT_EQ(programs.size(), 1U);
  const Program& one = programs.front();
  EXPECT_EQ(one.full_name(), "part/one");
  EXPECT_EQ(one.target, "stm32f446re");
  EXPECT_FALSE(one.clock_hz.has_value());
  EXPECT_EQ(one.basis, Basis::kSameSource);
  const Build& build = std::get<Build>(one.what);
  EXPECT_THAT(build.sources, ElementsAre("one.c", "more/*.c"));
  EXPECT_THAT(build.flags, ElementsAre("-O2", "-mcpu=cortex-m4", "-mthumb"));
  EXPECT_EQ(one.measure.kind, Measure::Kind::kCycles);
  EXPECT_EQ(one.measure.per, 4);
  EXPECT_EQ(one.published.measurement, "m0001");
  EXPECT_EQ(one.published.value, 1000);
  EXPECT_EQ(one.published.source, "a page");
}

TEST_F(Suite, IsOverriddenByItsPrograms) {
  const std::vector<Program> programs = load(std::string(kSuite) + R"(  - name: two
    measurement: m0002
    value: 2.5
    source: another page
    target: stm32l4r5zi
    clock_hz: 80000000
    measure: {kind: rate per MHz, from: a, to: b, iterations: 60}
    build: {flags: [-O3], memory: {code: sram1, data: sram2}}
  - name: three
    measurement: m0003
    value: 7
    target: rp2040
    build: {flags: [-Os]}
)");
  ASSERT_EQ(programs.size(), 3U);
  const Program& two = programs[1];
  EXPECT_EQ(two.target, "stm32l4r5zi");
  EXPECT_EQ(two.clock_hz, 80000000U);
  EXPECT_EQ(two.published.source, "another page");
  EXPECT_STREQ(two.measure.unit(), "per s per MHz");
  const Build& build = std::get<Build>(two.what);
  EXPECT_THAT(build.flags, ElementsAre("-O3"));
  EXPECT_THAT(build.sources, ElementsAre("two.c", "more/*.c"));
  EXPECT_EQ(build.code_memory, "sram1");
  EXPECT_EQ(build.data_memory, "sram2");
  EXPECT_EQ(std::get<Build>(programs[2].what).code_memory, "");
}

constexpr const char* kLibrarySuite = R"(title: one library
folder: lib
target: stm32f446re
basis: same source
compiler: their compiler
stack: bare
measure: {kind: inference}
programs:
  - {name: one, measurement: m0001, value: 2, source: a page, kernels: {model: m/net.tflite, flags: [-O2]}}
)";

TEST_F(Suite, MayBeOfAKernelLibrary) {
  const Program one = load(kLibrarySuite).front();
  const KernelLibrary& library = std::get<KernelLibrary>(one.what);
  EXPECT_EQ(library.model, "m/net.tflite");
  EXPECT_EQ(library.compiler, "");
  EXPECT_THAT(library.flags, ElementsAre("-O2"));
  EXPECT_STREQ(one.measure.unit(), "ms");
  std::string text = kLibrarySuite;
  EXPECT_THAT(error(text.replace(text.find("kernels: {model: m/net.tflite, flags: [-O2]}"), 44,
                                 "image: x.bin")),
              HasSubstr("goes with a kernel library"));
}

TEST_F(Suite, NamesWhatIsWrongAndWhere) {
  EXPECT_THAT(error(changed("basis: same source", "basis: same sauce")),
              AllOf(HasSubstr("part.yaml:5"), HasSubstr("did you mean 'same source'?")));
  EXPECT_THAT(error(changed("measurement: m0001, ", "")),
              HasSubstr("key 'programs[0].measurement'"));
  EXPECT_THAT(error(changed("value: 1000", "value: 0")), HasSubstr("a number above 0 is needed"));
  EXPECT_THAT(error(changed("per: 4", "per: -1")), HasSubstr("measure.per"));
  EXPECT_THAT(error(changed("flags:", "flogs:")), HasSubstr("did you mean 'flags'?"));
  EXPECT_THAT(error(changed("source: a page\n", "")), HasSubstr("has no source"));
  EXPECT_THAT(error(changed("programs:", "programs: []\nothers:")), HasSubstr("is empty"));
  EXPECT_THAT(error(std::string(kSuite) + "  - {name: one, measurement: m2, value: 1}\n"),
              HasSubstr("given twice"));
  EXPECT_THAT(
      error(std::string(kSuite) + "  - {name: two, measurement: m2, value: 1, image: x.bin}\n"),
      HasSubstr("given beside a build"));
  EXPECT_THAT(error(changed("{kind: cycles, from: start, to: stop, per: 4}",
                            "{kind: reported latency, input_bytes: 4, inferences: 0}")),
              HasSubstr("at least one is needed"));
}

TEST_F(Suite, IsChosenByAnyOfItsNames) {
  const std::vector<Program> programs =
      load(std::string(kSuite) + "  - {name: two, measurement: m2, value: 1}\n");
  EXPECT_EQ(only(programs, "part").size(), 2U);
  EXPECT_EQ(only(programs, "two").size(), 1U);
  EXPECT_EQ(only(programs, "part/one").front().name, "one");
  EXPECT_THROW(only(programs, "part/on"), InputError);
  try {
    only(programs, "part/tow");
    FAIL() << "an unknown name was accepted";
  } catch (const InputError& refusal) {
    EXPECT_THAT(refusal.what(), HasSubstr("part/two"));
  }
}

TEST(BundledSuites, LoadAndNameEachMeasurementOnce) {
  const std::vector<Program> programs = load_suites(BOARDLESS_SOURCE_DIR "/validation/suites");
  std::set<std::string> measurements;
  for (const Program& program : programs) {
    EXPECT_TRUE(measurements.insert(program.published.measurement).second) << program.full_name();
    if (const Build* build = std::get_if<Build>(&program.what)) {
      const std::filesystem::path support = BOARDLESS_SOURCE_DIR "/validation/support";
      EXPECT_TRUE(std::filesystem::exists(support / build->linker_script)) << program.full_name();
      for (const std::string& file : build->support) {
        EXPECT_TRUE(std::filesystem::exists(support / file)) << file;
      }
    }
  }
  EXPECT_GE(programs.size(), 17U);
}

}  // namespace
}  // namespace boardless::validation
