// One row for each kind.
#include "base/number_kind.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <span>

namespace boardless {
namespace {

constexpr std::uint64_t kKilo = 1000, kMega = 1000000, kGiga = 1000000000;
constexpr std::uint64_t kKibi = 1024, kMebi = kKibi * kKibi, kGibi = kKibi * kMebi;

constexpr std::array kCountUnits{NumberUnit{"", 1}, NumberUnit{"k", kKilo}, NumberUnit{"M", kMega},
                                 NumberUnit{"G", kGiga}};
constexpr std::array kByteUnits{NumberUnit{"", 1},       NumberUnit{"B", 1},
                                NumberUnit{"kB", kKilo}, NumberUnit{"KiB", kKibi},
                                NumberUnit{"MB", kMega}, NumberUnit{"MiB", kMebi},
                                NumberUnit{"GB", kGiga}, NumberUnit{"GiB", kGibi}};
constexpr std::array kHertzUnits{NumberUnit{"", 1}, NumberUnit{"Hz", 1}, NumberUnit{"kHz", kKilo},
                                 NumberUnit{"MHz", kMega}, NumberUnit{"GHz", kGiga}};
constexpr std::array kMegahertzUnits{NumberUnit{"", kMega}, NumberUnit{"Hz", 1},
                                     NumberUnit{"kHz", kKilo}, NumberUnit{"MHz", kMega},
                                     NumberUnit{"GHz", kGiga}};
constexpr std::array kNoUnits{NumberUnit{"", 1}};
constexpr std::array kPercentUnits{NumberUnit{"", 1}, NumberUnit{"%", 1}};
constexpr std::array kTimeUnits{NumberUnit{"ns", 1}, NumberUnit{"us", kKilo},
                                NumberUnit{"ms", kMega}, NumberUnit{"s", kGiga}};
constexpr std::array kEnergyUnits{NumberUnit{"nJ", 1}, NumberUnit{"uJ", kKilo},
                                  NumberUnit{"mJ", kMega}, NumberUnit{"J", kGiga}};

struct Example {
  std::string_view text;
  double value;  // in the base unit; one out of bounds is no example
};
constexpr std::array kCountExamples{Example{"64", 64}, Example{"0x40", 64}, Example{"1e6", 1e6}};
constexpr std::array kByteExamples{Example{"65536", 65536}, Example{"64KiB", 65536}};
constexpr std::array kHertzExamples{Example{"80000000", 8e7}, Example{"80MHz", 8e7}};
constexpr std::array kMegahertzExamples{Example{"80", 8e7}, Example{"80MHz", 8e7}};
constexpr std::array kAddressExamples{Example{"0x08000000", 0x08000000}};
constexpr std::array kRealExamples{Example{"3.3", 3.3}};
constexpr std::array kPercentExamples{Example{"5", 5}, Example{"5%", 5}};
constexpr std::array kTimeExamples{Example{"50ms", 5e7}, Example{"1.5s", 1.5e9}};
constexpr std::array kEnergyExamples{Example{"800uJ", 8e5}, Example{"1.5mJ", 1.5e6}};

struct KindRow {
  std::string_view noun, plural, article;
  std::string_view base_unit;  // behind a range
  std::span<const NumberUnit> units;
  std::span<const Example> examples;
};

KindRow row_of(NumberKind kind) {
  switch (kind) {
    case NumberKind::kCount:
      break;
    case NumberKind::kBytes:
      return {"number of bytes", "numbers of bytes", "a", "", kByteUnits, kByteExamples};
    case NumberKind::kHertz:
      return {"frequency", "frequencies", "a", " Hz", kHertzUnits, kHertzExamples};
    case NumberKind::kMegahertz:
      return {"frequency", "frequencies", "a", " Hz", kMegahertzUnits, kMegahertzExamples};
    case NumberKind::kAddress:
      return {"address", "addresses", "an", "", kNoUnits, kAddressExamples};
    case NumberKind::kReal:
      return {"number", "numbers", "a", "", kNoUnits, kRealExamples};
    case NumberKind::kPercent:
      return {"percentage", "percentages", "a", "", kPercentUnits, kPercentExamples};
    case NumberKind::kTime:
      return {"time", "times", "a", " ns", kTimeUnits, kTimeExamples};
    case NumberKind::kEnergy:
      return {"energy", "energies", "an", " nJ", kEnergyUnits, kEnergyExamples};
  }
  return {"whole number", "whole numbers", "a", "", kCountUnits, kCountExamples};
}

// "from 1 to 100", "of at least 1", or nothing where any will do.
template <class Form>
std::string range_text(const Form& form) {
  const Form any;
  const bool from = form.least != any.least, to = form.most != any.most;
  const std::string_view unit = row_of(form.kind).base_unit;
  const std::string least = bound_text(form.kind, form.least);
  const std::string most = bound_text(form.kind, form.most);
  if (to && (from || any.least == 0)) return fmt::format("from {} to {}{}", least, most, unit);
  if (to) return fmt::format("of at most {}{}", most, unit);
  return from ? fmt::format("of at least {}{}", least, unit) : "";
}

template <class Form>
std::string needed(const Form& form) {
  const KindRow row = row_of(form.kind);
  const std::string range = range_text(form);
  std::string text =
      fmt::format("{} {}{}{} is needed", row.article, row.noun, range.empty() ? "" : " ", range);
  std::vector<std::string_view> examples;
  for (const Example& example : row.examples) {
    const bool in_range = example.value >= static_cast<double>(form.least) &&
                          example.value <= static_cast<double>(form.most);
    if (in_range) examples.push_back(example.text);
  }
  if (examples.empty()) return text;
  const std::string_view last = examples.back();
  examples.pop_back();
  return fmt::format("{}, such as {}{}{}", text, fmt::join(examples, ", "),
                     examples.empty() ? "" : " or ", last);
}

template <class Form>
std::string help(const Form& form) {
  std::string range = range_text(form);
  if (range.starts_with("of ")) range.erase(0, 3);
  std::vector<std::string_view> units;
  for (const NumberUnit& unit : row_of(form.kind).units) {
    // The letters of a count are for those who know them; sizes and clocks are written with units.
    if (!unit.name.empty() && form.kind != NumberKind::kCount) units.push_back(unit.name);
  }
  if (range.empty() && units.empty()) return "";
  return fmt::format(" ({}{}{})", range, range.empty() || units.empty() ? "" : "; ",
                     fmt::join(units, ", "));
}

}  // namespace

std::vector<NumberUnit> units_of(NumberKind kind) {
  const std::span<const NumberUnit> units = row_of(kind).units;
  return {units.begin(), units.end()};
}

std::string_view noun_of(NumberKind kind) { return row_of(kind).noun; }
std::string_view plural_of(NumberKind kind) { return row_of(kind).plural; }

std::string bound_text(NumberKind kind, std::uint64_t bound) {
  return kind == NumberKind::kAddress ? fmt::format("0x{:08x}", bound) : fmt::format("{}", bound);
}
std::string bound_text(NumberKind, double bound) { return fmt::format("{}", bound); }

std::string needed_text(const WholeForm& form) { return needed(form); }
std::string needed_text(const RealForm& form) { return needed(form); }

std::string help_text(const WholeForm& form) { return help(form); }
std::string help_text(const RealForm& form) { return help(form); }

}  // namespace boardless
