// One prediction for an accelerator in a terminal: where the time goes and what maps.
#pragma once

#include <string>

#include "prediction/prediction.h"
#include "reports/table_view.h"

namespace boardless::reports {

// Memory and traffic, a row for each operator, and the operators that are not mapped with the rule
// that decided; at the view's width.
std::string accelerator_table(const prediction::Prediction& prediction, const TableView& view);

}  // namespace boardless::reports
