// What validation asks of whoever runs programs: one marked run, or one talk over a serial port.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/units.h"
#include "targets/target.h"
#include "validation/mlperf_protocol.h"
#include "validation/record.h"
#include "validation/suite.h"

namespace boardless::validation {

// A part of a run.
struct MarkedCost {
  Cycles cycles = 0;
  std::uint64_t instructions = 0;
  std::map<std::string, Cycles> stalls;  // by cause
  std::vector<FunctionCost> functions;   // most cycles first; empty for a program without symbols
};

struct MarkedRun {
  MarkedCost cost;      // from the first begin of one function to the next begin of the other
  int exit_status = 0;  // of the program
  std::string text;     // what it wrote
};

struct LibraryRun {
  MarkedCost cost;  // functions: the kernels that ran
  double latency_ms = 0;
  std::string compiler, flags;
};

class Runner {
 public:
  virtual ~Runner() = default;

  // All throw GuestFault, NotModelled, and InputError for a program that never ends or lacks a
  // marker.
  virtual MarkedRun run_marked(const std::filesystem::path& program, const targets::Target& target,
                               const std::string& from, const std::string& to) = 0;
  // Until the script's stop text was printed; the cost is that of the whole run, and there is no
  // status.
  virtual MarkedRun run_script(const std::filesystem::path& program, const targets::Target& target,
                               const SerialScript& script) = 0;
  // Compiles the library in `folder` below `cache`, and runs the model's operators on its kernels.
  // Throws InputError too for what the compiler refuses.
  virtual LibraryRun run_library(const std::filesystem::path& folder, const KernelLibrary& library,
                                 const std::filesystem::path& model, const targets::Target& target,
                                 const std::filesystem::path& cache) = 0;
};

}  // namespace boardless::validation
