// What became of a design point.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "exploration/figures.h"
#include "exploration/grid.h"
#include "prediction/prediction.h"

namespace boardless::exploration {

struct Outcome {
  enum class State : std::uint8_t {
    kPending,   // not reached, or another shard's
    kAnswered,  // `figures`
    kRefused,   // `kind` and `reason`
    kPruned,    // by the bound in `reason`: not run
  };
  enum class Bound : std::uint8_t { kNone, kFit, kConstraint, kFront };

  State state = State::kPending;
  Bound bound = Bound::kNone;
  prediction::Unanswered::Kind kind = prediction::Unanswered::Kind::kInterrupted;
  bool from_store = false;
  bool meets = false;       // answered, fits, and meets every constraint
  bool on_front = false;    // meets, and nothing that meets is better
  std::uint64_t shard = 0;  // whose it is, from 1; 0: there are none
  std::unique_ptr<Figures> figures;
  std::string reason;
};

const char* state_name(Outcome::State state);  // "answered"
const char* bound_name(Outcome::Bound bound);  // "fit"

struct SweepResult {
  std::vector<Point> points;
  std::vector<Outcome> outcomes;  // one for each point
  std::uint64_t runs = 0;         // functional runs: a model on a kernel image
  std::uint64_t stored = 0;       // points that the store answered
  bool interrupted = false;
};

}  // namespace boardless::exploration
