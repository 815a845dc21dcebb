// One row after another: what is refused from shapes alone, what runs, what an accelerator prices.
#include "prediction/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "prediction/accelerator_prediction.h"
#include "prediction/asked_target.h"
#include "prediction/failure.h"
#include "prediction/fit_bound.h"
#include "prediction/model_source.h"
#include "prediction/together.h"
#include "workloads/operators/blocking.h"

namespace boardless::prediction {
namespace {

using Kind = Unanswered::Kind;

// Thrown through a run that is to end.
struct Interrupted : std::exception {};

// An interruption is what keeps a pair from its answer, too.
Refusal obstacle_text(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Interrupted&) {
    return {Kind::kInterrupted, "interrupted"};
  } catch (...) {
    return refusal_of(error);
  }
}

// A prediction, or why there is none.
struct Row {
  std::optional<Prediction> prediction;
  std::optional<Refusal> refusal;
  std::exception_ptr error;  // behind the refusal, where there is one
  Footprint footprint = {};  // of a prediction on a microcontroller
};

Row refused(std::exception_ptr error) { return {{}, obstacle_text(error), error}; }

// What keeps `work` from its end, an interruption too; null when nothing does.
template <class Work>
std::exception_ptr obstacle_of(const Work& work) {
  try {
    return failure_of(work);
  } catch (const Interrupted&) {
    return std::current_exception();
  }
}

// Of several invocations one behind the other, in a dimension of their own.
std::vector<OutputTensor> outputs_of(const workloads::Graph& graph, const ModelRun& run) {
  std::vector<OutputTensor> outputs;
  std::ptrdiff_t begin = 0;
  for (const int index : graph.outputs) {
    const workloads::Tensor& tensor = graph.tensors[static_cast<std::size_t>(index)];
    const std::ptrdiff_t end = begin + static_cast<std::ptrdiff_t>(tensor.bytes());
    OutputTensor& output = outputs.emplace_back(tensor.name, tensor.type, tensor.shape);
    if (run.outputs.size() > 1) {
      output.shape.insert(output.shape.begin(), static_cast<std::int32_t>(run.outputs.size()));
    }
    for (const std::vector<std::uint8_t>& bytes : run.outputs) {
      output.bytes.insert(output.bytes.end(), bytes.begin() + begin, bytes.begin() + end);
    }
    begin = end;
  }
  return outputs;
}

// What all rows of a question share.
struct Asked {
  const Question& question;
  const Watcher& watcher;
  std::vector<AskedTarget> targets;
  PredictOptions options;
  std::size_t done = 0, total = 0;

  bool interrupted() const { return watcher.interrupted && watcher.interrupted(); }
};

// Times of a host's operators, for what an accelerator leaves to a simulated microcontroller.
std::vector<double> times_on(const Asked& asked, const std::string& host,
                             const workloads::Graph& part) {
  PredictOptions options;
  options.runtime = asked.options.runtime;
  options.cores = asked.options.cores;
  options.planner = asked.options.planner;
  options.progress = [&](std::size_t, std::size_t) {
    if (asked.interrupted()) throw Interrupted();
  };
  if (const auto beyond = beyond_memory(part, asked.question.memory_limit)) {
    throw NotModelled("the part on the host: " + *beyond);
  }
  const Workload workload = make_workload(part, "", std::nullopt);
  const std::vector<targets::Target> target{targets::load_target(host)};
  std::vector<Prediction> predictions = predict(workload, target, options);
  std::vector<double> times;
  for (const Layer& layer : predictions.front().layers) times.push_back(layer.latency_ms);
  return times;
}

// One model of the question with a row for each target.
class ModelRows {
 public:
  ModelRows(Asked& asked, std::string argument)
      : asked_(asked),
        argument_(std::move(argument)),
        name_(visible_stem(argument_)),
        rows_(asked.targets.size()) {}

  // Reads the model, of a network of the zoo the shapes alone, and refuses what they refuse. Throws
  // InputError where the argument names nothing.
  void load() {
    const auto read = [&] { shapes_ = load_model_shapes(argument_); };
    if (!is_model_file(argument_)) {
      read();
    } else if (const std::exception_ptr error = failure_of(read)) {
      return refuse_open(error);
    }
    name_ = shapes_.graph.name;
    refuse_from_shapes();
  }

  // Operators that are left to run, on all images.
  std::size_t operators() const {
    const std::vector<targets::Target> open = open_mcus();
    return needed_images(open, *asked_.options.cores).size() * shapes_.graph.operators.size() *
           static_cast<std::size_t>(asked_.question.invocations);
  }

  void run() {
    if (asked_.interrupted()) return refuse_open(std::make_exception_ptr(Interrupted()));
    run_mcus();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_open(i)) rows_[i] = on_accelerator(*asked_.targets[i].accelerator());
    }
  }

  TogetherMember member_on(std::size_t i) const {
    const Row& row = rows_[i];
    if (row.prediction) return {name_, &*row.prediction, &row.footprint, {}};
    return {name_, nullptr, nullptr, row.refusal->reason};
  }

  void append_to(Document& document) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::vector<std::string>& remarks = asked_.targets[i].remarks;
      if (std::optional<Prediction>& prediction = rows_[i].prediction) {
        prediction->reasons.insert(prediction->reasons.end(), remarks.begin(), remarks.end());
        document.predictions.push_back(std::move(*prediction));
        continue;
      }
      const std::size_t row = document.predictions.size() + document.unanswered.size();
      const Refusal& refusal = *rows_[i].refusal;
      document.unanswered.push_back({row, name_, shapes_.sha256, asked_.targets[i].name,
                                     refusal.kind, refusal.reason, refusal.report});
    }
  }

  // The error behind the first row, when each row is refused for bad input.
  std::exception_ptr bad_input() const {
    const bool all = std::ranges::all_of(
        rows_, [](const Row& row) { return row.refusal && row.refusal->kind == Kind::kBadInput; });
    return all && !rows_.empty() ? rows_.front().error : nullptr;
  }

 private:
  bool is_open(std::size_t i) const { return !rows_[i].prediction && !rows_[i].refusal; }
  bool is_open_mcu(std::size_t i) const { return is_open(i) && asked_.targets[i].mcu() != nullptr; }
  std::vector<targets::Target> open_mcus() const {
    std::vector<targets::Target> mcus;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_open_mcu(i)) mcus.push_back(*asked_.targets[i].mcu());
    }
    return mcus;
  }

  void refuse_open(const std::exception_ptr& error) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_open(i)) rows_[i] = refused(error);
    }
  }

  void refuse_from_shapes() {
    const workloads::Blocking blocking = workloads::find_blocking(shapes_.graph);
    const cost_models::Planner planner =
        asked_.question.planner.value_or(asked_.options.runtime.planner);
    const bool may_overlap = planner == cost_models::Planner::kOverlapped;
    const FitBound bound = fit_bound(shapes_.graph, may_overlap);
    const bool is_large = is_simulated_only_where_it_fits(shapes_.graph, bound);
    const auto beyond = beyond_memory(shapes_.graph, asked_.question.memory_limit);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const AskedTarget& target = asked_.targets[i];
      if (target.refused) {
        rows_[i].refusal = Refusal{Kind::kNotPossible, *target.refused};
      } else if (target.mcu() != nullptr && !blocking.empty()) {
        rows_[i].refusal =
            Refusal{Kind::kNotModelled, fmt::format("{}: {}", name_, blocking.text())};
      } else if (target.mcu() != nullptr && is_large) {
        if (auto reason = cannot_fit(bound, *target.mcu())) {
          rows_[i].refusal = Refusal{Kind::kDoesNotFit, std::move(*reason)};
        }
      }
      if (target.mcu() != nullptr && is_open(i) && beyond) {
        rows_[i].refusal = Refusal{Kind::kNotPossible, *beyond};
      }
    }
  }

  Workload load_workload() {
    LoadedModel model = shapes_.sha256.empty() ? load_model(argument_) : shapes_;
    shapes_.sha256 = model.sha256;
    name_ = model.graph.name;
    return make_workload(std::move(model.graph), std::move(model.sha256), asked_.question.input,
                         asked_.question.invocations);
  }

  // One answer for each of `targets`.
  std::vector<Answer> answers_on(const std::vector<targets::Target>& targets) {
    const Workload workload = load_workload();
    bool is_first = true;
    asked_.options.on_run = [&](const ModelRun& run) {
      if (std::exchange(is_first, false) && asked_.watcher.outputs) {
        asked_.watcher.outputs(argument_, outputs_of(workload.graph, run));
      }
    };
    const std::size_t before = asked_.done;
    asked_.options.progress = [&](std::size_t done, std::size_t) {
      asked_.done = before + done;
      if (asked_.watcher.progress) asked_.watcher.progress(argument_, asked_.done, asked_.total);
      if (asked_.interrupted()) throw Interrupted();
    };
    return answers(workload, targets, asked_.options);
  }

  void run_mcus() {
    const std::vector<targets::Target> targets = open_mcus();
    if (targets.empty()) return;
    std::vector<Answer> answered(targets.size());
    const std::exception_ptr error = obstacle_of([&] { answered = answers_on(targets); });
    auto answer = answered.begin();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!is_open_mcu(i)) continue;
      if (error || answer->error) {
        rows_[i] = refused(error ? error : answer->error);
      } else {
        rows_[i].prediction = std::move(answer->prediction);
        rows_[i].footprint = std::move(answer->footprint);
      }
      ++answer;
    }
  }

  Row on_accelerator(const AskedAccelerator& accelerator) {
    const auto host_times = [&](const std::string& host, const workloads::Graph& part) {
      return times_on(asked_, host, part);
    };
    Row row;
    const std::exception_ptr error = obstacle_of([&] {
      if (asked_.interrupted()) throw Interrupted();
      row.prediction = predict_on_accelerator(shapes_.graph, shapes_.sha256, accelerator.model,
                                              accelerator.configuration, host_times);
    });
    return error ? refused(error) : row;
  }

  Asked& asked_;
  const std::string argument_;
  std::string name_;
  LoadedModel shapes_;  // of a file: all of it
  std::vector<Row> rows_;
};

std::vector<targets::Target> mcus_of(const std::vector<AskedTarget>& asked) {
  std::vector<targets::Target> mcus;
  for (const AskedTarget& target : asked) {
    if (target.mcu() != nullptr && !target.refused) mcus.push_back(*target.mcu());
  }
  return mcus;
}

// One row for each target.
std::vector<Together> together(const Asked& asked, const std::vector<ModelRows>& models) {
  TogetherRows rows(asked.options);
  std::vector<Together> result;
  for (std::size_t i = 0; i < asked.targets.size(); ++i) {
    const AskedTarget& target = asked.targets[i];
    std::vector<TogetherMember> members;
    for (const ModelRows& model : models) members.push_back(model.member_on(i));
    result.push_back(target.mcu() != nullptr
                         ? rows.on_mcu(*target.mcu(), members)
                         : TogetherRows::not_answered(
                               target.name, members,
                               "several models in an accelerator at once are not modelled"));
  }
  return result;
}

}  // namespace

Document answer(const Question& question, const Watcher& watcher) {
  return answer(question, resolve_targets(question), watcher);
}

Document answer(const Question& question, std::vector<AskedTarget> targets,
                const Watcher& watcher) {
  Asked asked{question, watcher, std::move(targets), {}, 0, 0};
  asked.options.runtime = cost_models::load_runtime(question.runtime);
  asked.options.planner = question.planner;
  const std::vector<targets::Target> mcus = mcus_of(asked.targets);

  std::vector<ModelRows> models;
  for (const std::string& model : question.models) {
    models.emplace_back(asked, model);
    models.back().load();
    asked.total += models.back().operators();
  }
  choose_kernels(question.kernels, mcus, asked.options, watcher.compiling);
  for (ModelRows& model : models) model.run();

  const auto is_bad = [](const ModelRows& model) { return model.bad_input() != nullptr; };
  if (!models.empty() && std::ranges::all_of(models, is_bad)) {
    std::rethrow_exception(models.front().bad_input());
  }
  Document document{version(), {}, {}};
  if (question.together) document.together = together(asked, models);
  for (ModelRows& model : models) model.append_to(document);
  return document;
}

}  // namespace boardless::prediction
