// What changed, and which limits hold, as one self-contained HTML page.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "base/packed_text.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "gate/check_views.h"
#include "gate/comparison_json.h"
#include "gate/comparison_views.h"
#include "reports/figures.h"
#include "reports/json_text.h"
#include "reports/page.h"
#include "reports/stall_meanings.h"

namespace boardless::gate {
namespace {

using Json = nlohmann::ordered_json;

// `facts`: schema, title, summary.
std::string page_of(Json facts, const std::vector<ComparedDocument>& documents,
                    const std::string& text, const std::string& command) {
  Json json = std::move(facts);
  json["version"] = version();
  json["comparisons"] = comparisons_json(documents);
  return reports::fill_page(
      reports::Page::kComparison,
      {{reports::kDocumentMark, packed_text(reports::json_text(json, -1))},
       {reports::kCausesMark, reports::script_safe(reports::stall_meanings_json())},
       {reports::kCommandMark, reports::html_escaped(visible(command))},
       {reports::kTextMark, reports::html_escaped(text)}});
}

}  // namespace

std::string to_html(const std::vector<ComparedDocument>& documents, const std::string& command) {
  std::string title = documents.front().before;
  for (const ComparedDocument& document : documents) title += " → " + document.after;
  return page_of({{"schema", "boardless.comparison/1"}, {"title", title}, {"summary", ""}},
                 documents, to_table(documents, {}), command);
}

std::string to_html(const CheckResult& result, const std::string& command) {
  ComparedDocument document{result.baseline,     result.budget,         result.baseline_version,
                            version(),           comparison_of(result), {},
                            all_verdicts(result)};
  for (const CheckedPair& pair : result.pairs) {
    if (pair.answer.subject) continue;
    document.not_answered.push_back(
        {pair.answer.model, pair.answer.target,
         fmt::format("{}: {}", reports::kind_text(pair.answer.kind), pair.answer.reason)});
  }
  return page_of(
      {{"schema", "boardless.check/1"}, {"title", result.budget}, {"summary", summary(result)}},
      {document}, to_table(result, {}), command);
}

}  // namespace boardless::gate
