// Firmware of a budget, run on each of its targets.
#pragma once

#include <vector>

#include "gate/answers.h"

namespace boardless::gate {

// Throws InputError as answers() does.
std::vector<AnsweredPair> firmware_answers(const Entry& entry, const prediction::Watcher& watcher);

}  // namespace boardless::gate
