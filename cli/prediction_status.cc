// The gravest thing in the document decides.
#include "cli/prediction_status.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace boardless::cli {
namespace {

using prediction::Document;
using prediction::Prediction;
using prediction::Unanswered;

bool has(const Document& document, Unanswered::Kind kind) {
  return std::ranges::any_of(document.unanswered,
                             [&](const Unanswered& each) { return each.kind == kind; });
}

struct Tally {
  int yes = 0, no = 0;
};

bool is_no(const Document& document, FailOn fail_on) {
  if (std::ranges::any_of(document.predictions, prediction::is_wrong)) return true;
  std::map<std::pair<std::string, std::string>, Tally> models;  // by name and digest
  for (const Prediction& p : document.predictions) {
    Tally& tally = models[{p.model, p.model_sha256}];
    ++(p.fits ? tally.yes : tally.no);
  }
  for (const Unanswered& each : document.unanswered) ++models[{each.model, each.model_sha256}].no;
  const auto says_no = [&](const Tally& tally) {
    return fail_on == FailOn::kAny ? tally.no > 0 : tally.yes == 0;
  };
  if (document.together && !document.together->empty()) {
    Tally together;
    for (const prediction::Together& row : *document.together) {
      ++(row.fits ? together.yes : together.no);
    }
    if (says_no(together)) return true;
  }
  return std::ranges::any_of(models, [&](const auto& entry) { return says_no(entry.second); });
}

}  // namespace

ExitStatus status_of(const Document& document, FailOn fail_on) {
  using Kind = Unanswered::Kind;
  if (has(document, Kind::kInterrupted)) return ExitStatus::kInterrupted;
  if (has(document, Kind::kBadInput)) return ExitStatus::kBadInput;
  if (has(document, Kind::kGuestFault)) return ExitStatus::kGuestFault;
  if (document.predictions.empty() && has(document, Kind::kNotModelled)) {
    return ExitStatus::kNotModelled;
  }
  return is_no(document, fail_on) ? ExitStatus::kNo : ExitStatus::kDone;
}

}  // namespace boardless::cli
