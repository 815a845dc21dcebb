// Views of a sweep's result. The same points give the same bytes, whatever the store held.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "exploration/grid.h"
#include "exploration/outcome.h"
#include "reports/table_view.h"

namespace boardless::exploration {

// Which points a table shows: those on the front, those that meet everything, all.
enum class Rows { kFront, kMeets, kAll };

// The rows, the front first and marked, by the objectives in their order; then what became of the
// others, in counts with their reasons; then the recommendation. Throws InputError for a column
// that is not there.
std::string to_table(const Grid& grid, const SweepResult& result, Rows rows,
                     const reports::TableView& view);
void require_columns(const Grid& grid, const reports::TableView& view);

// schema "boardless.sweep/1", docs/sweep.schema.json: every point, with a value for each field that
// it has.
std::string to_json(const Grid& grid, const SweepResult& result);
// A row for each point, RFC 4180; a column for each field.
std::string to_csv(const Grid& grid, const SweepResult& result);

// One self-contained page: no network at view time. `command` made it; empty: not said.
std::string to_html(const Grid& grid, const SweepResult& result, const std::string& command = {});

// The names that expressions can use, with their meanings.
std::string fields_table(const reports::TableView& view);

}  // namespace boardless::exploration
