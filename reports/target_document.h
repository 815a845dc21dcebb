// Targets for other programs: the list (schema boardless.targets/1, or CSV) and one of them with
// every number (schema boardless.target/1). docs/documents.md says what the keys mean.
#pragma once

#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "targets/target.h"

namespace boardless::reports {

std::string targets_json(const std::vector<targets::Target>& mcus,
                         const std::vector<cost_models::AcceleratorModel>& accelerators,
                         const std::string& version);
// A row per target, microcontrollers first; what a kind does not have is empty.
std::string targets_csv(const std::vector<targets::Target>& mcus,
                        const std::vector<cost_models::AcceleratorModel>& accelerators);

std::string target_json(const targets::Target& target, const std::string& version);
std::string target_json(const cost_models::AcceleratorModel& model, const std::string& version);
// key,value,source,is_estimate
std::string numbers_csv(const std::vector<targets::TargetNumber>& numbers);

// All memories that hold data (`ram`), or code.
struct MemorySum {
  Bytes bytes = 0;
  bool is_estimate = false;
};
MemorySum memory_sum(const targets::Target& target, bool ram);

}  // namespace boardless::reports
