// What constraints and objectives say of a point: on its figures, or on bounds before it is run.
#pragma once

#include <optional>
#include <string>

#include "exploration/front.h"
#include "exploration/grid.h"
#include "exploration/outcome.h"

namespace boardless::exploration {

// Throws InputError when the answer of a constraint, or an objective's value, hangs on something
// that the point does not have and never will: a price that nobody knows, a score without a row.
void require_known(const Grid& grid, const Point& point);

// Why the point cannot fit its memories, before it is run; nothing where it may.
std::optional<std::string> misfit(const Grid& grid, const Point& point);

// The first constraint that cannot hold, with what shows it: on figures, or else on bounds.
std::optional<std::string> violation(const Grid& grid, const Point& point, const Figures* figures);

// The costs of the objectives, those that are maximised with their sign turned: of figures, or the
// least that the bounds allow.
Costs costs_of(const Grid& grid, const Point& point, const Figures* figures);

// Fills `meets` of an answered point.
void judge(const Grid& grid, const Point& point, Outcome& outcome);

// Fills `on_front` of all.
void mark_front(const Grid& grid, SweepResult& result);

}  // namespace boardless::exploration
