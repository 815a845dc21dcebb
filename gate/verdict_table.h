// Judged limits as a table, broken ones first.
#pragma once

#include <string>
#include <vector>

#include "gate/verdict.h"
#include "reports/table_view.h"

namespace boardless::gate {

// Throws InputError for a column that is not there, naming the nearest.
void require_verdict_columns(const reports::TableView& view);
// Below the table a line for each broken limit that has a cause.
std::string verdict_table(const std::vector<Verdict>& verdicts, const reports::TableView& view);

// "kws on stm32f446re, layer 3 conv_1": what a verdict is about.
std::string verdict_subject(const Verdict& verdict);
// "cycles is 5,312,000 (+8.1 %), limit +2 % (5,012,633): flash_data +120,000".
std::string verdict_text(const Verdict& verdict);

}  // namespace boardless::gate
