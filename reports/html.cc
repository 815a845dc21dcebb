// The result document as one self-contained HTML page.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/packed_text.h"
#include "base/visible_text.h"
#include "reports/json_text.h"
#include "reports/json_writer.h"
#include "reports/page.h"
#include "reports/stall_meanings.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

constexpr std::string_view kBaselineMark = "@boardless-baseline@";
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
                    {kCausesMark, script_safe(stall_meanings_json())},
                    {kCommandMark, html_escaped(visible(notes.command))},
                    {kTextMark, html_escaped(to_table(document, layers))}});
}

}  // namespace boardless::reports
