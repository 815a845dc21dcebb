// Pairs subjects and their parts, and subtracts.
#include "gate/comparison.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace boardless::gate {
namespace {

Cycles size_of(std::int64_t change) {
  return change < 0 ? Cycles{0} - static_cast<Cycles>(change) : static_cast<Cycles>(change);
}

// Pairs of places in `before` and `after`.
class Pairing {
 public:
  Pairing(std::size_t before, std::size_t after) : before_(before, false), after_(after) {}

  // Pairs what is still alone and has the same key, in order.
  template <class Key>
  void pair(const std::function<Key(std::size_t)>& key_before,
            const std::function<Key(std::size_t)>& key_after) {
    std::map<Key, std::vector<std::size_t>> waiting;
    for (std::size_t i = before_.size(); i-- > 0;) {
      if (!before_[i]) waiting[key_before(i)].push_back(i);
    }
    for (std::size_t i = 0; i < after_.size(); ++i) {
      if (after_[i]) continue;
      const auto found = waiting.find(key_after(i));
      if (found == waiting.end() || found->second.empty()) continue;
      after_[i] = found->second.back();
      before_[found->second.back()] = true;
      found->second.pop_back();
    }
  }

  const std::optional<std::size_t>& partner_of(std::size_t after) const { return after_[after]; }
  bool is_alone_before(std::size_t before) const { return !before_[before]; }

 private:
  std::vector<bool> before_;
  std::vector<std::optional<std::size_t>> after_;
};

std::vector<FigureChange> changes_between(const Figures& before, const Figures& after) {
  std::vector<FigureChange> changes;
  for (const FigureRecord& figure : figure_records()) {
    const std::optional<double> was = figure.of(before), is = figure.of(after);
    if (was && is) changes.push_back({&figure, *was, *is});
  }
  return changes;
}

std::vector<CauseChange> causes_between(const prediction::StallCycles& before,
                                        const prediction::StallCycles& after) {
  std::map<std::string, Cycles> differences;  // modulo 2^64
  for (const auto& [cause, cycles] : after) differences[cause] += cycles;
  for (const auto& [cause, cycles] : before) differences[cause] -= cycles;
  std::vector<CauseChange> causes;
  for (const auto& [cause, cycles] : differences) {
    if (cycles != 0) causes.push_back({cause, static_cast<std::int64_t>(cycles)});
  }
  std::ranges::stable_sort(causes, std::greater{},
                           [](const CauseChange& change) { return size_of(change.cycles); });
  return causes;
}

std::vector<BasisChange> basis_between(const Subject& before, const Subject& after) {
  std::vector<BasisChange> changes;
  const auto add = [&](const char* what, const std::string& was, const std::string& is) {
    // What an older document does not tell is not told to differ.
    if (was != is && !was.empty() && !is.empty()) changes.push_back({what, was, is});
  };
  const Basis &was = before.basis, &is = after.basis;
  add("model", was.model_sha256, is.model_sha256);
  add("boardless", was.version, is.version);
  add("target data", was.data_sha256, is.data_sha256);
  add("kernels", was.kernels, is.kernels);
  add("kernel image", was.kernels_sha256, is.kernels_sha256);
  add("compiler", was.compiler, is.compiler);
  add("compiler flags", was.compiler_flags, is.compiler_flags);
  add("runtime", was.runtime, is.runtime);
  return changes;
}

// Of what is new from nothing, of what is gone to nothing.
std::vector<FigureChange> changes_alone(const Figures& figures, Presence presence) {
  const bool is_new = presence == Presence::kAdded;
  std::vector<FigureChange> changes;
  for (const FigureRecord& figure : figure_records()) {
    const std::optional<double> value = figure.of(figures);
    if (value) changes.push_back({&figure, is_new ? 0 : *value, is_new ? *value : 0});
  }
  return changes;
}

PartComparison alone(const Part& part, Presence presence) {
  const bool is_new = presence == Presence::kAdded;
  const Part nothing;
  PartComparison result{presence,
                        part.index,
                        0,
                        0,
                        part.op,
                        part.name,
                        is_new ? "" : part.kernel,
                        is_new ? part.kernel : "",
                        {},
                        is_new ? causes_between(nothing.stalls, part.stalls)
                               : causes_between(part.stalls, nothing.stalls)};
  result.changes = changes_alone(part.figures, presence);
  return result;
}

std::vector<PartComparison> compare_parts(const std::vector<Part>& before,
                                          const std::vector<Part>& after) {
  Pairing pairing(before.size(), after.size());
  using Key = std::tuple<int, std::string, std::string>;
  const auto by = [&](const auto& key_of) {
    pairing.pair<Key>([&](std::size_t i) { return Key(key_of(before[i])); },
                      [&](std::size_t i) { return Key(key_of(after[i])); });
  };
  const auto is_layer = [](const Part& part) { return !part.op.empty() && part.op != kRegionOp; };
  // Functions and regions have no place among others; a layer keeps its own, or its name, or its
  // operator.
  by([&](const Part& part) { return Key(is_layer(part) ? part.index : -1, part.op, part.name); });
  by([&](const Part& part) { return Key(-1, part.op, part.name); });
  if (before.size() == after.size()) {
    by([&](const Part& part) { return Key(part.index, part.op, is_layer(part) ? "" : part.name); });
  }
  std::vector<PartComparison> parts;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto partner = pairing.partner_of(i);
    if (partner) {
      parts.push_back(compare_part(before[*partner], after[i]));
      parts.back().before = *partner;
    } else {
      parts.push_back(alone(after[i], Presence::kAdded));
    }
    parts.back().after = i;
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!pairing.is_alone_before(i)) continue;
    parts.push_back(alone(before[i], Presence::kRemoved));
    parts.back().before = i;
  }
  return parts;
}

SubjectComparison alone(const Subject& subject, Presence presence) {
  SubjectComparison result;
  result.presence = presence;
  result.model = subject.model;
  result.target = subject.target;
  result.options = subject.options;
  result.clock_hz = subject.clock_hz;
  result.fits_before = result.fits_after = subject.fits;
  if (presence != Presence::kBoth) {
    result.changes = changes_alone(subject.figures, presence);
  }
  return result;
}

bool has_one_model(const std::vector<Subject>& subjects) {
  std::set<std::string> models;
  for (const Subject& subject : subjects) models.insert(subject.model);
  return models.size() == 1;
}

}  // namespace

PartComparison compare_part(const Part& before, const Part& after) {
  return {Presence::kBoth,
          after.index,
          0,
          0,
          after.op,
          after.name,
          before.kernel,
          after.kernel,
          changes_between(before.figures, after.figures),
          causes_between(before.stalls, after.stalls)};
}

SubjectComparison compare(const Subject& before, const Subject& after) {
  SubjectComparison result = alone(after, Presence::kBoth);
  result.fits_before = before.fits;
  result.output_changed = !before.output_sha256.empty() && !after.output_sha256.empty() &&
                          before.output_sha256 != after.output_sha256;
  result.basis = basis_between(before, after);
  if (before.clock_hz != after.clock_hz) {
    result.basis.push_back(
        {"clock", std::to_string(before.clock_hz) + " Hz", std::to_string(after.clock_hz) + " Hz"});
  }
  if (before.model != after.model)
    result.basis.push_back({"model name", before.model, after.model});
  result.changes = changes_between(before.figures, after.figures);
  result.causes = causes_between(before.stalls, after.stalls);
  result.parts = compare_parts(before.parts, after.parts);
  return result;
}

Comparison compare(const std::vector<Subject>& before, const std::vector<Subject>& after) {
  Pairing pairing(before.size(), after.size());
  using Key = std::vector<std::string>;
  const auto by = [&](const std::function<Key(const Subject&)>& key_of) {
    pairing.pair<Key>([&](std::size_t i) { return key_of(before[i]); },
                      [&](std::size_t i) { return key_of(after[i]); });
  };
  by([](const Subject& s) {
    return Key{s.model,   s.target,        std::to_string(s.clock_hz),
               s.options, s.basis.kernels, s.basis.runtime};
  });
  by([](const Subject& s) { return Key{s.model, s.target, s.options}; });
  by([](const Subject& s) { return Key{s.model, s.target}; });
  if (has_one_model(before) && has_one_model(after)) {
    by([](const Subject& s) { return Key{s.target}; });
  }
  Comparison comparison;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto partner = pairing.partner_of(i);
    comparison.subjects.push_back(partner ? compare(before[*partner], after[i])
                                          : alone(after[i], Presence::kAdded));
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (pairing.is_alone_before(i)) {
      comparison.subjects.push_back(alone(before[i], Presence::kRemoved));
    }
  }
  return comparison;
}

const FigureChange* change_of(const std::vector<FigureChange>& changes, const std::string& figure) {
  const auto found = std::ranges::find_if(
      changes, [&](const FigureChange& change) { return change.figure->name == figure; });
  return found == changes.end() ? nullptr : &*found;
}

bool is_changed(const PartComparison& part) {
  return part.presence != Presence::kBoth || part.kernel_before != part.kernel_after ||
         std::ranges::any_of(part.changes, [](const FigureChange& change) {
           return change.before != change.after;
         });
}

bool is_changed(const SubjectComparison& subject) {
  return subject.presence != Presence::kBoth || subject.output_changed ||
         subject.fits_before != subject.fits_after ||
         std::ranges::any_of(
             subject.changes,
             [](const FigureChange& change) { return change.before != change.after; }) ||
         std::ranges::any_of(subject.parts, [](const auto& part) { return is_changed(part); });
}

}  // namespace boardless::gate
