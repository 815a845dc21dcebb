// A branch predictor at run time: its small tables beside the pipeline memo, and its verdict on how
// each block was reached.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "cost_models/branch_prediction_model.h"
#include "cost_models/pipeline_state.h"
#include "isa/code_block.h"

namespace boardless::cost_models {

class BranchPredictor {
 public:
  // `blocks` must outlive the predictor. Reads all of the model's table sizes.
  BranchPredictor(const BranchPredictionModel& model, const isa::BlockTable& blocks);

  // Whether a branch has come, so that the model takes part.
  bool has_met_branches() const { return !sites_.empty(); }

  // Block `block` executes; `jumped`: it does not follow the block before it in memory. Judges how
  // the branch that ended that block was predicted, and learns from it.
  Arrival arrive(std::uint32_t block, bool jumped) {
    if (block >= ends_.size()) [[unlikely]]
      meet(block);
    const std::uint32_t site = last_site_;
    last_site_ = ends_[block].site;
    if (site == kNoSite) return jumped ? Arrival::kTaken : Arrival::kSequential;
    Site& branch = sites_[site];
    if (jumped && branch.steady && branch.target == ends_[block].address) return Arrival::kTaken;
    return resolve(branch, ends_[block].address, jumped);
  }

 private:
  static constexpr std::uint32_t kNoSite = 0xffffffff;

  struct Site {  // one branch instruction
    std::uint32_t address = 0;
    std::uint32_t return_address = 0;  // what follows it
    std::uint32_t target = 0;          // where it last went
    std::uint32_t counter = 0;         // two bits, where no history table has them
    bool known = false;                // in the target buffer
    bool steady = false;               // foreseen to jump to `target`, which would teach nothing
    bool conditional = false;
    bool direct = false;
    bool calls = false;
    bool returns = false;
    bool backward = false;
    bool counts = false;  // the end of a low-overhead loop
    bool ended = false;   // … that has ended before
  };
  struct BlockEnds {
    std::uint32_t address = 0;
    std::uint32_t site = kNoSite;
  };

  void meet(std::uint32_t block);
  std::uint32_t site_of(const isa::Instruction& branch);
  Arrival resolve(Site& site, std::uint32_t went_to, bool jumped);
  Arrival resolve_last_backward(Site& site, bool jumped);
  bool predict_return(std::uint32_t went_to);
  void remember(Site& site);

  // Plain, because they are looked at while code runs.
  BranchPredictionModel::Kind kind_;
  bool counted_loops_;
  std::uint32_t return_entries_;
  int link_;
  const isa::BlockTable& blocks_;
  std::vector<BlockEnds> ends_;  // by block
  std::vector<Site> sites_;
  std::unordered_map<std::uint32_t, std::uint32_t> site_index_;  // by address
  std::vector<std::uint32_t> counters_;                          // history table
  std::vector<std::uint32_t> buffer_;                            // sites, a ring
  std::vector<std::uint32_t> returns_;                           // return addresses, a ring
  std::uint32_t buffer_next_ = 0, return_next_ = 0;
  std::uint32_t last_site_ = kNoSite;
  std::uint32_t last_backward_ = 0;  // address of the branch remembered
};

}  // namespace boardless::cost_models
