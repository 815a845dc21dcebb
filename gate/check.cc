// Limit by limit.
#include "gate/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/suggest.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "gate/explanation.h"
#include "reports/figures.h"

namespace boardless::gate {
namespace {

// What is judged, and what it was.
struct Measured {
  std::string scope;
  const Figures& figures;
  const Figures* baseline = nullptr;
  std::string cause;
};

class PairJudge {
 public:
  PairJudge(const Entry& entry, AnsweredPair answer, const Subject* baseline)
      : entry_(entry), baseline_(baseline), pair_{std::move(answer), {}, {}} {}

  CheckedPair judged() {
    if (!pair_.answer.subject) {
      add_unchecked("answer", "answered", entry_.place,
                    std::string(reports::kind_text(pair_.answer.kind)), pair_.answer.reason);
      return std::move(pair_);
    }
    if (baseline_ != nullptr) pair_.comparison = compare(*baseline_, *pair_.answer.subject);
    judge_fit();
    judge_failures();
    judge_limits(entry_.limits, {"", pair_.answer.subject->figures,
                                 baseline_ == nullptr ? nullptr : &baseline_->figures,
                                 pair_.comparison ? cause_text(*pair_.comparison) : ""});
    judge_output();
    judge_layers();
    judge_groups(entry_.operators, Grouping::kOperator, "operator");
    judge_groups(entry_.functions, Grouping::kFunction, "function");
    judge_regions();
    return std::move(pair_);
  }

 private:
  Verdict& add(Verdict verdict) {
    verdict.model = pair_.answer.model;
    verdict.target = pair_.answer.target;
    verdict.options = pair_.answer.options;
    return pair_.verdicts.emplace_back(std::move(verdict));
  }

  Verdict& add_answer(const char* what, const std::string& limit, const Place& place,
                      const std::string& value, bool holds, const std::string& cause) {
    Verdict verdict;
    verdict.what = what;
    verdict.limit = limit;
    verdict.place = place;
    verdict.value = value;
    verdict.holds = holds;
    verdict.cause = cause;
    return add(std::move(verdict));
  }

  void add_unchecked(const char* what, const std::string& limit, const Place& place,
                     const std::string& value, const std::string& cause) {
    add_answer(what, limit, place, value, false, cause).checked = false;
  }

  void judge_fit() {
    if (entry_.firmware || !entry_.must_fit) return;
    const bool fits = pair_.answer.misfits.empty();
    add_answer("fits", "yes", entry_.place, fits ? "yes" : "no", fits,
               fmt::format("{}", fmt::join(pair_.answer.misfits, "; ")));
  }

  void judge_failures() {
    for (const std::string& failure : pair_.answer.failures) {
      add_answer(entry_.firmware ? "end" : "output", "right", entry_.place, "wrong", false,
                 visible(failure));
    }
  }

  void judge_limits(const std::vector<Limit>& limits, const Measured& measured) {
    for (const Limit& limit : limits) {
      const std::optional<double> value = limit.figure->of(measured.figures);
      const std::optional<double> before =
          measured.baseline == nullptr ? std::nullopt : limit.figure->of(*measured.baseline);
      Verdict verdict;
      if (!value) {
        verdict = not_checked(limit, fmt::format("{} is not modelled here", limit.figure->name));
      } else if (needs_baseline(limit) && !before) {
        throw InputError(
            fmt::format("{}: the baseline does not have the {} of {}{}{}; 'boardless check {} "
                        "--update' writes it",
                        limit.place.text(), limit.figure->name, name(),
                        measured.scope.empty() ? "" : ", ", measured.scope, limit.place.file));
      } else {
        // What cycles are lost to says nothing of bytes.
        const bool is_of_bytes = limit.figure->kind == NumberKind::kBytes;
        verdict = judge(limit, *value, before, is_of_bytes ? "" : measured.cause);
      }
      verdict.scope = measured.scope;
      add(std::move(verdict));
    }
  }

  void judge_output() {
    if (!entry_.output) return;
    const OutputLimit& limit = *entry_.output;
    const std::string& is = pair_.answer.subject->output_sha256;
    if (is.empty()) {
      return add_unchecked("output", limit.text, limit.place, "-", "outputs are not computed here");
    }
    if (limit.sha256.empty() && baseline_->output_sha256.empty()) {
      throw InputError(
          fmt::format("{}: the baseline has no output of {}", limit.place.text(), name()));
    }
    const std::string& expected = limit.sha256.empty() ? baseline_->output_sha256 : limit.sha256;
    constexpr std::size_t kDigits = 12;
    add_answer("output", limit.text, limit.place, is.substr(0, kDigits), is == expected,
               is == expected ? "" : "its digest is to be " + expected.substr(0, kDigits));
  }

  // By number, name, or a pattern of names.
  static bool is_meant(const Part& part, const std::string& name) {
    return name == part.name || name == std::to_string(part.index) ||
           ::fnmatch(name.c_str(), part.name.c_str(), 0) == 0;
  }

  void judge_layers() {
    const std::vector<Part>& parts = pair_.answer.subject->parts;
    for (const PartLimits& limits : entry_.layers) {
      bool found = false;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!is_meant(parts[i], limits.name)) continue;
        found = true;
        judge_layer(i, limits);
      }
      if (found) continue;
      std::vector<std::string> names;
      for (const Part& part : parts) names.push_back(part.name);
      fail_unknown(limits, "layer", names);
    }
  }

  // Against the layer of the baseline that the comparison paired it with; those of the new document
  // come first there.
  void judge_layer(std::size_t i, const PartLimits& limits) {
    const Part& part = pair_.answer.subject->parts[i];
    const PartComparison* compared = pair_.comparison ? &pair_.comparison->parts[i] : nullptr;
    const bool is_known = compared != nullptr && compared->presence == Presence::kBoth;
    judge_limits(limits.limits,
                 {fmt::format("layer {} {}", part.index, visible(part.name)), part.figures,
                  is_known ? &baseline_->parts[compared->before].figures : nullptr,
                  compared == nullptr ? "" : cause_text(*compared)});
  }

  // Against the same in the baseline; what was never passed is not there.
  void judge_regions() {
    for (const PartLimits& limits : entry_.regions) {
      const Part* region = find_region(*pair_.answer.subject, limits.name);
      const Part* was = baseline_ == nullptr ? nullptr : find_region(*baseline_, limits.name);
      const std::string scope = fmt::format("region {}", visible(limits.name));
      if (region != nullptr) {
        judge_limits(limits.limits,
                     {scope, region->figures, was == nullptr ? nullptr : &was->figures, ""});
        continue;
      }
      for (const Limit& limit : limits.limits) {
        Verdict verdict = not_checked(limit, "the run never passed it");
        verdict.scope = scope;
        add(std::move(verdict));
      }
    }
  }

  static const Part* find_region(const Subject& subject, const std::string& name) {
    const auto found = std::ranges::find_if(subject.parts, [&](const Part& part) {
      return part.op == kRegionOp && part.name == visible(name);
    });
    return found == subject.parts.end() ? nullptr : &*found;
  }

  void judge_groups(const std::vector<PartLimits>& wanted, Grouping by, const char* noun) {
    if (wanted.empty()) return;
    const std::vector<Part> groups = grouped(*pair_.answer.subject, by);
    const std::vector<Part> before =
        baseline_ == nullptr ? std::vector<Part>{} : grouped(*baseline_, by);
    for (const PartLimits& limits : wanted) {
      const auto group = std::ranges::find(groups, limits.name, &Part::name);
      if (group == groups.end()) {
        std::vector<std::string> names;
        for (const Part& each : groups) names.push_back(each.name);
        fail_unknown(limits, noun, names);
      }
      const auto was = std::ranges::find(before, limits.name, &Part::name);
      const bool is_known = was != before.end();
      judge_limits(limits.limits, {fmt::format("{} {}", noun, visible(group->name)), group->figures,
                                   is_known ? &was->figures : nullptr,
                                   is_known ? cause_text(compare_part(*was, *group)) : ""});
    }
  }

  [[noreturn]] void fail_unknown(const PartLimits& limits, const char* noun,
                                 const std::vector<std::string>& names) const {
    constexpr std::size_t kShown = 8;
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i) {
      shown.push_back(visible(names[i]));
    }
    const std::string near = did_you_mean(limits.name, names);
    throw InputError(fmt::format(
        "{}: {} has no {} '{}'{}", limits.place.text(), name(), noun, visible(limits.name),
        near.empty() ? fmt::format("; known are {}{}", fmt::join(shown, ", "),
                                   names.size() > kShown ? " and others" : "")
                     : visible(near)));
  }

  std::string name() const {
    return fmt::format("{} on {}", visible(pair_.answer.model), visible(pair_.answer.target));
  }

  const Entry& entry_;
  const Subject* baseline_;
  CheckedPair pair_;
};

const Subject* row_for(const Entry& entry, const AnsweredPair& answer, const Baseline* baseline) {
  if (baseline == nullptr || !answer.subject) return nullptr;
  const Subject* row = baseline->find(answer.model, answer.target, answer.options);
  if (row == nullptr && needs_baseline(entry)) {
    throw InputError(fmt::format(
        "{}: the baseline has no row for {} on {}{}{}; 'boardless check {} --update' writes it",
        entry.place.text(), visible(answer.model), visible(answer.target),
        answer.options.empty() ? "" : ", ", visible(answer.options), visible(entry.place.file)));
  }
  return row;
}

// What is not checked any more is not to look as if it were.
void refuse_stale_rows(const Budget& budget, const std::vector<AnsweredPair>& answers,
                       const Baseline& baseline) {
  for (const Subject& row : baseline.rows) {
    const bool is_asked = std::ranges::any_of(answers, [&](const AnsweredPair& answer) {
      return answer.model == row.model && answer.target == row.target &&
             answer.options == row.options;
    });
    if (is_asked) continue;
    throw InputError(
        fmt::format("{}: '{} on {}{}{}' is of no entry of {} any more; 'boardless check {} "
                    "--update' removes it",
                    visible(budget.baseline), visible(row.model), visible(row.target),
                    row.options.empty() ? "" : ", ", visible(row.options), visible(budget.file),
                    visible(budget.file)));
  }
}

}  // namespace

CheckResult judge(const Budget& budget, std::vector<AnsweredPair> answers,
                  const Baseline* baseline) {
  if (baseline != nullptr) refuse_stale_rows(budget, answers, *baseline);
  CheckResult result{
      budget.file, budget.baseline, baseline == nullptr ? "" : baseline->version, {}};
  for (AnsweredPair& answer : answers) {
    const Entry& entry = budget.entries[answer.entry];
    const Subject* row = row_for(entry, answer, baseline);
    result.pairs.push_back(PairJudge(entry, std::move(answer), row).judged());
  }
  return result;
}

Baseline baseline_of(const std::vector<AnsweredPair>& answers) {
  Baseline baseline{version(), {}};
  for (const AnsweredPair& answer : answers) {
    check(answer.subject.has_value(), "a baseline is made of answers");
    // Two entries may ask for the same.
    if (baseline.find(answer.model, answer.target, answer.options) == nullptr) {
      baseline.rows.push_back(*answer.subject);
    }
  }
  return baseline;
}

std::vector<Verdict> all_verdicts(const CheckResult& result) {
  std::vector<Verdict> verdicts;
  for (const CheckedPair& pair : result.pairs) {
    verdicts.insert(verdicts.end(), pair.verdicts.begin(), pair.verdicts.end());
  }
  return verdicts;
}

Comparison comparison_of(const CheckResult& result) {
  Comparison comparison;
  for (const CheckedPair& pair : result.pairs) {
    if (pair.comparison) comparison.subjects.push_back(*pair.comparison);
  }
  return comparison;
}

}  // namespace boardless::gate
