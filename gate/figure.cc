// One row for each figure.
#include "gate/figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/figures.h"

namespace boardless::gate {
namespace {

template <auto Member>
std::optional<double> read(const Figures& figures) {
  const auto& value = figures.*Member;
  return value ? std::optional<double>(static_cast<double>(*value)) : std::nullopt;
}

constexpr double kNanosecondsPerMs = 1e6, kNanojoulesPerUj = 1e3;

constexpr std::array kRecords{
    FigureRecord{"latency", "latency_ms", NumberKind::kTime, kNanosecondsPerMs, Scope::kRegion,
                 "time of one inference, or of a whole run of firmware",
                 read<&Figures::latency_ms>},
    FigureRecord{"cycles", "cycles", NumberKind::kCount, 1, Scope::kRegion, "core cycles",
                 read<&Figures::cycles>},
    FigureRecord{"instructions", "instructions", NumberKind::kCount, 1, Scope::kPart,
                 "instructions that the core executes", read<&Figures::instructions>},
    FigureRecord{"energy", "energy_uj", NumberKind::kEnergy, kNanojoulesPerUj, Scope::kPart,
                 "energy of one inference", read<&Figures::energy_uj>},
    FigureRecord{"sram", "sram_bytes", NumberKind::kBytes, 1, Scope::kWhole,
                 "arena, stack, the runtime's data and what the model keeps; of firmware what its "
                 "linker laid out",
                 read<&Figures::sram_bytes>},
    FigureRecord{"arena", "arena_bytes", NumberKind::kBytes, 1, Scope::kWhole,
                 "activations and scratch", read<&Figures::arena_bytes>},
    FigureRecord{"stack", "stack_bytes", NumberKind::kBytes, 1, Scope::kWhole, "the deepest stack",
                 read<&Figures::stack_bytes>},
    FigureRecord{"heap", "heap_bytes", NumberKind::kBytes, 1, Scope::kWhole,
                 "what firmware asked sbrk() for", read<&Figures::heap_bytes>},
    FigureRecord{"flash", "flash_bytes", NumberKind::kBytes, 1, Scope::kWhole,
                 "weights, kernel code and the runtime; of firmware all of it",
                 read<&Figures::flash_bytes>},
    FigureRecord{"weights", "weights_bytes", NumberKind::kBytes, 1, Scope::kWhole,
                 "constants that the kernels read", read<&Figures::weights_bytes>},
    FigureRecord{"code", "code_bytes", NumberKind::kBytes, 1, Scope::kWhole,
                 "kernel code that the model reaches", read<&Figures::code_bytes>},
};

// Of a document any number may come.
std::string whole_text(double value) {
  constexpr double kMost = 18446744073709549568.0;
  return reports::with_commas(
      static_cast<std::uint64_t>(std::clamp(std::round(value), 0.0, kMost)));
}

}  // namespace

std::span<const FigureRecord> figure_records() { return kRecords; }

const FigureRecord* find_figure(const std::string& name) {
  const auto found =
      std::ranges::find_if(kRecords, [&](const FigureRecord& each) { return each.name == name; });
  return found == kRecords.end() ? nullptr : &*found;
}

std::vector<std::string> figure_names(Scope scope) {
  std::vector<std::string> names;
  for (const FigureRecord& figure : kRecords) {
    if (has_figure(scope, figure)) names.emplace_back(figure.name);
  }
  return names;
}

std::string figure_text(const FigureRecord& figure, double value) {
  switch (figure.kind) {
    case NumberKind::kTime:
      return reports::four_digits(value) + " ms";
    case NumberKind::kEnergy:
      return reports::four_digits(value) + " uJ";
    case NumberKind::kBytes:
      return whole_text(value) + " B";
    default:
      return whole_text(value);
  }
}

std::string change_text(const FigureRecord& figure, double before, double after) {
  if (before == after) return "0";
  const char sign = after > before ? '+' : '-';
  if (before == 0) return sign + figure_text(figure, std::abs(after));
  const double percent = std::abs(after - before) / before * 100;
  // What is there is not shown as nothing.
  if (percent < 0.01) return fmt::format("{}<0.01 %", sign);
  return fmt::format("{}{:.{}f} %", sign, percent, percent < 1 ? 2 : 1);
}

}  // namespace boardless::gate
