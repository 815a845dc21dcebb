// The report page without its document, made from reports/page by the build.
#pragma once

#include <span>
#include <string_view>

namespace boardless::reports {

// Pieces to be joined. The whole holds each mark once: where the document as JSON, what stall
// causes mean (JSON, by name) and the plain-text table belong.
std::span<const std::string_view> page_template();

inline constexpr std::string_view kDocumentMark = "@boardless-document@";
inline constexpr std::string_view kCausesMark = "@boardless-causes@";
inline constexpr std::string_view kTextMark = "@boardless-text@";

}  // namespace boardless::reports
