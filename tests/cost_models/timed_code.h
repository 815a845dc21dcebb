// Prices a few assembled instructions on a bundled core, for tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "cost_models/block_timer.h"
#include "isa/decoder.h"
#include "tests/cost_models/assemble.h"

namespace boardless::cost_models {

inline CoreModel bundled_core(const std::string& name) {
  return load_core_model(std::filesystem::path(BOARDLESS_SOURCE_DIR) / "targets" / "cores" /
                         (name + ".yaml"));
}

class TimedCore {
 public:
  explicit TimedCore(const std::string& name)
      : core_(bundled_core(name)),
        name_(name),
        decoder_(isa::find_variant(core_.fpu_firmware_isa.empty() ? core_.firmware_isa
                                                                  : core_.fpu_firmware_isa)) {}

  std::vector<isa::Instruction> code(const std::string& text, std::uint32_t address = 0x1000) {
    return decoder_.decode(address, assemble(name_, text));
  }

  BlockCost time(const std::string& text, const PipelineState& entry = {},
                 Arrival arrival = Arrival::kSequential, std::uint32_t address = 0x1000) {
    const BlockCost cost =
        BlockTimer(core_, std::nullopt).time(code(text, address), entry, arrival);
    EXPECT_EQ(std::accumulate(cost.stalls.begin(), cost.stalls.end(), Cycles{0}), cost.cycles)
        << "every cycle has one cause: " << text;
    return cost;
  }

  std::vector<InstructionTiming> explain(const std::string& text) {
    return BlockTimer(core_, std::nullopt).explain(code(text), {}, Arrival::kSequential);
  }

  // The cycle in which the last instruction issues, the first one's being 0.
  Cycles last_issue(const std::string& text) { return explain(text).back().issue; }

  // Cycles of a loop's one iteration once it repeats: `text` ends in the branch back. Arrival as
  // given from the second iteration on.
  Cycles iteration(const std::string& text, Arrival arrival = Arrival::kTaken) {
    BlockCost cost = time(text);
    for (int i = 0; i < 8; ++i) cost = time(text, cost.exit, arrival);
    const Cycles once = cost.cycles;
    cost = time(text, cost.exit, arrival);  // banks of unknown loads alternate
    return (once + cost.cycles + 1) / 2;
  }

  const CoreModel& core() const { return core_; }

 private:
  CoreModel core_;
  std::string name_;
  isa::Decoder decoder_;
};

// One row of a golden table: the cycle in which the last instruction of `text` issues.
struct IssueRow {
  const char* text;
  Cycles last_issue;
  const char* source;
};

template <std::size_t N>
void expect_issue_cycles(const char* core, const IssueRow (&rows)[N]) {
  TimedCore timed(core);
  for (const IssueRow& row : rows) {
    EXPECT_EQ(timed.last_issue(row.text), row.last_issue)
        << core << ": " << row.text << " (" << row.source << ")";
  }
}

}  // namespace boardless::cost_models
