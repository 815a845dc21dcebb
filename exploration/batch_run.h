// Asks the session about one batch, and turns its document into outcomes and stored results.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exploration/batches.h"
#include "exploration/grid.h"
#include "exploration/outcome.h"
#include "exploration/point_key.h"
#include "store/result_store.h"

namespace boardless::exploration {

struct BatchAnswer {
  std::vector<Outcome> outcomes;              // one for each point of the batch
  std::vector<store::StoredResult> to_store;  // what the same question gives again
};

// `keys` may be null: then nothing is made for a store. Prints nothing, and throws nothing that a
// point can be blamed for.
BatchAnswer run_batch(const Grid& grid, const std::vector<Point>& points, const Batch& batch,
                      const PointKeys* keys, Bytes memory_limit,
                      const std::function<bool()>& interrupted);

// What a store has of a point, as an outcome; false when its text cannot be read.
bool outcome_of(const store::StoredResult& stored, Outcome& outcome);

}  // namespace boardless::exploration
