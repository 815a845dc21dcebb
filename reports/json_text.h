// A document as JSON text.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace boardless::reports {

// The text with `indent` blanks for each level, -1 for one line. What a terminal obeys is escaped
// (visible_json()), and bytes that are no UTF-8 are replaced by U+FFFD: programs print anything.
std::string json_text(const nlohmann::ordered_json& value, int indent);

}  // namespace boardless::reports
