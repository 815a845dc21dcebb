// Prediction and learning. Tables are the documented sizes; replacement is by age.
#include "cost_models/branch_predictor.h"

#include <algorithm>
#include <utility>

namespace boardless::cost_models {
namespace {

using isa::InstructionClass;

constexpr std::uint32_t kStronglyTaken = 3, kWeaklyTaken = 2, kWeaklyNotTaken = 1;

}  // namespace

BranchPredictor::BranchPredictor(const BranchPredictionModel& model, const isa::BlockTable& blocks)
    : kind_(model.kind),
      counted_loops_(model.counted_loops),
      return_entries_(model.return_entries),
      link_(static_cast<int>(model.link_register.value())),
      blocks_(blocks),
      counters_(model.history_entries, kWeaklyNotTaken),
      buffer_(model.target_entries, kNoSite),
      returns_(return_entries_, 0) {}

void BranchPredictor::meet(std::uint32_t block) {
  for (std::size_t id = ends_.size(); id <= block; ++id) {
    const isa::CodeBlock& code = blocks_[static_cast<std::uint32_t>(id)];
    BlockEnds ends{code.address, kNoSite};
    if (!code.instructions.empty()) {
      const isa::Instruction& last = code.instructions.back();
      if (last.is_branch() && last.instruction_class != InstructionClass::kException) {
        ends.site = site_of(last);
      }
    }
    ends_.push_back(ends);
  }
}

std::uint32_t BranchPredictor::site_of(const isa::Instruction& branch) {
  const auto [found, inserted] =
      site_index_.try_emplace(branch.address, static_cast<std::uint32_t>(sites_.size()));
  if (!inserted) return found->second;
  const InstructionClass kind = branch.instruction_class;
  Site site;
  site.address = branch.address;
  site.return_address = branch.end();
  site.direct = branch.branch_target != 0;
  site.backward = site.direct && branch.branch_target <= branch.address;
  site.counts = kind == InstructionClass::kLoopEnd;
  site.conditional = kind == InstructionClass::kBranchConditional || site.counts ||
                     kind == InstructionClass::kLoopStart ||
                     kind == InstructionClass::kCompareBranch || branch.predicated;
  site.calls = kind == InstructionClass::kBranchLink ||
               (kind == InstructionClass::kBranchIndirect && branch.writes.has(link_));
  site.returns = !site.calls && (branch.is_load() ? kind != InstructionClass::kTableBranch
                                                  : kind == InstructionClass::kBranchIndirect &&
                                                        branch.reads.has(link_));
  sites_.push_back(site);
  return found->second;
}

// The last taken backward conditional branch is predicted taken, every other one not. Branches that
// are not conditional are not predicted.
Arrival BranchPredictor::resolve_last_backward(Site& site, bool jumped) {
  if (!site.conditional) return jumped ? Arrival::kTaken : Arrival::kSequential;
  const bool predicted = last_backward_ == site.address;
  if (jumped && site.backward) {
    last_backward_ = site.address;
  } else if (predicted && !jumped) {
    last_backward_ = 0;
  }
  if (predicted == jumped) return jumped ? Arrival::kTaken : Arrival::kSequential;
  return jumped ? Arrival::kMispredictedTaken : Arrival::kMispredicted;
}

bool BranchPredictor::predict_return(std::uint32_t went_to) {
  return_next_ = (return_next_ + return_entries_ - 1) % return_entries_;
  return returns_[return_next_] == went_to;
}

void BranchPredictor::remember(Site& site) {
  if (site.known) return;
  site.known = true;
  std::uint32_t& entry = buffer_[buffer_next_];
  if (entry != kNoSite) sites_[entry].known = sites_[entry].steady = false;
  entry = static_cast<std::uint32_t>(&site - sites_.data());
  buffer_next_ = (buffer_next_ + 1) % static_cast<std::uint32_t>(buffer_.size());
}

Arrival BranchPredictor::resolve(Site& site, std::uint32_t went_to, bool jumped) {
  if (kind_ == BranchPredictionModel::Kind::kLastTakenBackward) {
    return resolve_last_backward(site, jumped);
  }
  if (site.counts && counted_loops_ && site.known && !jumped) {
    return std::exchange(site.ended, true) ? Arrival::kSequential : Arrival::kMispredicted;
  }
  const bool by_stack = site.returns && jumped && return_entries_ != 0;
  const bool from_stack = by_stack && predict_return(went_to);
  if (site.calls && jumped && return_entries_ != 0) {
    returns_[return_next_] = site.return_address;
    return_next_ = (return_next_ + 1) % return_entries_;
  }
  std::uint32_t& counter =
      counters_.empty() ? site.counter : counters_[(site.address / 2) & (counters_.size() - 1)];
  const bool was_known = site.known;
  const bool predicts_jump = was_known && (!site.conditional || counter >= kWeaklyTaken);
  const bool target_right = by_stack ? from_stack : site.target == went_to;
  // Learn.
  if (jumped) {
    // A branch that comes new into the buffer has just been taken.
    counter =
        was_known || !counters_.empty() ? std::min(counter + 1, kStronglyTaken) : kWeaklyTaken;
    site.target = went_to;
    remember(site);
  } else if (counter > 0) {
    --counter;
  }
  const bool keeps_books =
      !counters_.empty() || (return_entries_ != 0 && (site.calls || site.returns));
  site.steady = site.known && !keeps_books && (!site.conditional || counter == kStronglyTaken);
  if (predicts_jump != jumped) {
    if (!jumped) return Arrival::kMispredicted;
    return !site.conditional && site.direct ? Arrival::kUnknownTarget : Arrival::kMispredictedTaken;
  }
  if (!jumped) return Arrival::kSequential;
  return target_right ? Arrival::kTaken : Arrival::kMispredictedTaken;
}

}  // namespace boardless::cost_models
