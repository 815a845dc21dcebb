// Does `extends:` give the base's file with what differs, each number with its own file's source?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "targets/target.h"
#include "targets/yaml_reader.h"
#include "tests/scratch_folder.h"

namespace boardless::targets {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Extends : public testing::Test {
 protected:
  Extends() {
    folder_.write("bundled/base.yaml",
                  "description: the base\n"
                  "source: the base's manual\n"
                  "clock_hz: 5\n"
                  "words: [a, b]\n"
                  "parts:\n"
                  "  - {name: one, bytes: 1, lines: 4}\n"
                  "  - {name: two, bytes: 2}\n"
                  "deep: {x: {value: 1, source: x's own}, y: 2}\n");
  }

  YamlMap load(const std::string& text, const std::string& name = "variant.yaml") const {
    return YamlMap::load(folder_.write(name, text), folder_.path() / "bundled");
  }
  std::string error(const std::string& text) const {
    try {
      load(text);
    } catch (const InputError& refusal) {
      return refusal.what();
    }
    return "";
  }

  ScratchFolder folder_;
};

TEST_F(Extends, MapsMergeAndNumbersKeepTheirSources) {
  YamlMap map = load(
      "extends: base\n"
      "description: the variant\n"
      "deep: {y: {value: 3, source: the variant's}}\n");
  EXPECT_EQ(map.text("description"), "the variant");
  EXPECT_EQ(map.u32("clock_hz"), 5U);
  EXPECT_EQ(map.u32("clock_hz").source(), "the base's manual");
  YamlMap deep = map.map("deep");
  EXPECT_EQ(deep.u32("x").source(), "x's own");
  EXPECT_EQ(deep.u32("y"), 3U);
  EXPECT_EQ(deep.u32("y").source(), "the variant's");
  EXPECT_FALSE(map.has("extends"));
}

TEST_F(Extends, NamedListsMergeByNameAndOthersAreReplaced) {
  YamlMap map = load(
      "extends: base\n"
      "words: [c]\n"
      "parts:\n"
      "  - {name: two, bytes: 7, source: changed}\n"
      "  - {name: three, bytes: 3, source: added}\n");
  EXPECT_THAT(map.strings("words"), ElementsAre("c"));
  std::vector<YamlMap> parts = map.list_of_maps("parts");
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].text("name"), "one");
  EXPECT_EQ(parts[0].u32("bytes").source(), "the base's manual");
  EXPECT_EQ(parts[1].u32("bytes"), 7U);
  EXPECT_EQ(parts[1].u32("bytes").entry()->key, "parts.two.bytes");
  EXPECT_EQ(parts[2].text("name"), "three");
}

TEST_F(Extends, NullRemovesAndReplaceStartsAnew) {
  YamlMap map = load(
      "extends: base\n"
      "words: null\n"
      "parts: !replace\n"
      "  - {name: four, bytes: 4, source: s}\n"
      "deep: !replace {x: {value: 9, source: s}}\n");
  EXPECT_THAT(map.strings("words"), ElementsAre());
  EXPECT_EQ(map.list_of_maps("parts").size(), 1U);
  EXPECT_FALSE(map.map("deep").has("y"));
}

TEST_F(Extends, AChangedNumberNeedsASourceOfItsOwn) {
  YamlMap map = load("extends: base\nclock_hz: 6\n");
  try {
    map.u32("clock_hz");
    FAIL() << "the base's source says nothing about the variant's number";
  } catch (const InputError& refusal) {
    EXPECT_THAT(refusal.what(), AllOf(HasSubstr("variant.yaml:2: key 'clock_hz': has no source")));
  }
}

TEST_F(Extends, TheDescriptionIsNeverTheBases) {
  YamlMap map = load("extends: base\n");
  EXPECT_THROW(map.text("description"), InputError);
}

TEST_F(Extends, MessagesNameTheFileInWhichTheKeyStands) {
  YamlMap map = load("extends: base\nnew_key: 1\n");
  try {
    for (const char* key : {"clock_hz", "words", "parts", "deep"}) map.has(key);
    map.finish();
    FAIL();
  } catch (const InputError& refusal) {
    EXPECT_THAT(refusal.what(), HasSubstr("variant.yaml:2: key 'new_key'"));
  }
  try {
    map.map("deep").real("z");
    FAIL();
  } catch (const InputError& refusal) {
    EXPECT_THAT(refusal.what(), HasSubstr("bundled/base.yaml:8: key 'deep.z': missing"));
  }
}

TEST_F(Extends, BasesChainAndABesideGoesBeforeABundledOne) {
  folder_.write("middle.yaml", "extends: base\nwords: [middle]\n");
  EXPECT_THAT(load("extends: middle\n").strings("words"), ElementsAre("middle"));
  folder_.write("base.yaml", "words: [beside]\n");
  EXPECT_THAT(load("extends: base\n").strings("words"), ElementsAre("beside"));
  // A file of the bundled one's name extends that, not itself.
  EXPECT_THAT(load("extends: base\nmore: [x]\n", "base.yaml").strings("words"),
              ElementsAre("a", "b"));
}

TEST_F(Extends, UnknownBasesAndCirclesAreRefused) {
  EXPECT_THAT(error("description: x\nextends: bse\n"),
              HasSubstr("variant.yaml:2: key 'extends': no file bse.yaml beside this one or among "
                        "the bundled bundled; did you mean 'base'?"));
  EXPECT_THAT(error("extends: [base]\n"),
              HasSubstr("variant.yaml:1: key 'extends': names no file"));
  folder_.write("other.yaml", "extends: variant\n");
  EXPECT_THAT(error("extends: other\n"),
              AllOf(HasSubstr("other.yaml:1: key 'extends'"), HasSubstr("in turn")));
}

TEST(ExtendingTargets, AVariantOfABundledChipIsAFewLines) {
  const ScratchFolder folder;
  const auto file = folder.write("mychip.yaml",
                                 "extends: stm32l4r5zi\n"
                                 "description: my board\n"
                                 "power: {supply_v: {value: 3.3, source: my multimeter}}\n");
  const Target mine = load_target(file.string()), base = load_target("stm32l4r5zi");
  EXPECT_EQ(mine.name, "mychip");
  EXPECT_EQ(mine.description, "my board");
  EXPECT_EQ(mine.clock_hz.value(), base.clock_hz.value());
  EXPECT_EQ(mine.power.supply_v.source(), "my multimeter");
  EXPECT_EQ(mine.power.run_ua_per_mhz.source(), base.power.run_ua_per_mhz.source());
}

}  // namespace
}  // namespace boardless::targets
