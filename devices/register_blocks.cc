// Rules are texts such as "3:2 = 1:0"; a wrong one is named with its line.
#include "devices/register_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/number.h"
#include "devices/device_keys.h"

namespace boardless::devices {
namespace {

using targets::YamlMap;

constexpr std::uint32_t kRegisterBits = 32;

// "10", "3:2", "0x04.10"; `offset` is the register's when the text names none.
sim::BitField parse_bits(YamlMap& map, const std::string& key, std::string_view text,
                         std::uint32_t offset) {
  const auto bad = [&](const std::string& why) {
    map.fail(key, fmt::format("'{}' names no bits: {}; '10', '3:2' and '0x04.10' are accepted",
                              text, why));
  };
  const auto number = [&](std::string_view part, const WholeForm& form) {
    const auto value = read_number(part, form);
    if (!value) bad(value.refusal());
    return static_cast<std::uint32_t>(*value);
  };
  sim::BitField bits{offset, 0, 1};
  std::string_view rest = text;
  if (const std::size_t dot = rest.find('.'); dot != std::string_view::npos) {
    constexpr WholeForm kOffset{NumberKind::kAddress, 0, 0xffffffff};
    bits.offset = number(rest.substr(0, dot), kOffset);
    rest.remove_prefix(dot + 1);
  }
  constexpr WholeForm kBit{.most = kRegisterBits - 1};
  const std::size_t colon = rest.find(':');
  const std::uint32_t high = number(rest.substr(0, colon), kBit);
  bits.lsb = colon == std::string_view::npos ? high : number(rest.substr(colon + 1), kBit);
  if (high < bits.lsb) bad("the first bit is the higher one");
  bits.width = high - bits.lsb + 1;
  return bits;
}

void add_bits(YamlMap& map, const std::string& key, std::uint32_t offset,
              std::vector<sim::BitField>& into) {
  for (const std::string& text : map.strings(key)) {
    into.push_back(parse_bits(map, key, text, offset));
  }
}

// The two sides of "LEFT = RIGHT".
std::pair<std::string, std::string> sides(YamlMap& map, const std::string& key,
                                          const std::string& text) {
  const std::size_t equals = text.find(" = ");
  if (equals == std::string::npos) {
    map.fail(key, fmt::format("'{}' is no rule; 'LEFT = RIGHT' is needed", text));
  }
  return {text.substr(0, equals), text.substr(equals + 3)};
}

void read_word(YamlMap map, sim::RegisterFileSpec& block) {
  const std::uint32_t offset = map.u32("offset");
  if (offset % 4 != 0 || offset >= block.bytes) {
    map.fail("offset", fmt::format("is no word of a block of 0x{:x} bytes", block.bytes));
  }
  if (map.has("name")) map.text("name");  // for the reader
  if (map.has("reset")) block.resets.push_back({offset, map.u32("reset")});
  for (const std::string& rule : map.strings("follows")) {
    const auto [to, from] = sides(map, "follows", rule);
    block.follows.push_back(
        {parse_bits(map, "follows", to, offset), parse_bits(map, "follows", from, offset)});
    if (block.follows.back().to.width != block.follows.back().from.width) {
      map.fail("follows", fmt::format("'{}': the two sides differ in width", rule));
    }
    if (block.follows.back().from.offset >= block.bytes) {
      map.fail("follows", fmt::format("'{}': the register lies outside the block", rule));
    }
  }
  add_bits(map, "ones", offset, block.ones);
  add_bits(map, "zeros", offset, block.zeros);
  add_bits(map, "self_clearing", offset, block.self_clearing);
  for (const std::string& rule : map.strings("controls")) {
    const auto [signal, bits] = sides(map, "controls", rule);
    const std::vector<std::string> known{"wait_states", "prefetch", "enable", "multi_way",
                                         "invalidate"};
    const std::size_t dot = signal.rfind('.');
    const std::string what = dot == std::string::npos ? signal : signal.substr(dot + 1);
    if (dot == std::string::npos || std::ranges::find(known, what) == known.end()) {
      map.fail("controls", fmt::format("'{}' controls nothing; NAME.{} are known", signal,
                                       fmt::join(known, ", NAME.")));
    }
    block.controls.push_back({parse_bits(map, "controls", bits, offset), signal});
  }
  map.finish();
}

}  // namespace

sim::RegisterFileSpec read_register_block(YamlMap& map) {
  sim::RegisterFileSpec block;
  block.name = map.text("name");
  block.base = map.u32("base");
  block.bytes = map.u32("bytes");
  if (block.bytes == 0 || block.bytes % 4 != 0) map.fail("bytes", "is no whole number of words");
  for (YamlMap& word : map.list_of_maps("words")) read_word(word, block);
  map.finish();
  return block;
}

sim::ClockSpec read_clock(YamlMap& map, const std::vector<sim::RegisterFileSpec>& blocks) {
  std::vector<std::string> names;
  for (const sim::RegisterFileSpec& block : blocks) names.push_back(block.name);
  sim::ClockSpec clock;
  clock.name = map.text("name");
  if (map.has("fixed_hz")) {
    clock.fixed_hz = map.u32("fixed_hz");
    if (*clock.fixed_hz == 0) map.fail("fixed_hz", "is 0; a clock ticks");
  }
  if (map.has("dividers")) {
    for (YamlMap& item : map.list_of_maps("dividers")) {
      sim::ClockSpec::Divider divider;
      divider.block = item.text("block");
      check_name(item, "block", divider.block, names);
      divider.field = parse_bits(item, "bits", item.text("bits"), 0);
      divider.encoding =
          static_cast<sim::BusClock::Encoding>(item.choice("encoding", {"apb", "ahb"}));
      item.finish();
      clock.dividers.push_back(std::move(divider));
    }
  }
  map.finish();
  return clock;
}

}  // namespace boardless::devices
