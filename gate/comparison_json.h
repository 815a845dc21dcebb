// Compared documents as JSON, for documents and pages.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "gate/comparison_views.h"

namespace boardless::gate {

// What "comparisons" holds in schema boardless.comparison/1.
nlohmann::ordered_json comparisons_json(const std::vector<ComparedDocument>& documents);

}  // namespace boardless::gate
