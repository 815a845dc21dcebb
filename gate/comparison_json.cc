// Pair by pair, part by part.
#include "gate/comparison_json.h"

#include "base/version.h"
#include "gate/comparison_views.h"
#include "gate/verdict_json.h"
#include "reports/json_text.h"

namespace boardless::gate {
namespace {

using Json = nlohmann::ordered_json;

const char* presence_name(Presence presence) {
  switch (presence) {
    case Presence::kAdded:
      return "added";
    case Presence::kRemoved:
      return "removed";
    case Presence::kBoth:
      break;
  }
  return "both";
}

Json changes_json(const std::vector<FigureChange>& changes) {
  Json json = Json::object();
  for (const FigureChange& change : changes) {
    json[change.figure->field] = {{"before", figure_json(*change.figure, change.before)},
                                  {"after", figure_json(*change.figure, change.after)}};
  }
  return json;
}

Json causes_json(const std::vector<CauseChange>& causes) {
  Json json = Json::object();
  for (const CauseChange& change : causes) json[change.cause] = change.cycles;
  return json;
}

Json part_json(const PartComparison& part) {
  return {{"presence", presence_name(part.presence)},
          {"index", part.index},
          {"op", part.op},
          {"name", part.name},
          {"kernel_before", part.kernel_before},
          {"kernel_after", part.kernel_after},
          {"changes", changes_json(part.changes)},
          {"causes", causes_json(part.causes)}};
}

Json subject_json(const SubjectComparison& subject) {
  Json basis = Json::array(), parts = Json::array();
  for (const BasisChange& change : subject.basis) {
    basis.push_back({{"what", change.what}, {"before", change.before}, {"after", change.after}});
  }
  for (const PartComparison& part : subject.parts) parts.push_back(part_json(part));
  return {{"model", subject.model},
          {"target", subject.target},
          {"clock_hz", subject.clock_hz},
          {"options", subject.options},
          {"presence", presence_name(subject.presence)},
          {"changed", is_changed(subject)},
          {"fits_before", subject.fits_before},
          {"fits_after", subject.fits_after},
          {"output_changed", subject.output_changed},
          {"basis", std::move(basis)},
          {"changes", changes_json(subject.changes)},
          {"causes", causes_json(subject.causes)},
          {"parts", std::move(parts)}};
}

}  // namespace

Json comparisons_json(const std::vector<ComparedDocument>& documents) {
  Json comparisons = Json::array();
  for (const ComparedDocument& document : documents) {
    Json subjects = Json::array(), not_answered = Json::array();
    for (const SubjectComparison& subject : document.comparison.subjects) {
      subjects.push_back(subject_json(subject));
    }
    for (const NotAnswered& each : document.not_answered) {
      not_answered.push_back(
          {{"model", each.model}, {"target", each.target}, {"reason", each.reason}});
    }
    comparisons.push_back({{"before", document.before},
                           {"after", document.after},
                           {"version_before", document.version_before},
                           {"version_after", document.version_after},
                           {"pairs", std::move(subjects)},
                           {"not_answered", std::move(not_answered)},
                           {"verdicts", verdicts_json(document.verdicts)}});
  }
  return comparisons;
}

std::string to_json(const std::vector<ComparedDocument>& documents) {
  const Json json = {{"schema", "boardless.comparison/1"},
                     {"version", version()},
                     {"comparisons", comparisons_json(documents)}};
  return reports::json_text(json, 2) + '\n';
}

}  // namespace boardless::gate
