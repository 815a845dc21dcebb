// The result document as a JSON value, for the views that carry it.
#pragma once

#include <nlohmann/json.hpp>

#include "prediction/prediction.h"

namespace boardless::reports {

nlohmann::ordered_json document_json(const prediction::Document& document);

}  // namespace boardless::reports
