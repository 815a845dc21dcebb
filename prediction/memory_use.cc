// One model alone, and what lies where in its arena.
#include "prediction/memory_use.h"

#include <algorithm>
#include <utility>

namespace boardless::prediction {
namespace {

// The first and the last of the graph's operators that run while a block is needed. Those of
// subgraphs stand behind the main one's, wherever they run.
std::pair<int, int> operators_of(const ArenaLayout& arena,
                                 const cost_models::ArenaRequest& request) {
  if (arena.run_operators.empty()) return {0, 0};
  const auto [first, last] = std::minmax_element(arena.run_operators.begin() + request.first_op,
                                                 arena.run_operators.begin() + request.last_op + 1);
  return {*first, *last};
}

void fill_arena(const ModelRun& run, Prediction& prediction) {
  for (std::size_t i = 0; i < run.arena.requests.size(); ++i) {
    const cost_models::ArenaRequest& request = run.arena.requests[i];
    if (request.last_op < 0) continue;  // of a tensor that nothing uses
    const auto [first, last] = operators_of(run.arena, request);
    const bool scratch = std::ranges::find(run.arena.block_of_scratch, static_cast<int>(i)) !=
                         run.arena.block_of_scratch.end();
    prediction.arena.push_back(
        {request.name, run.arena.plan.offsets[i], request.bytes, first, last, scratch});
  }
}

void fill_persistent(const ModelRun& run, Prediction& prediction) {
  if (run.arena.persistent.empty()) return;
  std::vector<PersistentBuffer>& buffers = prediction.persistent.emplace();
  for (const PersistentBlock& block : run.arena.persistent) {
    buffers.push_back({block.name, block.bytes});
  }
}

}  // namespace

void fill_memory_use(const Footprint& model, const ModelRun& run, const targets::Target& target,
                     const cost_models::Runtime& runtime, Prediction& prediction) {
  MemoryUse use = memory_use({&model, 1}, run.code_bytes, target, runtime);
  prediction.sram = use.sram;
  prediction.flash = use.flash;
  prediction.fits = use.fits;
  prediction.reasons.insert(prediction.reasons.end(), use.reasons.begin(), use.reasons.end());
  fill_arena(run, prediction);
  fill_persistent(run, prediction);
}

}  // namespace boardless::prediction
