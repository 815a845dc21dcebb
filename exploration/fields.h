// The names that expressions over design points can use, and what a point has for each.
#pragma once

#include <string>
#include <vector>

#include "exploration/expression.h"
#include "exploration/figures.h"
#include "exploration/grid.h"

namespace boardless::exploration {

// What a field is read off.
struct FieldSource {
  const ModelChoice& model;
  const RunOptions& options;
  const Device& device;
  const Figures* figures;  // null: not answered, and `bounds` hold
  const Bounds& bounds;
};

struct BuiltInField {
  const char* name;
  ValueType type;
  bool is_result;
  const char* meaning;
  Value (*value)(const FieldSource& source);
};

const std::vector<BuiltInField>& built_in_fields();

// Those, then the parameters of networks that the space varies, then its scores.
Vocabulary vocabulary_of(const std::vector<std::string>& parameters,
                         const std::vector<std::string>& scores);

}  // namespace boardless::exploration
