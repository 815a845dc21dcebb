// The values of one axis, as a space file writes them:
//
//   width: 0.5                                   one
//   width: [0.25, 0.5, 1]                        several
//   width: {from: 0.25, to: 1, step: 0.25}       a range of numbers, both ends in it
//   width: {from: 0.25, to: 1, count: 4}         the same, by how many there are
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/number_kind.h"
#include "targets/yaml_reader.h"

namespace boardless::exploration {

struct AxisValue {
  std::string text;
  std::string place;  // "FILE:LINE: key 'KEY'"
};

// Of a range at most so many.
constexpr std::size_t kMostValues = 1'000'000;

// Empty when the key is absent. Throws InputError: an axis without values, a value that stands
// there twice, a range that has no end, ends or steps nowhere, or what is none of the forms.
std::vector<AxisValue> read_axis(targets::YamlMap& map, const std::string& key,
                                 const std::string& what);

// The same for whole numbers of a kind, each within `form`.
std::vector<std::uint64_t> read_whole_axis(targets::YamlMap& map, const std::string& key,
                                           const WholeForm& form);

// The values of an axis, or the one that holds where the space does not name it.
template <class T>
std::vector<T> or_default(const std::vector<T>& values, const T& value) {
  return values.empty() ? std::vector<T>{value} : values;
}

}  // namespace boardless::exploration
