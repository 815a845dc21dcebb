// Runs programs on boardless' own machine.
#pragma once

#include <memory>

#include "validation/runner.h"

namespace boardless::validation {

std::unique_ptr<Runner> make_machine_runner();

}  // namespace boardless::validation
