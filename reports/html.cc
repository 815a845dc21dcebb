// The result document as one self-contained HTML page.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.h"
#include "cost_models/stall_meaning.h"
#include "reports/json_text.h"
#include "reports/json_writer.h"
#include "reports/page_template.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

// JSON that can stand inside a <script> element. Every "<" goes, so neither an end tag nor a
// comment can begin; U+2028 and U+2029 end a line in some script parsers.
std::string script_safe(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '<') {
      result += "\\u003c";
    } else if (json.substr(i, 3) == "\xE2\x80\xA8") {
      result += "\\u2028";
      i += 2;
    } else if (json.substr(i, 3) == "\xE2\x80\xA9") {
      result += "\\u2029";
      i += 2;
    } else {
      result += json[i];
    }
  }
  return result;
}

std::string html_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

void replace_mark(std::string& page, std::string_view mark, std::string_view text) {
  const std::size_t at = page.find(mark);
  check(at != std::string::npos, "the page template holds each of its marks");
  page.replace(at, mark.size(), text);
}

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
  std::string page;
  for (const std::string_view piece : page_template()) page += piece;
  // Back to front: what the document holds is never searched for a mark.
  replace_mark(page, kDocumentMark, script_safe(json_text(document_json(document), -1)));
  replace_mark(page, kCausesMark, script_safe(causes_json()));
  replace_mark(page, kTextMark, html_escaped(to_table(document, true)));
  return page;
}

}  // namespace boardless::reports
