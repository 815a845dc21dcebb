// Runs programs on boardless' own machine.
#pragma once

#include <functional>
#include <memory>

#include "validation/runner.h"

namespace boardless::validation {

// `stop` is asked now and then and ends the run that is under way, which then throws InputError;
// may be empty.
std::unique_ptr<Runner> make_machine_runner(std::function<bool()> stop = {});

}  // namespace boardless::validation
