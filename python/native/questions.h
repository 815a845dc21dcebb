// What the package asks of boardless: each takes plain values and returns a document as JSON.
// Python's lock is not held meanwhile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "prediction/question.h"
#include "python/native/watch.h"

namespace boardless::python {

// An output tensor of a model's first run on a microcontroller, as a .npy file holds it.
struct ModelOutput {
  std::string model, name, npy;
};

struct Answer {
  std::string document;  // boardless.prediction/1
  std::vector<ModelOutput> outputs;
};

// As `boardless predict`.
Answer predict(const prediction::Question& question, Watch& watch);

// boardless.targets/1 of the words of -t.
std::string targets(const std::vector<std::string>& words);

struct SweepRequest {
  std::string space;                 // a YAML file
  std::string folder;                // in which the files lie that it names; empty: beside it
  std::optional<std::string> store;  // a file; empty: the default one; absent: nothing is kept
  unsigned jobs = 0;                 // threads; 0: one for each core
};
// boardless.sweep/1. What is answered when the watch is cancelled is in the store.
std::string sweep(const SweepRequest& request, Watch& watch);

struct RunRequest {
  std::string firmware, target, until_symbol, until_output;
  std::uint64_t max_cycles = 0;  // 0: no limit
  std::string uart_input;
  bool profile = false;
};
// boardless.run/1.
std::string run(const RunRequest& request, Watch& watch);

struct CheckRequest {
  std::string budget;  // a YAML file
  std::string folder;  // in which the files lie that it names; empty: beside it
  bool update = false;
};
// boardless.check/1.
std::string check(const CheckRequest& request, Watch& watch);

}  // namespace boardless::python
