// Number formats and the estimate marks of the text views.
#include "reports/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

namespace boardless::reports {
namespace {

// The fields whose estimates reach the figure.
std::vector<std::string_view> fields_behind(Figure figure) {
  switch (figure) {
    case Figure::kCycles:
      return {"cycles"};
    case Figure::kLatency:
      return {"cycles", "clock_hz", "latency_ms"};
    case Figure::kEnergy:
      return {"cycles", "clock_hz", "latency_ms", "energy_uj"};
    case Figure::kSram:
      return {"sram"};
    case Figure::kFlash:
      return {"flash"};
    case Figure::kPrice:
      return {"price_usd"};
  }
  return {};
}

std::string grouped(std::string digits) {
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, 1, ',');
  return digits;
}

}  // namespace

std::string with_commas(std::uint64_t value) { return grouped(fmt::format("{}", value)); }

std::string four_digits(double value) {
  if (value == 0) return "0";
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
  const std::string text = fmt::format("{:.{}f}", std::abs(value), std::clamp(3 - magnitude, 0, 9));
  const std::size_t point = std::min(text.find('.'), text.size());
  return fmt::format("{}{}{}", value < 0 ? "-" : "", grouped(text.substr(0, point)),
                     text.substr(point));
}

std::string kibibytes(Bytes bytes) {
  const double value = static_cast<double>(bytes) / 1024.0;
  return value < 100 ? fmt::format("{:.1f}", value)
                     : with_commas(static_cast<std::uint64_t>(std::llround(value)));
}

std::string percent(double part, double whole) {
  if (whole <= 0) return "-";
  const double share = 100 * part / whole;
  return share > 0 && share < 1 ? "<1 %" : fmt::format("{:.0f} %", share);
}

std::string cycles_per_mac(Cycles cycles, std::int64_t macs) {
  return macs <= 0 ? "-" : four_digits(static_cast<double>(cycles) / static_cast<double>(macs));
}

bool rests_on_estimate(const std::vector<prediction::Estimate>& estimates, Figure figure) {
  const auto fields = fields_behind(figure);
  return std::any_of(estimates.begin(), estimates.end(), [&](const auto& estimate) {
    // "sram" stands for its parts too: "sram.stack_bytes".
    const std::string head = estimate.what.substr(0, estimate.what.find('.'));
    return std::find(fields.begin(), fields.end(), head) != fields.end();
  });
}

std::string_view kind_text(prediction::Unanswered::Kind kind) {
  constexpr std::array<std::string_view, prediction::kUnansweredKinds.size()> kTexts{
      "not modelled", "not possible", "does not fit", "bad input", "fault", "interrupted"};
  return kTexts[static_cast<std::size_t>(kind)];
}

}  // namespace boardless::reports
