// How the text views write numbers, and which of them rest on an estimate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "prediction/prediction.h"

namespace boardless::reports {

// "1,234,567"
std::string with_commas(std::uint64_t value);
// Four significant digits, never an exponent: "0.01235", "12.35", "12,346"; "0" for zero.
std::string four_digits(double value);
// In KiB with one decimal, none above 100: "54.2", "512".
std::string kibibytes(Bytes bytes);
// "47 %"; "-" when `whole` is 0. Anything above zero is at least "<1 %".
std::string percent(double part, double whole);
// Cycles for one multiply-accumulate; "-" without any.
std::string cycles_per_mac(Cycles cycles, std::int64_t macs);

// The quantities a view marks with "~". Latency follows from cycles, energy from latency: an
// estimate in one is an estimate in those behind it.
enum class Figure { kCycles, kLatency, kEnergy, kSram, kFlash, kPrice };
bool rests_on_estimate(const std::vector<prediction::Estimate>& estimates, Figure figure);
inline bool rests_on_estimate(const prediction::Prediction& prediction, Figure figure) {
  return rests_on_estimate(prediction.estimates, figure);
}

// In words, where a figure would stand: "not modelled".
std::string_view kind_text(prediction::Unanswered::Kind kind);

}  // namespace boardless::reports
