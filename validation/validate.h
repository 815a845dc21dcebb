// Predicted against published: builds, runs and reads each program of the suites.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "validation/builder.h"
#include "validation/record.h"
#include "validation/runner.h"
#include "validation/suite.h"

namespace boardless::validation {

// Called before each program, with how many are done and its name.
using Progress =
    std::function<void(std::size_t done, std::size_t total, const std::string& program)>;
// Whether to stop: the program under way and those behind it are skipped. May be empty.
using Stop = std::function<bool()>;

// A row per program, in their order. What one program lacks or does wrong is its row's status and
// stops no other.
std::vector<Row> validate(const std::vector<Program>& programs, const Places& places,
                          Runner& runner, const Progress& progress, const Stop& stop = {});

// The row of a program before anything ran.
Row planned_row(const Program& program);

}  // namespace boardless::validation
