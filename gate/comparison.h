// What changed between two sets of subjects: which belong together, by how much each figure of them
// and of their parts differs, and why.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gate/subject.h"

namespace boardless::gate {

struct FigureChange {
  const FigureRecord* figure = nullptr;
  double before = 0, after = 0;
};

// Cycles that one cause takes more than before, or fewer.
struct CauseChange {
  std::string cause;  // as documents name it: "flash_data"
  std::int64_t cycles = 0;
};

// A fact that the figures rest on, and its two values.
struct BasisChange {
  std::string what;  // "compiler"
  std::string before, after;
};

enum class Presence { kBoth, kAdded, kRemoved };

struct PartComparison {
  Presence presence = Presence::kBoth;
  int index = 0;                      // in the new document; of what was removed, in the old one
  std::size_t before = 0, after = 0;  // places among the subjects' parts; of those that have one
  std::string op, name;
  std::string kernel_before, kernel_after;
  std::vector<FigureChange> changes;  // figures that both have, or the one; equal ones too
  std::vector<CauseChange> causes;    // the largest first; those that changed
};

struct SubjectComparison {
  Presence presence = Presence::kBoth;
  std::string model, target, options;  // of the new document, if it is there
  std::uint32_t clock_hz = 0;
  bool fits_before = true, fits_after = true;
  bool output_changed = false;  // both were computed, and differ
  std::vector<BasisChange> basis;
  std::vector<FigureChange> changes;
  std::vector<CauseChange> causes;
  std::vector<PartComparison> parts;
};

struct Comparison {
  std::vector<SubjectComparison> subjects;  // those of the new document, then those removed
};

// Subjects of the same model, target, clock and options belong together; of the rest those of the
// same model and target; where either side has one model alone, those of the same target.
Comparison compare(const std::vector<Subject>& before, const std::vector<Subject>& after);
SubjectComparison compare(const Subject& before, const Subject& after);
PartComparison compare_part(const Part& before, const Part& after);

// Null when the figure is on neither or one side only.
const FigureChange* change_of(const std::vector<FigureChange>& changes, const std::string& figure);
// Whether any figure, the output, or what is there, changed; a different basis alone is no change.
bool is_changed(const PartComparison& part);
bool is_changed(const SubjectComparison& subject);

}  // namespace boardless::gate
