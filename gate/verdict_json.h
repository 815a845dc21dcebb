// Judged limits as parts of documents.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "gate/verdict.h"

namespace boardless::gate {

// Whole numbers of cycles and bytes stay whole.
nlohmann::ordered_json figure_json(const FigureRecord& figure, double value);
nlohmann::ordered_json verdicts_json(const std::vector<Verdict>& verdicts);

}  // namespace boardless::gate
