// One question for each batch.
#include "exploration/batch_run.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "exploration/run_question.h"
#include "prediction/session.h"
#include "reports/json_text.h"
#include "reports/json_writer.h"
#include "reports/rows.h"

namespace boardless::exploration {
namespace {

using prediction::Document;
using prediction::Prediction;
using prediction::Unanswered;
using Kind = Unanswered::Kind;

// Kinds that follow from what the key is made of. Others hang on this machine, or cost nothing.
bool is_lasting(Kind kind) { return kind == Kind::kNotModelled || kind == Kind::kGuestFault; }

class Answers {
 public:
  Answers(const Grid& grid, const std::vector<Point>& points, const Batch& batch,
          const PointKeys* keys)
      : grid_(grid), points_(points), batch_(batch), keys_(keys) {}

  void add(const Prediction& prediction) {
    Outcome& outcome = answer_.outcomes.emplace_back();
    outcome.state = Outcome::State::kAnswered;
    outcome.figures = std::make_unique<Figures>(figures_of(prediction));
    if (keys_ == nullptr) return;
    Document alone{version(), {prediction}, {}};
    keep(alone, "answered", "", figures_text(*outcome.figures));
  }

  void add(const Unanswered& unanswered) {
    refuse(unanswered.kind, unanswered.reason);
    if (keys_ == nullptr || !is_lasting(unanswered.kind)) return;
    Document alone{version(), {}, {unanswered}};
    alone.unanswered.front().row = 0;
    keep(alone, std::string(prediction::kind_name(unanswered.kind)), unanswered.reason, "");
  }

  void refuse(Kind kind, const std::string& reason) {
    Outcome& outcome = answer_.outcomes.emplace_back();
    if (kind == Kind::kInterrupted) return;
    outcome.state = Outcome::State::kRefused;
    outcome.kind = kind;
    outcome.reason = reason;
  }

  BatchAnswer take() {
    check(answer_.outcomes.size() == batch_.points.size(), "each point of a batch has an answer");
    return std::move(answer_);
  }

 private:
  // Of the point whose outcome was added last.
  void keep(const Document& alone, const std::string& answer, const std::string& reason,
            const std::string& figures) {
    const Point& point = points_[batch_.points[answer_.outcomes.size() - 1]];
    const Device& device = grid_.devices[point.device];
    store::StoredResult result;
    result.key = keys_->key(point);
    result.version = version();
    result.model = visible(grid_.models[point.model].argument);
    result.target = device.target;
    result.clock_hz = device.clock_hz;
    result.options = device.is_accelerator ? "" : options_text(grid_.options[point.options]);
    result.answer = answer;
    result.reason = reason;
    result.figures = figures;
    result.document = reports::json_text(reports::document_json(alone), -1);
    answer_.to_store.push_back(std::move(result));
  }

  const Grid& grid_;
  const std::vector<Point>& points_;
  const Batch& batch_;
  const PointKeys* keys_;
  BatchAnswer answer_;
};

prediction::Question question_at(const Grid& grid, const Point& point, Bytes memory_limit) {
  prediction::Question question = question_of(grid.options[point.options]);
  question.models = {grid.models[point.model].argument};
  question.memory_limit = memory_limit;
  return question;
}

}  // namespace

BatchAnswer run_batch(const Grid& grid, const std::vector<Point>& points, const Batch& batch,
                      const PointKeys* keys, Bytes memory_limit,
                      const std::function<bool()>& interrupted) {
  std::optional<Answers> answers;
  answers.emplace(grid, points, batch, keys);
  std::vector<prediction::AskedTarget> targets;
  for (const std::size_t i : batch.points) targets.push_back(grid.devices[points[i].device].asked);
  prediction::Watcher watcher;
  watcher.interrupted = interrupted;
  try {
    const Document document = prediction::answer(
        question_at(grid, points[batch.points.front()], memory_limit), std::move(targets), watcher);
    reports::for_each_row(
        document, [&](const Prediction& prediction) { answers->add(prediction); },
        [&](const Unanswered& unanswered) { answers->add(unanswered); });
  } catch (const InputError& error) {
    // Nothing of the batch is answered: the model or its input.
    answers.emplace(grid, points, batch, keys);
    for (std::size_t i = 0; i < batch.points.size(); ++i) {
      answers->refuse(Kind::kBadInput, visible(error.what()));
    }
  }
  return answers->take();
}

bool outcome_of(const store::StoredResult& stored, Outcome& outcome) {
  if (stored.answer == "answered") {
    try {
      outcome.figures = std::make_unique<Figures>(read_figures(stored.figures));
    } catch (const InputError&) {
      return false;
    }
    outcome.state = Outcome::State::kAnswered;
  } else {
    const auto kind = std::ranges::find(prediction::kUnansweredKinds, stored.answer);
    if (kind == prediction::kUnansweredKinds.end()) return false;
    outcome.state = Outcome::State::kRefused;
    outcome.kind = static_cast<Kind>(kind - prediction::kUnansweredKinds.begin());
    outcome.reason = stored.reason;
  }
  outcome.from_store = true;
  return true;
}

}  // namespace boardless::exploration
