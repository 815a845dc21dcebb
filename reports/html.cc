// The result document as one self-contained HTML page.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/packed_text.h"
#include "base/visible_text.h"
#include "cost_models/stall_meaning.h"
#include "reports/json_text.h"
#include "reports/json_writer.h"
#include "reports/page.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

constexpr std::string_view kBaselineMark = "@boardless-baseline@";
constexpr std::string_view kCausesMark = "@boardless-causes@";

// What each stall cause means, by its name.
std::string causes_json() {
  nlohmann::json meanings;
  for (std::size_t i = 0; i < cost_models::kStallCauses; ++i) {
    const auto cause = static_cast<cost_models::StallCause>(i);
    meanings[std::string(stall_cause_name(cause))] = stall_cause_meaning(cause);
  }
  return meanings.dump();
}

std::string packed_document(const prediction::Document& document) {
  return packed_text(json_text(document_json(document), -1));
}

}  // namespace

std::string to_html(const prediction::Document& document, const PageNotes& notes) {
  const bool layers =
      document.predictions.size() == 1;  // of more, the text would outweigh the page
  return fill_page(Page::kPrediction,
                   {{kDocumentMark, packed_document(document)},
                    {kBaselineMark, notes.baseline ? packed_document(*notes.baseline) : ""},
                    {kCausesMark, script_safe(causes_json())},
                    {kCommandMark, html_escaped(visible(notes.command))},
                    {kTextMark, html_escaped(to_table(document, layers))}});
}

}  // namespace boardless::reports
