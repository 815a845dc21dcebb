// What does a target file that does not hold together get?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "base/error.h"
#include "targets/target.h"
#include "tests/scratch_folder.h"

namespace boardless::targets {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kGood = R"(description: A part
vendor: Somebody
core: cortex-m4
source: manual
clock_hz: 100000000
memories:
  - name: flash
    kind: flash
    base: 0x08000000
    size_bytes: 65536
    row_bytes: 8
    wait_states: 2
    fetch: {kind: cache, lines: 8, line_bytes: 16, ways: 2}
    data: {kind: none}
  - name: sram
    kind: ram
    base: 0x20000000
    size_bytes: 8192
    row_bytes: 4
    wait_states: 0
placement: {code: flash, constants: flash, arena: sram, stack: sram}
power: {run_ua_per_mhz: 100, supply_v: 3.3}
)";

class BadTarget : public testing::Test {
 protected:
  BadTarget() {
    data_.write("targets/cores/cortex-m4.yaml", "name: cortex-m4\n");
    data_.write("targets/mcus/stm32f446re.yaml", kGood);
    data_.write("targets/mcus/nrf52840.yaml", kGood);
    setenv("BOARDLESS_DATA", data_.path().c_str(), 1);
  }
  ~BadTarget() override { unsetenv("BOARDLESS_DATA"); }

  // The refusal of the good file after replacing `from` by `to`.
  std::string error(const std::string& from, const std::string& to) const {
    std::string text = kGood;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    return error_of(data_.write("part.yaml", text).string());
  }

  static std::string error_of(const std::string& name_or_path) {
    try {
      load_target(name_or_path);
    } catch (const InputError& refusal) {
      return refusal.what();
    }
    return "";
  }

  ScratchFolder data_;
};

TEST_F(BadTarget, TheGoodOneLoads) {
  const Target target = load_target(data_.write("part.yaml", kGood).string());
  EXPECT_EQ(target.name, "part");
  EXPECT_EQ(target.memory("flash").fetch.cache.ways.value(), 2U);
  EXPECT_FALSE(target.price_usd.has_value());
}

TEST_F(BadTarget, UnknownNameSuggestsTheNearest) {
  EXPECT_THAT(error_of("stm32f446"),
              AllOf(HasSubstr("unknown target 'stm32f446'"), HasSubstr("did you mean stm32f446re?"),
                    HasSubstr("nrf52840")));
  EXPECT_THAT(error_of("stm32f4"), HasSubstr("did you mean stm32f446re?"));
  EXPECT_THAT(error_of("nrf52480"), HasSubstr("did you mean nrf52840?"));
  EXPECT_THAT(error_of(""), HasSubstr("unknown target ''; accepted are"));
  EXPECT_THAT(error_of("esp32"), HasSubstr("accepted are nrf52840, stm32f446re or the path"));
  EXPECT_THAT(error_of("./absent.yaml"), HasSubstr("absent.yaml"));
}

TEST_F(BadTarget, UnknownAndMissingKeys) {
  EXPECT_THAT(error("vendor:", "vender:"),
              AllOf(HasSubstr("key 'vendor': missing"), HasSubstr("'vender' on line 2")));
  EXPECT_THAT(error("power:", "prise_usd: 3\npower:"), HasSubstr("did you mean 'price_usd'?"));
  EXPECT_THAT(error("row_bytes: 8", "row_bytes: 8\n    latency: 3"),
              HasSubstr("key 'memories[0].latency': not a known key"));
  EXPECT_THAT(error("source: manual\n", ""), HasSubstr("key 'clock_hz': has no source"));
}

TEST_F(BadTarget, UnknownAvailability) {
  EXPECT_THAT(
      error("core: cortex-m4", "availability: parts\ncore: cortex-m4"),
      AllOf(HasSubstr("key 'availability': is 'parts'; accepted are part, ip_block, ideal_core"),
            HasSubstr("did you mean 'part'?")));
}

TEST_F(BadTarget, UnknownCore) {
  EXPECT_THAT(error("core: cortex-m4", "core: cortex-m5"),
              AllOf(HasSubstr("part.yaml:3: key 'core'"), HasSubstr("did you mean 'cortex-m4'?")));
}

TEST_F(BadTarget, PlacementMustNameMemoriesThatSuit) {
  EXPECT_THAT(error("arena: sram", "arena: srem"),
              AllOf(HasSubstr("key 'placement.arena': is 'srem'; accepted are flash, sram"),
                    HasSubstr("did you mean 'sram'?")));
  EXPECT_THAT(error("arena: sram", "arena: flash"), HasSubstr("must be a memory of kind ram"));
  EXPECT_THAT(error("stack: sram", "stack: flash"), HasSubstr("must be a memory of kind ram"));
}

TEST_F(BadTarget, MemoriesMustFitTheAddressSpaceAndEachOther) {
  EXPECT_THAT(error("base: 0x20000000", "base: 0x0800fffc"), HasSubstr("overlaps memory 'flash'"));
  EXPECT_EQ(error("base: 0x20000000", "base: 0x08010000"), "");
  EXPECT_THAT(error("base: 0x20000000", "base: 0xfffff000"),
              HasSubstr("pass the end of the 32-bit"));
  EXPECT_EQ(error("base: 0x20000000", "base: 0xffffe000"), "");
  EXPECT_THAT(error("size_bytes: 8192", "size_bytes: 0"),
              HasSubstr("'memories[1].size_bytes': is 0"));
  EXPECT_THAT(error("name: sram", "name: flash"), HasSubstr("'flash' names two memories"));
}

TEST_F(BadTarget, GeometryMustBePossible) {
  EXPECT_THAT(error("row_bytes: 8", "row_bytes: 12"), HasSubstr("must be a power of two"));
  EXPECT_THAT(error("row_bytes: 8", "row_bytes: 32"), HasSubstr("does not fit a cache line of 16"));
  EXPECT_THAT(error("line_bytes: 16", "line_bytes: 20"), HasSubstr("must be a power of two"));
  EXPECT_THAT(error("ways: 2", "ways: 3"), HasSubstr("8 lines in 3 ways"));
  EXPECT_THAT(error("lines: 8", "lines: 0"), HasSubstr("at least 1"));
  EXPECT_THAT(error("data: {kind: none}", "unified: true\n    data: {kind: none}"),
              HasSubstr("not used when 'unified' is true"));
  EXPECT_THAT(error("kind: cache", "kind: cash"), HasSubstr("accepted are none, prefetch, cache"));
}

TEST_F(BadTarget, ClockAndPowerMustBePositive) {
  EXPECT_THAT(error("clock_hz: 100000000", "clock_hz: 0"), HasSubstr("key 'clock_hz': is 0"));
  EXPECT_THAT(error("supply_v: 3.3", "supply_v: 0"), HasSubstr("must be above 0"));
  EXPECT_THAT(error("run_ua_per_mhz: 100", "run_ua_per_mhz: -1"), HasSubstr("must be above 0"));
}

TEST_F(BadTarget, WaitStateTableMustRiseAndCoverTheClock) {
  const std::string plain = "    wait_states: 2\n";
  const std::string table = "    wait_states_by_clock:\n";
  EXPECT_EQ(error(plain, table + "      - {up_to_hz: 100000000, wait_states: 2}\n"), "");
  EXPECT_THAT(error(plain, table + "      - {up_to_hz: 99999999, wait_states: 2}\n"),
              HasSubstr("has no row for clock_hz 100000000"));
  EXPECT_THAT(error(plain, table + "      - {up_to_hz: 200000000, wait_states: 2}\n"
                                   "      - {up_to_hz: 100000000, wait_states: 1}\n"),
              HasSubstr("must be above the row before"));
  EXPECT_THAT(error(plain, plain + table + "      - {up_to_hz: 100000000, wait_states: 2}\n"),
              HasSubstr("give only one of the two"));
  EXPECT_THAT(error(plain, "    wait_states_by_clock: []\n"), HasSubstr("is empty"));
}

TEST_F(BadTarget, AliasesAndViewsMustBePossible) {
  const std::string size = "size_bytes: 65536";
  EXPECT_EQ(error(size, size + "\n    alias_bases: [0, 0x00200000]"), "");
  EXPECT_THAT(error(size, size + "\n    alias_bases: [0x1ffff000]"),
              HasSubstr("'memories[1].base': 'sram' overlaps memory 'flash'"));
  EXPECT_THAT(error(size, size + "\n    alias_bases: [0xffffff00]"),
              HasSubstr("key 'memories[0].alias_bases': 65536 bytes from 0xffffff00 pass the end"));
  EXPECT_THAT(error(size, size + "\n    alias_bases: 5"), HasSubstr("a list of numbers is needed"));
  EXPECT_EQ(error("name: sram", "name: sram\n    view_of: flash"), "");
  EXPECT_THAT(error("name: sram", "name: sram\n    view_of: rom"),
              HasSubstr("key 'memories[1].view_of': 'rom' is no memory above"));
  EXPECT_THAT(error("size_bytes: 8192", "size_bytes: 131072\n    view_of: flash"),
              HasSubstr("'memories[1].size_bytes': is more than 'flash' has"));
}

TEST_F(BadTarget, SharedCachesMustExist) {
  const std::string path = "data: {kind: none}";
  const std::string shared = "data: {kind: shared_cache, cache: l1d}";
  EXPECT_THAT(error(path, shared), HasSubstr("the target has no 'caches:'"));
  const std::string cache =
      "  - {name: l1d, lines: 8, line_bytes: 32, ways: 2, fill: line, beat_bytes: 8}\n";
  std::string text = kGood;
  text.replace(text.find(path), path.size(), shared);
  text.replace(text.find("memories:"), 9, "caches:\n" + cache + "memories:");
  EXPECT_EQ(error_of(data_.write("part.yaml", text).string()), "");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return error_of(data_.write("part.yaml", changed).string());
  };
  EXPECT_THAT(with("cache: l1d", "cache: l1i"), HasSubstr("is 'l1i'; accepted are l1d"));
  EXPECT_THAT(with("beat_bytes: 8", "beat_bytes: 64"), HasSubstr("at most the line's 32 bytes"));
  EXPECT_THAT(with(", beat_bytes: 8", ""), HasSubstr("key 'caches[0].beat_bytes': missing"));
  EXPECT_THAT(with("fill: line, beat_bytes: 8", "write: write_back"),
              HasSubstr("write_back needs 'fill: line'"));
  EXPECT_THAT(with(cache, cache + cache), HasSubstr("'l1d' names two caches"));
}

TEST_F(BadTarget, VoltageRangesMustBeNamed) {
  const std::string plain = "    wait_states: 2\n";
  const std::string table =
      "    wait_states_by_clock:\n"
      "      - {up_to_hz: 100000000, wait_states: 2, voltage_range: high}\n"
      "      - {up_to_hz: 50000000, wait_states: 3, voltage_range: low}\n";
  EXPECT_THAT(error(plain, table), HasSubstr("the target has no 'voltage_ranges:'"));
  std::string text = kGood;
  text.replace(text.find(plain), plain.size(), table);
  text.replace(text.find("memories:"), 9, "voltage_ranges: [high, low]\nmemories:");
  const Target target = load_target(data_.write("part.yaml", text).string());
  EXPECT_EQ(target.voltage_range, "high");
  EXPECT_EQ(target.memory("flash").wait_states.value(), 2U);
  EXPECT_THROW(with_voltage_range(target, "low"), InputError) << "too fast for it";
  EXPECT_THROW(with_voltage_range(target, "middle"), InputError);
  const Target slow = with_voltage_range(with_clock(target, 40'000'000), "low");
  EXPECT_EQ(slow.memory("flash").wait_states.value(), 3U);
  EXPECT_THROW(with_clock(slow, 60'000'000), InputError);
}

}  // namespace
}  // namespace boardless::targets
