// A report page with its document in it: one self-contained file, no network at view time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/page_template.h"

namespace boardless::reports {

// What stands in place of a mark of the page's template: "@boardless-document@".
struct PagePart {
  std::string_view mark;
  std::string text;
};

// The template holds each mark once. What a part holds is never searched for a mark.
std::string fill_page(Page page, const std::vector<PagePart>& parts);

// JSON that can stand inside a <script> element.
std::string script_safe(std::string_view json);
// Text that can stand between tags.
std::string html_escaped(std::string_view text);

// Marks that every page has: the document as packed JSON (base/packed_text.h), the command that
// made it as text, and its figures as text for who runs no scripts.
inline constexpr std::string_view kDocumentMark = "@boardless-document@";
inline constexpr std::string_view kCommandMark = "@boardless-command@";
inline constexpr std::string_view kTextMark = "@boardless-text@";
// What stall causes mean, of the pages that show them.
inline constexpr std::string_view kCausesMark = "@boardless-causes@";

}  // namespace boardless::reports
