// The figures that can be compared and limited: one record for each, from which the keys of
// budgets, columns, documents and tests follow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/number_kind.h"
#include "prediction/prediction.h"

namespace boardless::gate {

// Of a model, a run of firmware, or a part of them; absent: it has no such figure.
struct Figures {
  prediction::Omittable<double> latency_ms, energy_uj;
  prediction::Omittable<std::uint64_t> cycles, instructions;
  prediction::Omittable<std::uint64_t> sram_bytes, arena_bytes, stack_bytes, heap_bytes;
  prediction::Omittable<std::uint64_t> flash_bytes, weights_bytes, code_bytes;
};

// What has figures, each of fewer than the one before.
enum class Scope { kWhole, kPart, kRegion };  // parts: layers, operators, functions

struct FigureRecord {
  const char* name;   // in budgets: "latency"
  const char* field;  // in documents: "latency_ms"
  NumberKind kind;    // of a limit, whose base unit is `scale` of the document's
  double scale;
  Scope narrowest;  // that has it
  const char* meaning;
  std::optional<double> (*of)(const Figures& figures);
};

std::span<const FigureRecord> figure_records();
// Null for a name that is none.
const FigureRecord* find_figure(const std::string& name);
inline bool has_figure(Scope scope, const FigureRecord& figure) {
  return scope <= figure.narrowest;
}
std::vector<std::string> figure_names(Scope scope);

// "27.30 ms", "4,914,347", "54.2 KiB".
std::string figure_text(const FigureRecord& figure, double value);
// "+8.1 %", "-120", of a figure that was 0 "+120"; "0" where nothing changed.
std::string change_text(const FigureRecord& figure, double before, double after);

}  // namespace boardless::gate
