// Errors of a record's rows, summed up.
#include "validation/record.h"

#include <cmath>
#include <utility>

#include "base/median.h"

namespace boardless::validation {
namespace {

std::optional<ErrorSummary> summary(const Record& record, bool bounds) {
  ErrorSummary result;
  std::vector<double> errors;
  for (const Row& row : record.rows) {
    if (row.status != Row::Status::kDone) continue;
    if ((row.basis == Basis::kOtherBuild) != bounds) continue;
    const double error = std::abs(row.error_percent());
    if (errors.empty() || error > result.worst_percent) {
      result.worst_percent = error;
      result.worst_program = row.program;
    }
    errors.push_back(error);
  }
  if (errors.empty()) return std::nullopt;
  result.rows = errors.size();
  result.median_percent = median(std::move(errors));
  return result;
}

}  // namespace

std::optional<ErrorSummary> judged_errors(const Record& record) { return summary(record, false); }
std::optional<ErrorSummary> bound_errors(const Record& record) { return summary(record, true); }

const char* status_text(Row::Status status) {
  switch (status) {
    case Row::Status::kDone:
      return "done";
    case Row::Status::kSkipped:
      return "skipped";
    case Row::Status::kFault:
      return "guest fault";
    case Row::Status::kNotModelled:
      return "not modelled";
    case Row::Status::kWrong:
      return "wrong answer";
  }
  return "";
}

}  // namespace boardless::validation
