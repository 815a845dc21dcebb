// Judged limits for a merge request.
#pragma once

#include <string>
#include <vector>

#include "gate/verdict.h"

namespace boardless::gate {

// How many hold, and a table of those that do not, with their causes.
std::string verdicts_markdown(const std::vector<Verdict>& verdicts);

}  // namespace boardless::gate
