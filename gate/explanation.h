// Why figures changed, in one line.
#pragma once

#include <string>
#include <vector>

#include "gate/comparison.h"

namespace boardless::gate {

// "flash_data +120,000, issue +3,000; 2,900 more instructions": the causes that changed most, and
// another kernel. Empty where there are none.
std::string cause_text(const PartComparison& part);
std::string cause_text(const SubjectComparison& subject);
// "a load waits for flash" of the cause that took most of the new cycles; empty: none did.
std::string largest_cause_meaning(const std::vector<CauseChange>& causes);

// "compiler flags: -O2 -> -O3"; digests by their first digits.
std::string basis_text(const BasisChange& change);

// Parts whose cycles, or else latency, changed, the largest change first.
std::vector<const PartComparison*> largest_changes(const SubjectComparison& subject);

// "layer 3 CONV_2D conv_1", "function main".
std::string part_text(const PartComparison& part);
// "kws on stm32f446re, kernels reference".
std::string subject_text(const SubjectComparison& subject);

}  // namespace boardless::gate
