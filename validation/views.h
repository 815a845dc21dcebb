// A validation record as people read it.
#pragma once

#include <string>

#include "reports/table_view.h"
#include "validation/record.h"

namespace boardless::validation {

// For a terminal: rows that are done, those that are not with the reason, median and worst error.
std::string to_table(const Record& record, const reports::TableView& view = {});
// RFC 4180, a row per program.
std::string to_csv(const Record& record);
// The section that docs/accuracy.md shows.
std::string to_markdown(const Record& record);

}  // namespace boardless::validation
