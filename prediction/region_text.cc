// Takes texts apart, and looks symbols up.
#include "prediction/region_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/escaped_text.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/visible_text.h"

namespace boardless::prediction {
namespace {

constexpr std::string_view kBetween = "..";

bool is_quoted(std::string_view text) { return text.starts_with('"'); }

// Of the place that `text` begins with.
std::size_t length_of_place(std::string_view text) {
  if (!is_quoted(text)) return std::min(text.find(kBetween), text.size());
  const std::size_t quote = text.find('"', 1);
  if (quote == std::string_view::npos) {
    throw InputError(fmt::format("region: {} has no quote at its end", visible(text)));
  }
  return quote + 1;
}

std::uint32_t address_of(const std::string& place) {
  const auto value =
      read_number(place, WholeForm{.most = std::numeric_limits<std::uint32_t>::max()});
  if (!value) throw InputError(fmt::format("region: address {}", value.refusal()));
  return static_cast<std::uint32_t>(*value) & ~1U;
}

profiling::RegionEdge at(std::uint32_t address) { return {.address = address, .text = {}}; }

profiling::RegionEdge resolve_place(const std::string& place, const sim::ElfImage& firmware) {
  if (is_quoted(place)) {
    if (length_of_place(place) != place.size()) {
      throw InputError(fmt::format("region: {} goes on behind its quote", visible(place)));
    }
    const std::string text = unescaped("region", place.substr(1, place.size() - 2));
    if (text.empty()) throw InputError("region: \"\" is no text that could be waited for");
    return {.address = {}, .text = text};
  }
  if (place.starts_with("0x") || place.starts_with("0X")) return at(address_of(place));
  const std::size_t plus = place.rfind('+');
  if (plus == std::string::npos || firmware.find(place) != nullptr) {
    return at(symbol_address(firmware, place));
  }
  return at(symbol_address(firmware, place.substr(0, plus)) + address_of(place.substr(plus + 1)));
}

}  // namespace

RegionText read_region(const std::string& text) {
  std::string_view rest = text;
  RegionText region;
  const std::size_t equals = rest.find('=');
  if (equals < rest.find('"')) {
    region.name = rest.substr(0, equals);
    rest.remove_prefix(equals + 1);
    if (region.name.empty()) {
      throw InputError(fmt::format("region: '{}' has no name before '='", visible(text)));
    }
  } else {
    region.name = rest;
  }
  const std::size_t length = length_of_place(rest);
  region.from = rest.substr(0, length);
  rest.remove_prefix(length);
  if (rest.starts_with(kBetween)) {
    rest.remove_prefix(kBetween.size());
    const std::size_t end = rest.empty() ? 0 : length_of_place(rest);
    region.to = rest.substr(0, end);
    rest.remove_prefix(end);
    if (region.to.empty()) rest = text;
  }
  const bool is_text_alone = region.to.empty() && is_quoted(region.from);
  if (region.from.empty() || !rest.empty() || is_text_alone) {
    throw InputError(
        fmt::format("region: '{}' is neither FUNCTION nor FROM..TO, where FROM and TO are symbols, "
                    "addresses (0x…) or \"texts\"",
                    visible(text)));
  }
  return region;
}

profiling::Region resolve_region(const RegionText& text, const sim::ElfImage& firmware) {
  profiling::Region region{visible(text.name), resolve_place(text.from, firmware), {}};
  if (!text.to.empty()) region.to = resolve_place(text.to, firmware);
  return region;
}

std::uint32_t symbol_address(const sim::ElfImage& firmware, const std::string& name) {
  if (const sim::Symbol* symbol = firmware.find(name)) return symbol->address;
  std::vector<std::string> names;
  for (const sim::Symbol& symbol : firmware.symbols) names.push_back(symbol.name);
  throw InputError(fmt::format(
      "{}: no symbol '{}'{}", firmware.file, name,
      names.empty() ? "; the file has none, only an ELF file can" : did_you_mean(name, names)));
}

}  // namespace boardless::prediction
