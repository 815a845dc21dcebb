// The result document as a JSON value, for the views that carry it.
#pragma once

#include <nlohmann/json.hpp>

#include "prediction/prediction.h"

namespace boardless::reports {

nlohmann::ordered_json document_json(const prediction::Document& document);

// JSON text of `value`; indent -1 for one line. Names that are not UTF-8 (a model file may hold any
// bytes) get U+FFFD in place of the offending bytes.
std::string json_text(const nlohmann::ordered_json& value, int indent);

}  // namespace boardless::reports
