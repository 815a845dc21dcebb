// One row after another: what is refused from shapes alone, what runs, what an accelerator prices.
#include "prediction/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/version.h"
#include "prediction/accelerator_prediction.h"
#include "prediction/asked_target.h"
#include "prediction/fit_bound.h"
#include "prediction/model_source.h"
#include "workloads/operators/blocking.h"

namespace boardless::prediction {
namespace {

using Kind = Unanswered::Kind;

// Thrown through a run that is to end.
struct Interrupted : std::exception {};

struct Refusal {
  Kind kind;
  std::string reason;
  std::string report = {};
};

// What an error says of the pair that it kept from an answer.
Refusal refusal_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const NotModelled& e) {
    return {Kind::kNotModelled, e.what()};
  } catch (const GuestFault& e) {
    return {Kind::kGuestFault, e.what(), e.report()};
  } catch (const InputError& e) {
    return {Kind::kBadInput, e.what()};
  } catch (const Interrupted&) {
    return {Kind::kInterrupted, "interrupted"};
  }
}

// A prediction, or why there is none.
struct Row {
  std::optional<Prediction> prediction;
  std::optional<Refusal> refusal;
  std::exception_ptr error;  // behind the refusal, where there is one
};

Row refused(std::exception_ptr error) { return {{}, refusal_of(error), error}; }

std::vector<OutputTensor> outputs_of(const workloads::Graph& graph, const ModelRun& run) {
  std::vector<OutputTensor> outputs;
  auto bytes = run.output.begin();
  for (const int index : graph.outputs) {
    const workloads::Tensor& tensor = graph.tensors[static_cast<std::size_t>(index)];
    const auto end = bytes + static_cast<std::ptrdiff_t>(tensor.bytes());
    outputs.push_back({tensor.name, tensor.type, tensor.shape, {bytes, end}});
    bytes = end;
  }
  return outputs;
}

// What all rows of a question share.
struct Asked {
  const Question& question;
  const Watcher& watcher;
  std::vector<AskedTarget> targets;
  PredictOptions options;
  std::size_t images = 0;  // kernel images that the targets need
  std::size_t done = 0, total = 0;

  bool interrupted() const { return watcher.interrupted && watcher.interrupted(); }
};

// Times of a host's operators, for what an accelerator leaves to a simulated microcontroller.
std::vector<double> times_on(const Asked& asked, const std::string& host,
                             const workloads::Graph& part) {
  PredictOptions options;
  options.runtime = asked.options.runtime;
  options.progress = [&](std::size_t, std::size_t) {
    if (asked.interrupted()) throw Interrupted();
  };
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
      : asked_(asked), argument_(std::move(argument)), rows_(asked.targets.size()) {}

  // Reads the model, of a network of the zoo the shapes alone, and refuses what they refuse.
  void load() {
    try {
      shapes_ = load_model_shapes(argument_);
    } catch (const InputError&) {
      return refuse_all(std::current_exception());
    } catch (const NotModelled&) {
      return refuse_all(std::current_exception());
    }
    name_ = shapes_.graph.name;
    refuse_from_shapes();
  }

  // Operators that are left to run, on all images.
  std::size_t operators() const {
    return has_open_mcu() ? asked_.images * shapes_.graph.operators.size() : 0;
  }

  void run() {
    if (asked_.interrupted()) return refuse_open(std::make_exception_ptr(Interrupted()));
    if (has_open_mcu()) run_mcus();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_open(i)) rows_[i] = on_accelerator(*asked_.targets[i].accelerator());
    }
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
      document.unanswered.push_back(
          {row, name_.empty() ? std::filesystem::path(argument_).stem().string() : name_,
           shapes_.sha256, asked_.targets[i].name, rows_[i].refusal->kind, rows_[i].refusal->reason,
           rows_[i].refusal->report});
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
  bool has_open_mcu() const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_open_mcu(i)) return true;
    }
    return false;
  }

  void refuse_all(const std::exception_ptr& error) {
    for (Row& row : rows_) row = refused(error);
  }
  void refuse_open(const std::exception_ptr& error) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_open(i)) rows_[i] = refused(error);
    }
  }
  void refuse_open_mcus(const std::exception_ptr& error) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_open_mcu(i)) rows_[i] = refused(error);
    }
  }

  void refuse_from_shapes() {
    const workloads::Blocking blocking = workloads::find_blocking(shapes_.graph);
    const FitBound bound = fit_bound(shapes_.graph);
    const bool is_large = workloads::macs(shapes_.graph) > kSimulatedAlways;
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
    }
  }

  Workload load_workload() {
    LoadedModel model = shapes_.sha256.empty() ? load_model(argument_) : shapes_;
    if (shapes_.sha256.empty()) shapes_.sha256 = model.sha256;
    name_ = model.graph.name;
    return make_workload(std::move(model.graph), std::move(model.sha256), asked_.question.input);
  }

  void run_mcus() {
    std::vector<targets::Target> targets;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!is_open_mcu(i)) continue;
      targets.push_back(*asked_.targets[i].mcu());
      order.push_back(i);
    }
    try {
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
      std::vector<Answer> answered = answers(workload, targets, asked_.options);
      for (std::size_t i = 0; i < order.size(); ++i) {
        if (answered[i].error) {
          rows_[order[i]] = refused(answered[i].error);
        } else {
          rows_[order[i]].prediction = std::move(answered[i].prediction);
        }
      }
    } catch (const Interrupted&) {
      refuse_open_mcus(std::current_exception());
    } catch (const NotModelled&) {
      refuse_open_mcus(std::current_exception());
    } catch (const InputError&) {
      refuse_open_mcus(std::current_exception());
    }
  }

  Row on_accelerator(const AskedAccelerator& accelerator) {
    try {
      if (asked_.interrupted()) throw Interrupted();
      const auto host_times = [&](const std::string& host, const workloads::Graph& part) {
        return times_on(asked_, host, part);
      };
      return {predict_on_accelerator(shapes_.graph, shapes_.sha256, accelerator.model,
                                     accelerator.configuration, host_times),
              {},
              {}};
    } catch (const Interrupted&) {
      return refused(std::current_exception());
    } catch (const NotModelled&) {
      return refused(std::current_exception());
    } catch (const GuestFault&) {
      return refused(std::current_exception());
    } catch (const InputError&) {
      return refused(std::current_exception());
    }
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

}  // namespace

Document answer(const Question& question, const Watcher& watcher) {
  for (const std::string& model : question.models) require_model(model);
  Asked asked{question, watcher, resolve_targets(question), {}, 0, 0, 0};
  asked.options.runtime = cost_models::load_runtime(question.runtime);
  const std::vector<targets::Target> mcus = mcus_of(asked.targets);
  asked.images = needed_images(mcus).size();

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
  for (ModelRows& model : models) model.append_to(document);
  return document;
}

}  // namespace boardless::prediction
