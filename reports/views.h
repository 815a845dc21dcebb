// Views of a result document. Each is a pure function of it: the same document gives the same
// bytes.
#pragma once

#include <string>

#include "prediction/prediction.h"
#include "reports/table_view.h"

namespace boardless::reports {

// Throws InputError for a column that the summary of to_table() does not have, naming the nearest.
void require_columns(const TableView& view);

struct TableStyle {
  TableView view;            // of the summary; layers take its width
  bool short_notes = false;  // say which figures rest on estimates, not on which
};

// Terminal tables: one row per (model, target); with `layers`, each prediction's layers below it.
// Throws InputError for a column that is not there.
std::string to_table(const prediction::Document& document, bool layers,
                     const TableStyle& style = {});
// schema "boardless.prediction/1", see docs/prediction.schema.json; two-space indent, newline at
// end.
std::string to_json(const prediction::Document& document);
// Throws InputError naming `source_name` when the text is not such a document.
prediction::Document from_json(const std::string& text, const std::string& source_name);
// One row per (model, target, layer) plus a total row with an empty layer index; RFC 4180 quoting.
// The columns are the same whatever the document holds.
std::string to_csv(const prediction::Document& document);
// What a page says beside its document.
struct PageNotes {
  std::string command;                             // that made it; empty: not said
  const prediction::Document* baseline = nullptr;  // a result of before, to set beside
};
// One self-contained page: no network at view time.
std::string to_html(const prediction::Document& document, const PageNotes& notes = {});

}  // namespace boardless::reports
