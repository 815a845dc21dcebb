// Points that one question to the session answers: a model with options, on all its
// microcontrollers or on all its accelerators. Those are asked apart, so that what a document says
// of one does not hang on the others.
#pragma once

#include <cstddef>
#include <vector>

#include "exploration/grid.h"

namespace boardless::exploration {

struct Batch {
  std::vector<std::size_t> points;  // indices, rising
};

// In the order of their first points.
std::vector<Batch> batches_of(const Grid& grid, const std::vector<Point>& points);

// Kernel images that the points' microcontrollers run: so many functional runs.
std::size_t images_of(const Grid& grid, const std::vector<Point>& points,
                      const std::vector<std::size_t>& some);

// Multiply-accumulates of all those runs.
double macs_to_run(const Grid& grid, const std::vector<Point>& points, const Batch& batch);

// The batch divided by kernel image, for threads that have nothing to do.
std::vector<Batch> by_image(const Grid& grid, const std::vector<Point>& points, const Batch& batch);

}  // namespace boardless::exploration
