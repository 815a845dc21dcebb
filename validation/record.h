// The record of one validation run: a row per program, predicted beside published.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "validation/suite.h"

namespace boardless::validation {

// Where the cycles of a run went, a function at a time.
struct FunctionCost {
  std::string name;
  Cycles cycles = 0;
  std::uint64_t instructions = 0;
  bool operator==(const FunctionCost&) const = default;
};

struct Row {
  enum class Status {
    kDone,
    kSkipped,      // something to build or run it with is not here
    kFault,        // the simulated program did what its architecture forbids
    kNotModelled,  // met something that has no model
    kWrong,        // ran, but its own check of the answer failed, or it never ended
  };
  // What is compared.
  std::string program;  // "suite/name"
  std::string target;
  std::uint32_t clock_hz = 0;  // 0 when the target is not known
  Basis basis = Basis::kSameSource;
  std::string unit;
  Published published;
  std::string note;
  Status status = Status::kSkipped;
  std::string reason;  // of every status but kDone: one line
  // What the run gave; only when it is done.
  double predicted = 0;
  std::string compiler, flags;  // of the program that ran; empty for an image
  Cycles cycles = 0;            // of the measured part
  std::uint64_t instructions = 0;
  std::map<std::string, Cycles> stalls;  // by cause
  std::vector<FunctionCost> functions;   // most cycles first

  // Predicted against published in percent, positive when predicted is larger; only when done.
  double error_percent() const { return 100 * (predicted / published.value - 1); }
};

struct Record {
  std::string version;  // of boardless
  std::vector<Row> rows;
  bool interrupted = false;  // by the user: the rows that were not run are skipped
};

// Over the absolute errors of some rows.
struct ErrorSummary {
  std::size_t rows = 0;
  double median_percent = 0;
  double worst_percent = 0;
  std::string worst_program;
};

// Of the rows that are done and judge the model (same binary or same source), or of the bounds.
std::optional<ErrorSummary> judged_errors(const Record& record);
std::optional<ErrorSummary> bound_errors(const Record& record);

// schema: boardless.validation/1.
std::string to_json(const Record& record);
// Throws InputError naming `source` and the field that is missing or of another type.
Record read_record(std::string_view json, const std::string& source);

const char* status_text(Row::Status status);  // "done", "skipped", …

}  // namespace boardless::validation
