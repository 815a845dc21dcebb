// Golden rows of a core as data: tests/cost_models/golden/CORE.yaml says what code costs there and
// why.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "cost_models/core_model.h"
#include "cost_models/stall_cause.h"

namespace boardless::cost_models {

struct GoldenRow {
  std::string what;          // section and code, for messages
  int line = 0;              // in its file
  std::size_t position = 0;  // of the expected value in the file's text
  Cycles expected = 0;
  bool recorded = false;  // a characterisation of the model, not derived from a document
  // What the row measures on a model of the core, changed or not.
  std::function<Cycles(const CoreModel&)> measure;
};

// The folder of the golden files, and the cores that have one, sorted.
std::filesystem::path golden_folder();
std::vector<std::string> golden_cores();
// targets/cores/CORE.yaml of the source tree.
std::filesystem::path core_file(const std::string& core_name);

// Assembles and decodes all code of CORE.yaml for the bundled core of that name. Throws InputError
// naming file and line for a key, a section or code that is not understood.
//
// Each row has `is`, the expected number, and `why`, the document or key that says so; `recorded:
// true` marks what no document says. Sections, and what else their rows have:
//   issue     code                         the cycle in which the last instruction issues
//   cycles    code, at                     of the whole block; at: its address
//   refill    code, arrival, target, at    the cycle after `code` in which the target issues; at:
//                                          the target's address
//   rounds    blocks: [{at, code}], visits, rounds
//                                          blocks executed in the order of `visits`, so many times;
//                                          the last round's cycles, by the core's branch predictor
//   rings     jumps                        so many direct jumps in a ring, from their second round
//   divides   signed, operands: [dividend, divisor]      the whole duration
//   multiplies  operands: [first, second]  more than the least duration of a long multiply
//   unaligned   access: load|store, bytes, address       more than an aligned access
//   exceptions  of: entry|leave|tail_chain|fp_frame|cpuid
std::vector<GoldenRow> read_golden_rows(const std::string& core_name);

}  // namespace boardless::cost_models
