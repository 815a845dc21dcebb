#include "exploration/value_json.h"

#include <cstdint>

#include "base/visible_text.h"

namespace boardless::exploration {

nlohmann::ordered_json json_of(const Value& value) {
  switch (value.type) {
    case ValueType::kText:
      return visible(value.text);
    case ValueType::kTruth:
      return value.may_be_true;
    case ValueType::kNumber:
      break;
  }
  // Whole numbers stay whole.
  const auto whole = static_cast<std::int64_t>(value.low);
  if (static_cast<double>(whole) == value.low) return whole;
  return value.low;
}

}  // namespace boardless::exploration
