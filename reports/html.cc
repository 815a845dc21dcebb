// The result document as one self-contained HTML page.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "cost_models/stall_meaning.h"
#include "reports/json_text.h"
#include "reports/json_writer.h"
#include "reports/page.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

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

}  // namespace

std::string to_html(const prediction::Document& document) {
  return fill_page(Page::kPrediction,
                   {{kDocumentMark, script_safe(json_text(document_json(document), -1))},
                    {kCausesMark, script_safe(causes_json())},
                    {kTextMark, html_escaped(to_table(document, true))}});
}

}  // namespace boardless::reports
