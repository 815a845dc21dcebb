// A space resolved: its models, devices and options with their names looked up, its expressions
// read, and the points that there are.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "exploration/device.h"
#include "exploration/expression.h"
#include "exploration/figures.h"
#include "exploration/model_choice.h"
#include "exploration/space.h"
#include "prediction/kernel_source.h"

namespace boardless::exploration {

// The word for the planner that the runtime has.
inline constexpr char kOwnPlanner[] = "auto";

// How a model is run on microcontrollers.
struct RunOptions {
  prediction::KernelSource kernels;
  std::string runtime = "ahead-of-time";
  std::string planner = kOwnPlanner;  // of the arena
  int invocations = 1;
  std::string input;         // a file; empty: seeded random
  bool may_overlap = false;  // the planner lets outputs reach into inputs
};

// Indices into the grid's models, options and devices.
struct Point {
  std::uint32_t model = 0, options = 0, device = 0;
  bool operator==(const Point&) const = default;
};

struct Goal {
  bool maximize = false;
  std::string name;       // of the field
  std::size_t field = 0;  // into the vocabulary
};

// What is known of a point when an expression is evaluated: its figures, or bounds of them.
struct Bounds {
  double latency_ms = 0, energy_uj = 0, cycles = 0;
  double sram_bytes = 0, flash_bytes = 0;  // each at the least
};

struct Grid {
  std::string file;
  std::vector<ModelChoice> models;
  // How many values each parameter has, when one network over its parameters makes all models.
  std::vector<std::size_t> model_radices;
  std::vector<RunOptions> options;  // accelerators take the first one's place, and heed none
  std::vector<Device> devices;
  Vocabulary vocabulary;
  std::vector<Expression> conditions, constraints;
  std::vector<Goal> goals;
  Search search;

  // How many there are before conditions: microcontrollers with each of the options,
  // accelerators once.
  std::uint64_t size() const;
  std::uint64_t points_of_a_model() const;
  // Whether the conditions allow it.
  bool allows(const Point& point) const;
  // Calls `each` in order, models outermost, then options, then devices; false ends it.
  void for_each_point(const std::function<bool(const Point&)>& each) const;

  // Values of a point's fields, with its figures, or else bounds of them.
  FieldValues values(const Point& point, const Figures* figures) const;
  Bounds bounds(const Point& point) const;
  // What its model takes at the least.
  const prediction::FitBound& fit_bound(const Point& point) const;
  // "kws on stm32l4r5zi@80, reference, interpreter": options that the space varies.
  std::string name_of(const Point& point) const;
};

// Throws InputError naming file, line and key for what the space asks for and is not there; an
// expression that cannot be read; a condition on an answer, or one that hangs on what some points
// lack; an objective that is no number; a full grid of more than `most` points, before models are
// looked at.
Grid resolve(const Space& space, std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

// The points of the search, in order. Throws InputError when the conditions leave none, naming
// those that contradict each other, and when there are more than `most` to look at.
std::vector<Point> points_of(const Grid& grid, std::uint64_t most);

// Names and meanings of all fields but parameters and scores, for the documentation.
struct FieldMeaning {
  std::string name, meaning;
  bool is_result = false;
};
std::vector<FieldMeaning> field_meanings();

}  // namespace boardless::exploration
