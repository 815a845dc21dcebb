// Every number of a target as text with its unit and its source, for people.
#pragma once

#include <vector>

#include "targets/number_text.h"
#include "targets/target.h"

namespace boardless::targets {

using TargetNumber = LedgerEntry;

// The entries of a ledger, in the order of its file.
std::vector<TargetNumber> all_numbers(const Ledger& ledger);
// Those of a target, in the order of its file; and, where a table gives a memory's wait states,
// those that hold at the target's clock.
std::vector<TargetNumber> target_numbers(const Target& target);

}  // namespace boardless::targets
