// Does the YAML reader return what is written, and does every refusal name file, line and key?
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "targets/yaml_reader.h"
#include "tests/scratch_folder.h"

namespace boardless::targets {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class YamlReader : public testing::Test {
 protected:
  YamlMap load(const std::string& text) const {
    return YamlMap::load(folder_.write("part.yaml", text));
  }

  // The message of the InputError that reading `text` by `read` gives; "" when it gives none.
  std::string error(const std::string& text, const std::function<void(YamlMap&)>& read) const {
    try {
      YamlMap map = load(text);
      read(map);
    } catch (const InputError& refusal) {
      return refusal.what();
    }
    return "";
  }

  ScratchFolder folder_;
};

TEST_F(YamlReader, ReadsEachKindOfValue) {
  YamlMap map = load(
      "source: manual\n"
      "name: part\n"
      "hex: 0x08000000\n"
      "big: {value: 4294967296, source: table 2}\n"
      "volts: 3.3\n"
      "on: true\n"
      "kind: cache\n"
      "words: [one, two]\n"
      "rows:\n"
      "  - {a: 1}\n"
      "  - {a: 2, source: row}\n");
  EXPECT_EQ(map.text("name"), "part");
  EXPECT_EQ(map.u32("hex").value(), 0x08000000U);
  EXPECT_EQ(map.u64("big").value(), 4294967296U);
  EXPECT_EQ(map.u64("big").source(), "table 2");
  EXPECT_DOUBLE_EQ(map.real("volts").value(), 3.3);
  EXPECT_EQ(map.real("volts").source(), "manual");
  EXPECT_TRUE(map.flag("on", false));
  EXPECT_TRUE(map.flag("absent", true));
  EXPECT_EQ(map.text("absent", "fallback"), "fallback");
  EXPECT_EQ(map.choice("kind", {"none", "cache"}), 1);
  EXPECT_THAT(map.strings("words"), ElementsAre("one", "two"));
  EXPECT_THAT(map.strings("absent"), ElementsAre());
  std::vector<YamlMap> rows = map.list_of_maps("rows");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].u32("a").source(), "manual");
  EXPECT_EQ(rows[1].u32("a").source(), "row");
  EXPECT_THAT(map.keys(),
              ElementsAre("source", "name", "hex", "big", "volts", "on", "kind", "words", "rows"));
  EXPECT_NO_THROW(map.finish());
}

TEST_F(YamlReader, ReadsTheUnitThatTheKeyNames) {
  YamlMap map = load(
      "source: manual\n"
      "clock_hz: 80MHz\n"
      "up_to_hz: 32.768 kHz\n"
      "size_bytes: 1.5MiB\n"
      "base: 0x2000_0000\n"
      "entries: 4k\n"
      "bits: [8, 0x10, 1e2]\n");
  EXPECT_EQ(map.u32("clock_hz").value(), 80000000U);
  EXPECT_EQ(map.u32("up_to_hz").value(), 32768U);
  EXPECT_EQ(map.u64("size_bytes").value(), 1572864U);
  EXPECT_EQ(map.u32("base").value(), 0x20000000U);
  EXPECT_EQ(map.u32("entries").value(), 4000U);
  EXPECT_THAT(map.u32_list("bits"), ElementsAre(8U, 16U, 100U));
  // However it is written, the ledger has it as it always shows it.
  std::vector<std::string> values;
  for (const LedgerEntry& entry : map.ledger()) values.push_back(entry.value);
  EXPECT_THAT(values, ElementsAre("80 MHz", "0.032768 MHz", "1536 KiB", "0x20000000", "4000", "8",
                                  "16", "100"));
}

TEST_F(YamlReader, RefusesAUnitThatIsAnothersOrNone) {
  const auto message = [&](const std::string& key, const std::string& value) {
    return error("source: s\n" + key + ": " + value + "\n", [&](YamlMap& map) { map.u32(key); });
  };
  EXPECT_THAT(message("clock_hz", "80MiB"), HasSubstr("has the unit 'MiB', which is none of Hz"));
  EXPECT_THAT(message("clock_hz", "80Mhz"), EndsWith("did you mean 'MHz'?"));
  EXPECT_THAT(message("clock_hz", "0.5"), HasSubstr("is not a whole number of hertz"));
  EXPECT_THAT(message("clock_hz", "5GHz"), HasSubstr("is above 4294967295"));
  EXPECT_THAT(message("size_bytes", "64K"), HasSubstr("none of B, kB, KiB"));
  EXPECT_THAT(message("size_bytes", "0.1B"), HasSubstr("is not a whole number of bytes"));
  EXPECT_THAT(message("base", "64KiB"), HasSubstr("has the unit 'KiB', and takes none"));
  EXPECT_THAT(message("wait_states", "5ns"), HasSubstr("has the unit 'ns', which is none of k"));
}

TEST_F(YamlReader, InnermostSourceHolds) {
  YamlMap map = load("source: outer\na:\n  source: inner\n  b:\n    n: 1\nm: 2\n");
  EXPECT_EQ(map.map("a").map("b").u32("n").source(), "inner");
  EXPECT_EQ(map.u32("m").source(), "outer");
}

TEST_F(YamlReader, UnknownKeySuggestsTheNearestKnownOne) {
  const std::string message =
      error("source: s\nflash:\n  size_bytes: 1\n  row_byte: 2\n", [](YamlMap& map) {
        YamlMap flash = map.map("flash");
        flash.u32("size_bytes");
        flash.has("row_bytes");
        flash.finish();
      });
  EXPECT_THAT(message, HasSubstr("part.yaml:4: key 'flash.row_byte': not a known key"));
  EXPECT_THAT(message, EndsWith("did you mean 'row_bytes'?"));
}

TEST_F(YamlReader, UnknownKeyNearNothingListsTheKnownOnes) {
  const std::string message = error("name: a\ncolour: red\n", [](YamlMap& map) {
    map.text("name");
    map.finish();
  });
  EXPECT_THAT(message, HasSubstr("part.yaml:2: key 'colour': not a known key; known here are"));
  EXPECT_THAT(message, HasSubstr("name"));
}

TEST_F(YamlReader, MissingKeyPointsAtItsMisspelling) {
  EXPECT_THAT(error("source: s\nclok_hz: 5\n", [](YamlMap& map) { map.u32("clock_hz"); }),
              EndsWith("key 'clock_hz': missing; did you mean it by 'clok_hz' on line 2?"));
  EXPECT_THAT(error("source: s\n", [](YamlMap& map) { map.u32("clock_hz"); }),
              EndsWith("part.yaml:1: key 'clock_hz': missing"));
}

TEST_F(YamlReader, NumberWithoutSourceIsRefused) {
  const auto read = [](YamlMap& map) { map.u32("n"); };
  EXPECT_THAT(error("n: 5\n", read), HasSubstr("part.yaml:1: key 'n': has no source"));
  EXPECT_THAT(error("n: {value: 5}\n", read), HasSubstr("has no source"));
  EXPECT_EQ(error("n: {value: 5, source: s}\n", read), "");
}

TEST_F(YamlReader, EstimateMustSayWhy) {
  const auto read = [](YamlMap& map) { map.u32("n"); };
  EXPECT_THAT(error("n: {value: 5, source: estimate}\n", read), HasSubstr("estimate (why)"));
  EXPECT_EQ(error("n: {value: 5, source: estimate (a guess)}\n", read), "");
}

TEST_F(YamlReader, SourcedValueHasOnlyTwoKeys) {
  const auto read = [](YamlMap& map) { map.u32("n"); };
  EXPECT_THAT(error("n: {value: 5, sorce: s}\n", read), HasSubstr("did you mean 'source'?"));
  EXPECT_THAT(error("source: s\nn: {source: s}\n", read), HasSubstr("key 'n.value': missing"));
}

TEST_F(YamlReader, WrongTypesSayWhatWouldBeAccepted) {
  const auto integer = [](YamlMap& map) { map.u32("n"); };
  for (const char* text : {"'5'", "[5]", "~", ""}) {
    const std::string message = error("source: s\nn: " + std::string(text) + "\n", integer);
    EXPECT_THAT(message, HasSubstr("part.yaml:2: key 'n': is ")) << text;
    EXPECT_THAT(message, HasSubstr("a whole number from 0 to 4294967295 is needed, such as 64"));
  }
  for (const char* text : {"5.5", "-1", "1_000", "0x", "0xg", "five", "18446744073709551616",
                           "4294967296", "5ki", "nan", "1e-1"}) {
    const std::string message = error("source: s\nn: " + std::string(text) + "\n", integer);
    EXPECT_THAT(message, HasSubstr(fmt::format("part.yaml:2: key 'n': '{}' ", text)));
    EXPECT_THAT(message, HasSubstr("a whole number from 0 to 4294967295 is needed, such as 64"));
  }
  EXPECT_THAT(
      error("source: s\nn: {value: 32, source: t}\n", [](YamlMap& map) { map.u32("n", 31); }),
      EndsWith("part.yaml:2: key 'n': '32' is above 31; a whole number from 0 to 31 is "
               "needed"));
  const auto real = [](YamlMap& map) { map.real("n"); };
  for (const char* text :
       {"nan", "inf", ".inf", "3.3V", "'3.3'", "{value: high}", "0x10", "1e400"}) {
    EXPECT_THAT(error("source: s\nn: " + std::string(text) + "\n", real),
                HasSubstr("a number is needed, such as 3.3"))
        << text;
  }
  EXPECT_THAT(error("k: cach\n", [](YamlMap& map) { map.choice("k", {"none", "cache"}); }),
              EndsWith("key 'k': is 'cach'; accepted are none, cache; did you mean 'cache'?"));
  EXPECT_THAT(error("f: yes\n", [](YamlMap& map) { map.flag("f", false); }),
              HasSubstr("accepted are false, true"));
  EXPECT_THAT(error("m: 5\n", [](YamlMap& map) { map.map("m"); }),
              HasSubstr("a map of keys is needed here"));
  EXPECT_THAT(error("l: 5\n", [](YamlMap& map) { map.list_of_maps("l"); }),
              HasSubstr("a list is needed"));
  EXPECT_THAT(error("l: [{a: 1}]\n", [](YamlMap& map) { map.strings("l"); }),
              HasSubstr("entry 0 is a map; a text is needed"));
  EXPECT_THAT(error("t: [a]\n", [](YamlMap& map) { map.text("t"); }),
              HasSubstr("is a list; a text is needed"));
}

TEST_F(YamlReader, BadYamlGivesLineAndColumn) {
  const auto nothing = [](YamlMap&) {};
  EXPECT_THAT(error("a: 1\nb: [1, 2\n", nothing), HasSubstr("part.yaml:3:1: not valid YAML: "));
  EXPECT_THAT(error("a: {b: *nowhere}\n", nothing), HasSubstr("part.yaml:1:"));
  EXPECT_THAT(error("", nothing), HasSubstr("holds no YAML document; one is needed"));
  EXPECT_THAT(error("a: 1\n---\nb: 2\n", nothing), HasSubstr("holds more than one YAML document"));
  EXPECT_THAT(error(",eN", nothing), HasSubstr("or what belongs to none"));  // LoadAll() never ends
  EXPECT_THAT(error("- a\n", nothing), HasSubstr("the file is a list; a map of keys"));
  EXPECT_THAT(error(std::string(20000, '['), nothing), Not(testing::IsEmpty()));
}

TEST_F(YamlReader, MessageIsOneLineWhateverItQuotes) {
  const std::string message =
      error("w: [\"a\\nb\"]\n", [](YamlMap& map) { map.words("w", {"c"}, "letters"); });
  EXPECT_THAT(message, HasSubstr("'a b' is none of the known letters"));
  EXPECT_THAT(error("? |\n  a\n  b\n: 1\n", [](YamlMap&) {}), Not(HasSubstr("\n")));
  EXPECT_THAT(error("|\n  a\n  b\n", [](YamlMap&) {}),
              HasSubstr("the file is the text 'a b'; a map"));
  EXPECT_THAT(error("a: \"\\\x1b\"\n", [](YamlMap&) {}),
              HasSubstr("unknown escape character: \\x1b"));
}

TEST_F(YamlReader, DuplicateKeyIsRefusedWithBothPlaces) {
  EXPECT_THAT(error("a: 1\nb: 2\na: 3\n", [](YamlMap&) {}),
              HasSubstr("part.yaml:3: key 'a': given twice, first on line 1"));
  EXPECT_THAT(error("m:\n  a: 1\n  a: 3\n", [](YamlMap& map) { map.map("m"); }),
              HasSubstr("part.yaml:3: key 'm.a': given twice, first on line 2"));
}

TEST_F(YamlReader, MissingFileIsNamed) {
  EXPECT_THROW(YamlMap::load(folder_.path() / "absent.yaml"), InputError);
}

TEST_F(YamlReader, ListsTheFilesOfAFolder) {
  folder_.write("b.yaml", "x: 1\n");
  folder_.write("a.yaml", "x: 1\n");
  folder_.write("notes.txt", "no\n");
  EXPECT_THAT(yaml_names(folder_.path()), ElementsAre("a", "b"));
  EXPECT_THROW(yaml_names(folder_.path() / "absent"), InputError);
}

}  // namespace
}  // namespace boardless::targets
