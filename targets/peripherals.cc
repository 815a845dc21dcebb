// Reads a family's peripherals and checks that what refers to something finds it.
#include "targets/peripherals.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/data_files.h"
#include "base/suggest.h"
#include "targets/yaml_reader.h"

namespace boardless::targets {
namespace {

constexpr std::uint32_t kRegisterBits = 32;

std::optional<std::uint32_t> parse_number(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  int base = 10;
  if (text.starts_with("0x")) {
    text.remove_prefix(2);
    base = 16;
  }
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "10", "3:2", "0x04.10"; `offset` is the register's when the text names none.
RegisterBits parse_bits(YamlMap& map, const std::string& key, std::string_view text,
                        std::uint32_t offset) {
  const auto bad = [&]() {
    map.fail(key, fmt::format("'{}' names no bits; '10', '3:2' and '0x04.10' are accepted", text));
  };
  RegisterBits bits{offset, 0, 1};
  std::string_view rest = text;
  if (const std::size_t dot = rest.find('.'); dot != std::string_view::npos) {
    const std::optional<std::uint32_t> other = parse_number(rest.substr(0, dot));
    if (!other) bad();
    bits.offset = *other;
    rest.remove_prefix(dot + 1);
  }
  const std::size_t colon = rest.find(':');
  const std::optional<std::uint32_t> high = parse_number(rest.substr(0, colon));
  const std::optional<std::uint32_t> low =
      colon == std::string_view::npos ? high : parse_number(rest.substr(colon + 1));
  if (!high || !low || *high < *low || *high >= kRegisterBits) bad();
  bits.lsb = *low;
  bits.width = *high - *low + 1;
  return bits;
}

void add_bits(YamlMap& map, const std::string& key, std::uint32_t offset,
              std::vector<RegisterBits>& into) {
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

void read_word(YamlMap map, RegisterBlock& block) {
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

RegisterBlock read_block(YamlMap map) {
  RegisterBlock block;
  block.name = map.text("name");
  block.base = map.u32("base");
  block.bytes = map.u32("bytes");
  if (block.bytes == 0 || block.bytes % 4 != 0) map.fail("bytes", "is no whole number of words");
  for (YamlMap& word : map.list_of_maps("words")) read_word(word, block);
  map.finish();
  return block;
}

template <class Named>
void check_name(YamlMap& map, const std::string& key, const std::string& name,
                const std::vector<Named>& known) {
  std::vector<std::string> names;
  for (const Named& each : known) names.push_back(each.name);
  if (std::ranges::find(names, name) != names.end()) return;
  const std::string near = nearest_word(name, names);
  map.fail(key, fmt::format("no '{}'; known are {}{}", name, fmt::join(names, ", "),
                            near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

PeripheralClock read_clock(YamlMap map, const Peripherals& all) {
  PeripheralClock clock;
  clock.name = map.text("name");
  if (map.has("fixed_hz")) {
    clock.fixed_hz = map.u32("fixed_hz");
    if (*clock.fixed_hz == 0) map.fail("fixed_hz", "is 0; a clock ticks");
  }
  if (map.has("dividers")) {
    for (YamlMap& item : map.list_of_maps("dividers")) {
      PeripheralClock::Divider divider;
      divider.block = item.text("block");
      check_name(item, "block", divider.block, all.registers);
      divider.bits = parse_bits(item, "bits", item.text("bits"), 0);
      divider.encoding =
          static_cast<PeripheralClock::Encoding>(item.choice("encoding", {"apb", "ahb"}));
      item.finish();
      clock.dividers.push_back(std::move(divider));
    }
  }
  map.finish();
  return clock;
}

std::uint32_t read_interrupt(YamlMap& map, const Peripherals& all) {
  const std::uint32_t line = map.u32("interrupt");
  if (line >= all.interrupt_lines) {
    map.fail("interrupt", fmt::format("is {}; there are {} lines", line, all.interrupt_lines));
  }
  const auto taken = [&](const auto& each) { return each.interrupt == line; };
  if (std::ranges::any_of(all.usarts, taken) || std::ranges::any_of(all.timers, taken)) {
    map.fail("interrupt", fmt::format("line {} belongs to another peripheral already", line));
  }
  return line;
}

std::string read_clock_name(YamlMap& map, const Peripherals& all) {
  const std::string name = map.text("clock");
  check_name(map, "clock", name, all.clocks);
  return name;
}

void read_core(YamlMap map, Peripherals& all) {
  all.vector_table = map.u32("vector_table");
  all.interrupt_lines = map.u32("interrupt_lines");
  all.priority_bits = map.u32("priority_bits");
  constexpr std::uint32_t kMostLines = 480;
  if (all.interrupt_lines == 0 || all.interrupt_lines > kMostLines) {
    map.fail("interrupt_lines", fmt::format("must be 1 to {}", kMostLines));
  }
  if (all.priority_bits < 2 || all.priority_bits > 8) map.fail("priority_bits", "must be 2 to 8");
  if (map.has("tick_reference_divider")) {
    all.tick_reference_divider = map.u32("tick_reference_divider");
    if (all.tick_reference_divider == 0) map.fail("tick_reference_divider", "is 0");
  }
  if (map.has("instruction_cache_bytes")) {
    all.instruction_cache_bytes = map.u32("instruction_cache_bytes");
  }
  if (map.has("data_cache_bytes")) all.data_cache_bytes = map.u32("data_cache_bytes");
  map.finish();
}

// `hart:` instead of `core:`: a RISC-V core, whose interrupt lines are the bits of mip.
void read_hart(YamlMap map, Peripherals& all) {
  all.interrupt_lines = kRegisterBits;
  if (map.has("reset_vector")) all.reset_vector = map.u32("reset_vector");
  map.finish();
}

Clint read_clint(YamlMap& map, const Peripherals& all) {
  Clint clint;
  clint.name = map.text("name");
  clint.base = map.u32("base");
  clint.clock = read_clock_name(map, all);
  map.finish();
  return clint;
}

SifiveUart read_sifive_uart(YamlMap& map, const Peripherals& all) {
  SifiveUart uart;
  uart.name = map.text("name");
  uart.base = map.u32("base");
  if (map.has("interrupt")) uart.interrupt = read_interrupt(map, all);
  uart.clock = read_clock_name(map, all);
  map.finish();
  return uart;
}

}  // namespace

Peripherals load_peripherals(const std::string& name) {
  YamlMap root = YamlMap::load(data_directory() / "targets" / "peripherals" / (name + ".yaml"));
  Peripherals all;
  all.name = name;
  root.text("source");
  if (root.has("hart")) {
    read_hart(root.map("hart"), all);
  } else {
    read_core(root.map("core"), all);
  }
  const auto each = [&](const std::string& key, const auto& read) {
    if (!root.has(key)) return;
    for (YamlMap& map : root.list_of_maps(key)) read(map);
  };
  each("storage", [&](YamlMap& map) {
    all.storage.push_back({map.u32("base"), map.u32("bytes")});
    map.finish();
  });
  each("registers", [&](YamlMap& map) { all.registers.push_back(read_block(map)); });
  each("clocks", [&](YamlMap& map) { all.clocks.push_back(read_clock(map, all)); });
  each("usarts", [&](YamlMap& map) {
    Usart usart;
    usart.name = map.text("name");
    usart.base = map.u32("base");
    usart.interrupt = read_interrupt(map, all);
    usart.layout = static_cast<Usart::Layout>(map.choice("layout", {"status_data", "split"}));
    usart.low_power = map.flag("low_power", false);
    usart.clock = read_clock_name(map, all);
    map.finish();
    all.usarts.push_back(std::move(usart));
  });
  each("timers", [&](YamlMap& map) {
    Timer timer;
    timer.name = map.text("name");
    timer.base = map.u32("base");
    timer.interrupt = read_interrupt(map, all);
    timer.bits = map.u32("bits");
    if (timer.bits != 16 && timer.bits != 32) map.fail("bits", "must be 16 or 32");
    timer.clock = read_clock_name(map, all);
    map.finish();
    all.timers.push_back(std::move(timer));
  });
  each("clints", [&](YamlMap& map) { all.clints.push_back(read_clint(map, all)); });
  each("sifive_uarts",
       [&](YamlMap& map) { all.sifive_uarts.push_back(read_sifive_uart(map, all)); });
  root.finish();
  return all;
}

}  // namespace boardless::targets
