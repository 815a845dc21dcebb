// Judges figures.
#include "gate/verdict.h"

#include <algorithm>

#include "gate/explanation.h"

namespace boardless::gate {
namespace {

Verdict judge(const Limit& limit, const SubjectComparison& subject) {
  if (subject.presence == Presence::kAdded && needs_baseline(limit)) {
    return not_checked(limit, "the first document does not have it");
  }
  if (subject.presence == Presence::kRemoved) return not_checked(limit, "it is gone");
  const FigureChange* change = change_of(subject.changes, limit.figure->name);
  if (change == nullptr) return not_checked(limit, "there is no such figure");
  const bool is_new = subject.presence == Presence::kAdded;
  return judge(limit, change->after, is_new ? std::nullopt : std::optional<double>(change->before),
               cause_text(subject));
}

}  // namespace

Verdict not_checked(const Limit& limit, const std::string& why) {
  Verdict verdict;
  verdict.what = limit.figure->name;
  verdict.limit = limit.text;
  verdict.place = limit.place;
  verdict.value = "-";
  verdict.holds = verdict.checked = false;
  verdict.cause = why;
  return verdict;
}

Verdict judge(const Limit& limit, double value, std::optional<double> baseline,
              const std::string& cause) {
  Verdict verdict;
  verdict.what = limit.figure->name;
  verdict.limit = limit.text;
  verdict.place = limit.place;
  verdict.value = figure_text(*limit.figure, value);
  if (needs_baseline(limit)) verdict.bound = figure_text(*limit.figure, bound_of(limit, baseline));
  if (baseline) verdict.change = change_text(*limit.figure, *baseline, value);
  verdict.measured = value;
  verdict.baseline = baseline;
  verdict.holds = holds(limit, value, baseline);
  if (!verdict.holds) verdict.cause = cause;
  return verdict;
}

std::vector<Verdict> judge(const Limit& limit, const Comparison& comparison) {
  std::vector<Verdict> verdicts;
  for (const SubjectComparison& subject : comparison.subjects) {
    Verdict verdict = judge(limit, subject);
    verdict.model = subject.model;
    verdict.target = subject.target;
    verdict.options = subject.options;
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

bool all_hold(const std::vector<Verdict>& verdicts) {
  return std::ranges::all_of(verdicts, &Verdict::holds);
}

}  // namespace boardless::gate
