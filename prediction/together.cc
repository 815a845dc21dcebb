// Adds footprints up, with the code of all functions counted once.
#include "prediction/together.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "isa/variant.h"

namespace boardless::prediction {
namespace {

Together row_of(const std::string& target, std::span<const TogetherMember> members) {
  Together row;
  row.target = target;
  for (const TogetherMember& member : members) row.models.push_back(member.model);
  return row;
}

// What of the members' estimates is about memories, each once.
std::vector<Estimate> memory_estimates(std::span<const TogetherMember> members) {
  std::vector<Estimate> estimates;
  for (const TogetherMember& member : members) {
    for (const Estimate& estimate : member.prediction->estimates) {
      const bool is_memory =
          estimate.what.starts_with("sram.") || estimate.what.starts_with("flash.");
      const bool is_new = std::ranges::none_of(estimates, [&](const Estimate& other) {
        return other.what == estimate.what && other.reason == estimate.reason;
      });
      if (is_memory && is_new) estimates.push_back(estimate);
    }
  }
  return estimates;
}

}  // namespace

Together TogetherRows::not_answered(const std::string& target,
                                    std::span<const TogetherMember> members,
                                    const std::string& reason) {
  Together row = row_of(target, members);
  row.reasons.push_back(reason);
  return row;
}

Together TogetherRows::on_mcu(const targets::Target& target,
                              std::span<const TogetherMember> members) {
  Together row = row_of(target.name, members);
  for (const TogetherMember& member : members) {
    if (member.prediction == nullptr) {
      row.reasons.push_back(fmt::format("{} is not answered: {}", member.model, member.refusal));
    }
  }
  if (!row.reasons.empty()) return row;
  std::vector<Footprint> footprints;
  std::set<std::string> functions;
  for (const TogetherMember& member : members) {
    footprints.push_back(*member.footprint);
    functions.insert(member.footprint->functions.begin(), member.footprint->functions.end());
  }
  MemoryUse use = memory_use(footprints, code_bytes(target, functions), target, options_.runtime);
  row.sram = use.sram;
  row.flash = use.flash;
  row.fits = use.fits;
  row.reasons = std::move(use.reasons);
  row.estimates = memory_estimates(members);
  return row;
}

Bytes TogetherRows::code_bytes(const targets::Target& target,
                               const std::set<std::string>& functions) {
  const std::string& name = image_name(target, options_.cores->get(target.core));
  const auto [bytes, is_new] = code_bytes_.try_emplace({name, functions}, 0);
  if (!is_new) return bytes->second;
  auto image = images_.find(name);
  if (image == images_.end()) image = images_.emplace(name, options_.image(name).elf).first;
  bytes->second = reachable_bytes(image->second, isa::find_variant(name), functions);
  return bytes->second;
}

}  // namespace boardless::prediction
