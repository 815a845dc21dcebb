// Models by the session, firmware by a run on each target.
#include "gate/answers.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "exploration/run_question.h"
#include "gate/firmware_answer.h"
#include "prediction/target_selection.h"
#include "reports/rows.h"

namespace boardless::gate {
namespace {

using prediction::Prediction;
using prediction::Unanswered;

AnsweredPair answered(const Prediction& prediction) {
  AnsweredPair pair;
  pair.subject = subject_of(prediction, version());
  pair.model = prediction.model;
  pair.target = prediction.target;
  if (!prediction.fits) pair.misfits = prediction.reasons;
  if (!prediction.fits && pair.misfits.empty()) pair.misfits = {"it does not fit"};
  if (prediction::is_wrong(prediction)) {
    pair.failures.emplace_back("the output differs from the host reference's");
  }
  return pair;
}

AnsweredPair refused(const Unanswered& unanswered) {
  AnsweredPair pair;
  pair.model = unanswered.model;
  pair.target = unanswered.target;
  pair.kind = unanswered.kind;
  pair.reason = unanswered.reason;
  pair.report = unanswered.report;
  return pair;
}

std::vector<AnsweredPair> of_models(const Entry& entry, const prediction::Watcher& watcher) {
  prediction::Question question = exploration::question_of(entry.options);
  question.models = entry.models;
  question.targets = entry.targets;
  question.clock_hz = entry.clock_hz;
  question.chip = entry.chip;
  std::vector<AnsweredPair> pairs;
  reports::for_each_row(
      prediction::answer(question, watcher),
      [&](const Prediction& prediction) { pairs.push_back(answered(prediction)); },
      [&](const Unanswered& unanswered) { pairs.push_back(refused(unanswered)); });
  return pairs;
}

std::vector<AnsweredPair> of_entry(const Entry& entry, const prediction::Watcher& watcher) {
  try {
    return entry.firmware ? firmware_answers(entry, watcher) : of_models(entry, watcher);
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", entry.place.text(), error.what()));
  }
}

}  // namespace

std::vector<AnsweredPair> answers(const Budget& budget, const prediction::Watcher& watcher) {
  std::vector<AnsweredPair> all;
  for (std::size_t i = 0; i < budget.entries.size(); ++i) {
    for (AnsweredPair& pair : of_entry(budget.entries[i], watcher)) {
      pair.entry = i;
      pair.options = budget.entries[i].options_text;
      if (pair.subject) pair.subject->options = pair.options;
      all.push_back(std::move(pair));
    }
  }
  return all;
}

}  // namespace boardless::gate
