// By how much a kernel's floats may differ from the host's answer and be as good: where both call
// functions of a C library, of which no two round alike.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace boardless::workloads {

struct PreparedOperator;

// A bound in units in the last place (ULP). By default nothing: bit for bit.
struct Tolerance {
  std::int64_t ulp = 0;
  // Besides, for each of terms(op): what an operator sums up rounds each time.
  std::int64_t ulp_per_term = 0;
  std::int64_t (*terms)(const PreparedOperator&) = nullptr;
  std::string_view formula = {};  // of a bound with terms, and what they are: "2 n + 8 ULP, …"
  float unit = 0;                 // what is smaller is measured in ULP of this

  constexpr bool is_exact() const { return ulp == 0 && ulp_per_term == 0; }
  std::int64_t bound(const PreparedOperator& op) const {
    return ulp + (terms == nullptr ? 0 : ulp_per_term * terms(op));
  }
  // "2 ULP"; "2 n + 8 ULP, n elements a row; below 1 in ULP of 1"; empty for bit for bit.
  std::string text() const;
};

// Between a NaN and a number, or what is no float.
inline constexpr std::int64_t kIncomparable = std::numeric_limits<std::uint32_t>::max();

// The largest distance between two arrays of float32, as bytes of equal count: how many floats lie
// from one to the other. NaNs are alike, and so are the zeros. Values below `unit` are measured in
// ULP of it, rounded up.
std::int64_t ulp_distance(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                          float unit = 0);

}  // namespace boardless::workloads
