// What a number that a user writes stands for: which units it may have, and how it is asked for.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace boardless {

// A unit is written in one way only ('K', 'kb' and 'Mhz' are refused), directly behind the number
// or after spaces. A number without one is in the first unit that the kind lists.
enum class NumberKind {
  kCount,      // -, k, M, G: powers of 1000
  kBytes,      // B, kB, MB, GB: powers of 1000; KiB, MiB, GiB: powers of 1024
  kHertz,      // Hz, kHz, MHz, GHz
  kMegahertz,  // the same, read as hertz too, but MHz where no unit is written
  kAddress,    // no unit
  kReal,       // no unit
  kPercent,    // %
  kTime,       // ns, us, ms, s: one of them must be written; read as nanoseconds
  kEnergy,     // nJ, uJ, mJ, J: one of them must be written; read as nanojoules
};

// What one whole number may be, in its kind's base unit (bytes, hertz).
struct WholeForm {
  NumberKind kind = NumberKind::kCount;
  std::uint64_t least = 0;
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
};

// What one real number may be.
struct RealForm {
  NumberKind kind = NumberKind::kReal;
  double least = std::numeric_limits<double>::lowest();
  double most = std::numeric_limits<double>::max();
};

struct NumberUnit {
  std::string_view name;  // empty: the kind's numbers may stand alone
  std::uint64_t factor;   // to the base unit
};
std::vector<NumberUnit> units_of(NumberKind kind);

// "whole number", "number of bytes", "frequency": one number of the kind, and several.
std::string_view noun_of(NumberKind kind);
std::string_view plural_of(NumberKind kind);

// One bound as messages give it: "0x08000000" of an address.
std::string bound_text(NumberKind kind, std::uint64_t bound);
std::string bound_text(NumberKind kind, double bound);

// "a whole number from 1 to 100 is needed, such as 64 or 0x40".
std::string needed_text(const WholeForm& form);
std::string needed_text(const RealForm& form);

// What a line of help adds to what the number is for: " (at least 1)", " (B, kB, KiB, …)", or
// nothing.
std::string help_text(const WholeForm& form);
std::string help_text(const RealForm& form);

}  // namespace boardless
