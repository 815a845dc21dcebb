// A value that is certain, as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "exploration/value.h"

namespace boardless::exploration {

nlohmann::ordered_json json_of(const Value& value);

}  // namespace boardless::exploration
