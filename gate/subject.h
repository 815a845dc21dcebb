// What a gate compares and limits, whatever it was read from: a model on a target, or a run of
// firmware, with its parts, its stalls and what it rests on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gate/figure.h"
#include "prediction/firmware_run.h"
#include "prediction/prediction.h"

namespace boardless::gate {

// In place of an operator.
inline constexpr const char* kRegionOp = "region";

// A layer of a model, or a function or region of firmware; a region's figures are of its slowest
// pass.
struct Part {
  int index = 0;
  std::string op;      // "CONV_2D"; of a function empty, of a region kRegionOp
  std::string name;    // the output tensor's; the function's
  std::string kernel;  // "dsp_conv_2d_s8"; of a layer alone
  Figures figures;
  prediction::StallCycles stalls;  // sum to the cycles, where there are any
};

// What figures rest on. Empty: not known, or none.
struct Basis {
  std::string version;  // of boardless
  std::string model_sha256, data_sha256;
  std::string kernels, kernels_sha256, compiler, compiler_flags, runtime;
};

struct Subject {
  std::string model, target;  // of firmware its file's name
  std::uint32_t clock_hz = 0;
  std::string options;  // what else was asked for, as text; may be empty
  Basis basis;
  bool fits = true;
  std::string output_sha256;  // of firmware: of all that it printed; empty: not computed
  Figures figures;
  prediction::StallCycles stalls;
  std::vector<Part> parts;
};

Subject subject_of(const prediction::Prediction& prediction, const std::string& version);
// Of a run the regions that were passed are its parts, and with a profile the functions.
Part region_part(const std::string& name, int index, Cycles cycles, std::uint32_t clock_hz);
Subject subject_of(const prediction::FirmwareRun& run, const std::string& version);

// Parts of the same operator, or of the same kernel, as one; `name` says which. Empty where none
// is.
enum class Grouping { kOperator, kFunction };
std::vector<Part> grouped(const Subject& subject, Grouping by);

}  // namespace boardless::gate
