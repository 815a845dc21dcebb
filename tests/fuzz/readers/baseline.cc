// A baseline, which reads back as it was.
#include "gate/baseline.h"

#include "base/error.h"
#include "gate/comparison.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_baseline(Bytes bytes) {
  const gate::Baseline baseline = gate::read_baseline(input_file("fuzz.json", bytes));
  const std::string text = gate::baseline_text(baseline);
  const auto* const begin = reinterpret_cast<const std::uint8_t*>(text.data());
  const gate::Baseline again = gate::read_baseline(input_file("fuzz.json", {begin, text.size()}));
  check(gate::baseline_text(again) == text, "a written baseline reads back as it was");
  for (const auto& subject : gate::compare(baseline.rows, again.rows).subjects) {
    check(!gate::is_changed(subject), "a baseline does not differ from itself");
  }
}

}  // namespace boardless::fuzz
