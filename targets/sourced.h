// A number about hardware together with where it comes from.
#pragma once

#include <string>

namespace boardless::targets {

// `source` names a document and section, a measurement id, or starts with "estimate".
template <class T>
struct Sourced {
  T value{};
  std::string source;
  bool is_estimate() const { return source.starts_with("estimate"); }
  operator const T&() const { return value; }  // NOLINT: reads as the number it is
};

}  // namespace boardless::targets
