// Subjects with figures that are easy to check by hand.
#pragma once

#include <cstdint>
#include <string>

#include "gate/subject.h"

namespace boardless::gate_test {

// A layer of one cause, at 100 MHz.
gate::Part layer(int index, const std::string& op, const std::string& name, std::uint64_t issue,
                 std::uint64_t flash_data = 0);
// A model on a target with these layers, whose cycles it sums.
gate::Subject subject(const std::string& model, const std::string& target,
                      std::vector<gate::Part> parts);

}  // namespace boardless::gate_test
