// The report pages without their documents, made from reports/page by the build.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace boardless::reports {

enum class Page : std::uint8_t { kPrediction, kSweep, kRun, kComparison };

// Pieces to be joined. The whole holds marks where the document belongs (reports/page.h).
std::span<const std::string_view> page_template(Page page);

}  // namespace boardless::reports
