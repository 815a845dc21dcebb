// Words for causes.
#include "gate/explanation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/visible_text.h"
#include "cost_models/stall_meaning.h"
#include "reports/figures.h"

namespace boardless::gate {
namespace {

std::string signed_text(std::int64_t change) {
  const bool less = change < 0;
  const auto size = less ? Cycles{0} - static_cast<Cycles>(change) : static_cast<Cycles>(change);
  return (less ? "-" : "+") + reports::with_commas(size);
}

void add_causes(const std::vector<CauseChange>& causes, std::vector<std::string>& parts) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(kMost, causes.size()); ++i) {
    texts.push_back(fmt::format("{} {}", visible(causes[i].cause), signed_text(causes[i].cycles)));
  }
  if (!texts.empty()) parts.push_back(fmt::format("{}", fmt::join(texts, ", ")));
}

void add_instructions(const std::vector<FigureChange>& changes, std::vector<std::string>& parts) {
  const FigureChange* change = change_of(changes, "instructions");
  if (change == nullptr || change->before == change->after) return;
  const bool more = change->after > change->before;
  parts.push_back(fmt::format(
      "{} {} instructions", figure_text(*change->figure, std::abs(change->after - change->before)),
      more ? "more" : "fewer"));
}

double size_of_change(const PartComparison& part) {
  for (const char* name : {"cycles", "latency"}) {
    if (const FigureChange* change = change_of(part.changes, name)) {
      return std::abs(change->after - change->before);
    }
  }
  return 0;
}

}  // namespace

std::string cause_text(const PartComparison& part) {
  std::vector<std::string> parts;
  if (part.presence == Presence::kAdded) parts.emplace_back("is new");
  if (part.presence == Presence::kRemoved) parts.emplace_back("is gone");
  if (part.presence == Presence::kBoth && part.kernel_before != part.kernel_after) {
    parts.push_back(
        fmt::format("kernel {} -> {}", visible(part.kernel_before), visible(part.kernel_after)));
  }
  add_causes(part.causes, parts);
  if (part.presence == Presence::kBoth) add_instructions(part.changes, parts);
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string cause_text(const SubjectComparison& subject) {
  std::vector<std::string> parts;
  add_causes(subject.causes, parts);
  add_instructions(subject.changes, parts);
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string largest_cause_meaning(const std::vector<CauseChange>& causes) {
  const auto grown =
      std::ranges::find_if(causes, [](const CauseChange& change) { return change.cycles > 0; });
  if (grown == causes.end()) return "";
  for (std::size_t i = 0; i < cost_models::kStallCauses; ++i) {
    const auto cause = static_cast<cost_models::StallCause>(i);
    if (grown->cause == cost_models::stall_cause_name(cause)) {
      return std::string(cost_models::stall_cause_meaning(cause));
    }
  }
  return "";
}

std::string basis_text(const BasisChange& change) {
  const auto shown = [](const std::string& value) {
    constexpr std::size_t kDigest = 64, kDigits = 12;
    const bool is_digest =
        value.size() == kDigest && value.find_first_not_of("0123456789abcdef") == std::string::npos;
    return is_digest ? value.substr(0, kDigits) : visible(value);
  };
  return fmt::format("{}: {} -> {}", change.what, shown(change.before), shown(change.after));
}

std::vector<const PartComparison*> largest_changes(const SubjectComparison& subject) {
  std::vector<const PartComparison*> parts;
  for (const PartComparison& part : subject.parts) {
    if (is_changed(part)) parts.push_back(&part);
  }
  std::ranges::stable_sort(parts, std::greater{},
                           [](const PartComparison* part) { return size_of_change(*part); });
  return parts;
}

std::string part_text(const PartComparison& part) {
  if (part.op.empty()) return fmt::format("function {}", visible(part.name));
  if (part.op == kRegionOp) return fmt::format("region {}", visible(part.name));
  return fmt::format("layer {} {} {}", part.index, visible(part.op), visible(part.name));
}

std::string subject_text(const SubjectComparison& subject) {
  return fmt::format("{} on {}{}{}", visible(subject.model), visible(subject.target),
                     subject.options.empty() ? "" : ", ", visible(subject.options));
}

}  // namespace boardless::gate
