// What a result rests on: the numbers that took part in it, with their sources, and which of them
// are estimates.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cost_models/runtime.h"
#include "prediction/model_run.h"
#include "prediction/prediction.h"
#include "targets/ledger.h"
#include "targets/target.h"

namespace boardless::prediction {

// Collects, for each field of a result, the numbers behind it.
class Provenance {
 public:
  // `of` is what the result is about: its own numbers are named without their owner.
  explicit Provenance(std::string of) : of_(std::move(of)) {}

  // `what`: the field, such as "cycles".
  void add(const std::string& what, const targets::UsedNumbers& used);
  // The numbers that `ask` reads.
  template <class Ask>
  void ask(const std::string& what, const Ask& ask) {
    add(what, targets::numbers_behind(ask));
  }

  // Numbers of one file that share a source share a line: "KEY VALUE, KEY VALUE: SOURCE". Of many,
  // estimates name the first few.
  std::vector<Estimate> estimates() const;
  std::vector<std::string> sources() const;

 private:
  struct Field {
    std::string what;
    targets::UsedNumbers used;
  };

  std::string of_;
  std::vector<Field> fields_;
};

// While it lives, what the latencies of this thread's predictions rest on is added to `into`: for
// an accelerator, whose latency holds that of its host.
class LatencyRecorder {
 public:
  explicit LatencyRecorder(targets::UsedNumbers& into);
  ~LatencyRecorder();
  LatencyRecorder(const LatencyRecorder&) = delete;
  LatencyRecorder& operator=(const LatencyRecorder&) = delete;

 private:
  targets::UsedNumbers* before_;
};

// Fills estimates and sources of a target's prediction, whose other fields are there.
void fill_provenance(const Workload& workload, const ModelRun& run, std::size_t target_index,
                     const targets::Target& target, const cost_models::Runtime& runtime,
                     Prediction& prediction);

}  // namespace boardless::prediction
