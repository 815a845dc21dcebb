// Views of compared documents. Each is a pure function of them: the same documents give the same
// bytes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gate/comparison.h"
#include "gate/document.h"
#include "gate/verdict.h"
#include "reports/table_view.h"

namespace boardless::gate {

// One document against the first one.
struct ComparedDocument {
  std::string before, after;  // their names
  std::string version_before, version_after;
  Comparison comparison;
  std::vector<NotAnswered> not_answered;  // in the new one
  std::vector<Verdict> verdicts;          // where limits were given
};

struct ComparisonStyle {
  reports::TableView view;  // of the pairs; parts take its width
  std::size_t parts = 5;    // of each pair, those that changed most
};

// Throws InputError for a column that is not there, naming the nearest.
void require_comparison_columns(const reports::TableView& view);
std::string to_table(const std::vector<ComparedDocument>& documents, const ComparisonStyle& style);
// Schema "boardless.comparison/1" (docs/documents.md).
std::string to_json(const std::vector<ComparedDocument>& documents);
// A self-contained page; `command` is shown at its foot.
std::string to_html(const std::vector<ComparedDocument>& documents, const std::string& command);
// For a merge request: the largest changes first, with their causes.
std::string to_markdown(const std::vector<ComparedDocument>& documents, std::size_t parts);

// What changed in it alone, the largest change first; empty: nothing.
std::string changes_markdown(const Comparison& comparison, std::size_t parts);

// Pairs by how much they changed, relative to what they were, the most first.
std::vector<const SubjectComparison*> by_change(const Comparison& comparison);
// "3 of 12 pairs changed; boardless: A -> B; compiler: …": what all changed pairs rest on now, and
// did not.
std::vector<std::string> common_basis(const Comparison& comparison);

}  // namespace boardless::gate
