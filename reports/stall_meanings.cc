// From the models' own names.
#include "reports/stall_meanings.h"

#include <nlohmann/json.hpp>

#include "cost_models/stall_meaning.h"

namespace boardless::reports {

std::string stall_meanings_json() {
  nlohmann::json meanings;
  for (std::size_t i = 0; i < cost_models::kStallCauses; ++i) {
    const auto cause = static_cast<cost_models::StallCause>(i);
    meanings[std::string(stall_cause_name(cause))] = stall_cause_meaning(cause);
  }
  return meanings.dump();
}

}  // namespace boardless::reports
