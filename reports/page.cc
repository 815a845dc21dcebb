#include "reports/page.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/error.h"

namespace boardless::reports {

// Every "<" goes, so neither an end tag nor a comment can begin; U+2028 and U+2029 end a line in
// some script parsers.
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
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string fill_page(Page page, const std::vector<PagePart>& parts) {
  std::string text;
  for (const std::string_view piece : page_template(page)) text += piece;
  std::vector<std::pair<std::size_t, const PagePart*>> places;
  for (const PagePart& part : parts) {
    const std::size_t at = text.find(part.mark);
    check(at != std::string::npos, "the page template holds each of its marks");
    places.emplace_back(at, &part);
  }
  std::ranges::sort(places);
  std::string filled;
  std::size_t from = 0;
  for (const auto& [at, part] : places) {
    filled.append(text, from, at - from);
    filled += part->text;
    from = at + part->mark.size();
  }
  return filled.append(text, from);
}

}  // namespace boardless::reports
