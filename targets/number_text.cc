// Which key ends in which unit.
#include "targets/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace boardless::targets {
namespace {

struct Unit {
  std::string_view ending;  // of the key, a word of it or all
  std::string_view text;
};

constexpr std::array kUnits{Unit{"bytes_per_second", " bytes/s"},
                            Unit{"bytes_per_cycle", " bytes/cycle"},
                            Unit{"per_cycle", " per cycle"},
                            Unit{"wait_states", " cycles"},
                            Unit{"cycles", " cycles"},
                            Unit{"penalty", " cycles"},
                            Unit{"delay", " cycles"},
                            Unit{"latency", " cycles"},
                            Unit{"bytes", " bytes"},
                            Unit{"line_bytes", " bytes"},
                            Unit{"lines", " lines"},
                            Unit{"ways", " ways"},
                            Unit{"beats", " cycles"},
                            Unit{"entry", " cycles"},
                            Unit{"leave", " cycles"},
                            Unit{"tail_chain", " cycles"},
                            Unit{"write_buffer_entries", " stores"},
                            Unit{"run_ua_per_mhz", " uA/MHz"},
                            Unit{"ns_per_mac", " ns"},
                            Unit{"ns_per_element", " ns"},
                            Unit{"mw", " mW"},
                            Unit{"ms", " ms"},
                            Unit{"v", " V"}};

bool ends_in(std::string_view key, std::string_view ending) {
  if (!key.ends_with(ending)) return false;
  return key.size() == ending.size() || key[key.size() - ending.size() - 1] == '_';
}

std::string_view unit_of(std::string_view key) {
  const auto unit =
      std::ranges::find_if(kUnits, [&](const Unit& each) { return ends_in(key, each.ending); });
  return unit == kUnits.end() ? "" : unit->text;
}

}  // namespace

NumberKind kind_of_key(std::string_view key) {
  constexpr std::array<std::string_view, 4> kAddresses{"base", "alias_bases", "vector_table",
                                                       "reset_vector"};
  if (std::ranges::find(kAddresses, key) != kAddresses.end()) return NumberKind::kAddress;
  if (ends_in(key, "hz")) return NumberKind::kHertz;
  return ends_in(key, "bytes") ? NumberKind::kBytes : NumberKind::kCount;
}

std::string number_text(std::string_view key, std::uint64_t value) {
  if (key == "base" || key == "alias_bases" || key == "cpuid")
    return fmt::format("0x{:08x}", value);
  if (ends_in(key, "hz")) return fmt::format("{} MHz", static_cast<double>(value) / 1e6);
  if (key == "size_bytes") return size_text(value);
  if (key == "ways" && value == 0) return "fully associative";
  return fmt::format("{}{}", value, unit_of(key));
}

std::string number_text(std::string_view key, double value) {
  if (ends_in(key, "usd")) return fmt::format("{:.2f} USD", value);
  return fmt::format("{}{}", value, unit_of(key));
}

std::string size_text(Bytes bytes) {
  return bytes % 1024 == 0 ? fmt::format("{} KiB", bytes / 1024) : fmt::format("{} bytes", bytes);
}

std::string clock_text(std::uint32_t clock_hz) { return fmt::format("{} MHz", clock_hz / 1e6); }

}  // namespace boardless::targets
