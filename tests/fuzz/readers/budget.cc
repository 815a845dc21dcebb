// A budget, and its limits on a figure.
#include "gate/budget.h"

#include "base/error.h"
#include "gate/limit.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_budget(Bytes bytes) {
  const gate::Budget budget = gate::read_budget(input_file("fuzz.yaml", bytes));
  for (const gate::Entry& entry : budget.entries) {
    check(!entry.targets.empty(), "an entry is checked somewhere");
    check(entry.models.empty() == entry.firmware.has_value(), "an entry checks one kind of thing");
    for (const gate::Limit& limit : entry.limits) {
      (void)gate::holds(limit, 1e6, 1e6);
      (void)gate::figure_text(*limit.figure, gate::bound_of(limit, 1e6));
    }
  }
}

}  // namespace boardless::fuzz
