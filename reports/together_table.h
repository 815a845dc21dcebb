// What several models take together in one device, as a terminal table.
#pragma once

#include <string>

#include "prediction/prediction.h"
#include "reports/table_view.h"

namespace boardless::reports {

// A row for each target, and below why one does not fit or has no figures. Empty where it was not
// asked for.
std::string together_table(const prediction::Document& document, const TableView& view);

// "kws + ic": the models of a row.
std::string together_models(const prediction::Together& together);

}  // namespace boardless::reports
