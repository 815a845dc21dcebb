// Answers the points of a grid: prunes what bounds decide, asks the store, runs the rest on all
// cores, one functional run for all targets of a kernel image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/units.h"
#include "exploration/grid.h"
#include "exploration/outcome.h"
#include "prediction/memory_limit.h"
#include "store/result_store.h"

namespace boardless::exploration {

// By which proofs points are left out before they are run.
struct Pruning {
  bool fit = true;          // weights or activations alone exceed a memory
  bool constraints = true;  // a constraint cannot hold
  bool front = true;        // something answered is better in every objective
};

// A part of the points, for one of several machines: whole runs, dealt out in turn.
struct Shard {
  std::uint64_t number = 1, count = 1;
};

struct SweepOptions {
  unsigned jobs = 1;  // threads
  Pruning pruning;
  Shard shard;
  Bytes memory_limit = prediction::default_memory_limit();  // of this machine, for all threads
  store::ResultStore* store = nullptr;                      // null: nothing is kept
  bool only_stored = false;  // run nothing: what neither a bound nor the store decides is pending
};

struct SweepWatcher {
  // Points done and in all. From any thread, one call at a time.
  std::function<void(std::size_t done, std::size_t total)> progress;
  std::function<bool()> interrupted;  // from any thread
};

// The same points give the same result, whatever the threads do and the store holds: whom the front
// prunes is decided between waves of runs of fixed size. Throws InputError, before anything is
// run, when a constraint or an objective hangs on something that a point lacks.
SweepResult run_sweep(const Grid& grid, std::vector<Point> points, const SweepOptions& options,
                      const SweepWatcher& watcher);

// What a sweep would do.
struct SweepPlan {
  std::size_t points = 0, refused = 0, misfits = 0, beyond_constraints = 0, stored = 0;
  std::size_t to_run = 0;      // points that are left
  std::uint64_t runs = 0;      // functional runs that answer them
  double macs = 0;             // multiply-accumulates of those runs
  std::vector<Point> samples;  // a few of what is left, with all that share their runs
  double sample_macs = 0;      // of the samples' runs
};
SweepPlan plan_sweep(const Grid& grid, const std::vector<Point>& points,
                     const SweepOptions& options);

}  // namespace boardless::exploration
