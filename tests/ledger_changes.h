// What a changed file changes in the ledger.
#pragma once

#include <string>
#include <vector>

#include "targets/ledger.h"

namespace boardless {

// The entries of `before` whose value another ledger of the same keys does not share: "KEY VALUE".
inline std::vector<std::string> changed_numbers(const targets::Ledger& before,
                                                const targets::Ledger& after) {
  std::vector<std::string> keys;
  auto other = after.begin();
  for (const targets::LedgerEntry& entry : before) {
    if (entry.value != (*other).value) keys.push_back(entry.key + " " + entry.value);
    ++other;
  }
  return keys;
}

}  // namespace boardless
