// The ledger, and what follows from it at one clock.
#include "targets/target_numbers.h"

#include <algorithm>

namespace boardless::targets {

std::vector<TargetNumber> all_numbers(const Ledger& ledger) {
  return {ledger.begin(), ledger.end()};
}

std::vector<TargetNumber> target_numbers(const Target& target) {
  std::vector<TargetNumber> numbers = all_numbers(target.numbers);
  for (const Memory& memory : target.memories) {
    const NumberRef& row = memory.wait_states.entry();
    if (memory.wait_states_by_clock.empty() || row == nullptr) continue;
    TargetNumber chosen = *row;
    chosen.key = "memories." + memory.name + ".wait_states";
    chosen.value = number_text("wait_states", std::uint64_t{memory.wait_states});
    numbers.insert(std::ranges::find(numbers, row->key, &TargetNumber::key), chosen);
  }
  return numbers;
}

}  // namespace boardless::targets
