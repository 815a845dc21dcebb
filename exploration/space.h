// A space of design points as its YAML file says it: axes, conditions between them, constraints on
// the answers, and what is to be as small or as large as can be. docs/sweep.md explains every key.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "exploration/axis_values.h"

namespace boardless::exploration {

// A network of the zoo over its parameters.
struct NetworkAxis {
  AxisValue network;
  std::vector<std::pair<std::string, std::vector<AxisValue>>> parameters;
};

// At what microcontrollers run.
struct ClockAxis {
  enum class Kind { kOwn, kOperatingPoints, kList };
  Kind kind = Kind::kOwn;
  std::vector<std::uint32_t> hz;  // of a list
};

// What is asked of accelerators; each axis reaches those that have a choice there.
struct AcceleratorAxes {
  std::vector<std::uint32_t> clock_hz;
  std::vector<std::string> link, device_use, weights_in, input_range;
  std::vector<int> devices, weight_bits;
};

// An expression, not yet read.
struct Statement {
  std::string text;
  std::string place;  // "FILE:LINE: key 'KEY'"
};

struct Objective {
  bool maximize = false;
  Statement field;  // a name
};

// A CSV file with the columns `model` and, for each score, its name.
struct ScoreFile {
  std::string name;  // of the score
  std::string file;
  std::string place;
};

struct Search {
  enum class Method { kGrid, kLatinHypercube, kSobol };
  Method method = Method::kGrid;
  std::size_t points = 0;  // of a sample
  std::uint64_t seed = 1;
};

struct Space {
  std::string file;
  std::vector<AxisValue> models;  // words of MODEL, and patterns of file names
  std::vector<NetworkAxis> networks;
  std::vector<std::string> targets;  // words of -t
  ClockAxis clock;
  std::vector<std::string> placements,
      withouts;  // of microcontrollers: "constants=dtcm, arena=sram1"
  AcceleratorAxes accelerators;
  std::vector<std::string> kernels, kernel_flags, kernel_compilers, runtimes, planners, inputs;
  std::vector<int> invocations;
  std::vector<Statement> when, constraints;
  std::vector<Objective> objectives;
  std::vector<ScoreFile> scores;
  Search search;
};

// Files that it names are taken as lying in `folder`, or beside it where that is empty. Throws
// InputError naming file, line and key: an unknown one (with the nearest), an axis without values,
// no models or no targets.
Space read_space(const std::filesystem::path& file, const std::filesystem::path& folder = {});

}  // namespace boardless::exploration
