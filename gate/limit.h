// What a figure may be at the most, as users write it:
//
//   <= 100 ms      < 120 KiB      >= 5      == 0      an absolute bound, in the figure's units
//   100 ms                                            the same as <= 100 ms
//   +2 %                                              no more than so much above the baseline
#pragma once

#include <optional>
#include <string>

#include "gate/figure.h"

namespace boardless::gate {

// Where a limit stands, for messages and annotations.
struct Place {
  std::string file;  // empty: on the command line
  int line = 0;
  std::string key;           // "cycles", "--limit cycles=+2%"
  std::string text() const;  // "FILE:LINE: key 'KEY'"
};

struct Limit {
  enum class Kind { kAtMost, kBelow, kAtLeast, kAbove, kEqual, kTolerance };
  const FigureRecord* figure = nullptr;
  Kind kind = Kind::kAtMost;
  double bound = 0;  // in the unit of documents; of a tolerance: percent
  std::string text;  // as it was written
  Place place;
};

// Throws InputError that begins with `place`: no number, NaN, a unit of something else, a tolerance
// below nothing.
Limit read_limit(const FigureRecord& figure, const std::string& text, const Place& place);

inline bool needs_baseline(const Limit& limit) { return limit.kind == Limit::Kind::kTolerance; }

// The bound itself, of a tolerance on what the baseline says.
double bound_of(const Limit& limit, std::optional<double> baseline);
bool holds(const Limit& limit, double value, std::optional<double> baseline);

}  // namespace boardless::gate
