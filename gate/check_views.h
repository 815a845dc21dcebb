// Views of a checked budget. Each is a pure function of it: the same result gives the same bytes.
#pragma once

#include <string>

#include "gate/check.h"
#include "reports/table_view.h"

namespace boardless::gate {

// Broken limits first, with their causes.
std::string to_table(const CheckResult& result, const reports::TableView& view);
// Schema "boardless.check/1" (docs/documents.md).
std::string to_json(const CheckResult& result);
// A self-contained page; `command` is shown at its foot.
std::string to_html(const CheckResult& result, const std::string& command);
// For a merge request: broken limits, then the largest changes since the baseline and their causes.
std::string to_markdown(const CheckResult& result);

// JUnit XML, as Jenkins and GitLab read it: a suite for each entry, a case for each limit.
std::string to_junit(const CheckResult& result);
// Workflow commands of GitHub: a line for each broken limit, at its line of the budget.
std::string to_github(const CheckResult& result);
// GitLab's code quality report: an issue for each broken limit.
std::string to_code_quality(const CheckResult& result);
// OpenMetrics, as GitLab's metrics report reads it: every figure of every pair.
std::string to_metrics(const CheckResult& result);

// "12 limits on 3 pairs hold", "2 of 12 limits on 3 pairs are broken".
std::string summary(const CheckResult& result);

}  // namespace boardless::gate
