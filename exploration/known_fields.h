// What is known of a point, field by field, for views that write all of it.
#pragma once

#include <cstddef>

#include "exploration/grid.h"
#include "exploration/outcome.h"

namespace boardless::exploration {

// Calls visit(field, value) for each field that the point has.
template <class Visit>
void visit_known(const Grid& grid, const SweepResult& result, std::size_t i, const Visit& visit) {
  const Figures* figures = result.outcomes[i].figures.get();
  const FieldValues fields = grid.values(result.points[i], figures);
  for (std::size_t k = 0; k < grid.vocabulary.size(); ++k) {
    const Field& field = grid.vocabulary[k];
    if (figures == nullptr && field.is_result) continue;
    const Value value = fields(k);
    // A capacity that is known only with the answer.
    if (!value.missing && value.is_certain()) visit(k, value);
  }
}

}  // namespace boardless::exploration
