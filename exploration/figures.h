// What a design point answers with: the figures of a prediction that constraints, fronts and tables
// ask for. The store keeps them beside the whole document.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "prediction/prediction.h"

namespace boardless::exploration {

struct Figures {
  std::string model, model_sha256, kernels;
  std::int64_t macs = 0, parameters = 0;
  Cycles cycles = 0;
  std::uint64_t instructions = 0;
  double latency_ms = 0, energy_uj = 0, inferences_per_second = 0;
  Bytes sram_bytes = 0, sram_capacity = 0, arena_bytes = 0;
  Bytes flash_bytes = 0, flash_capacity = 0;
  bool fits = true;
  std::optional<bool> bit_exact;
  std::vector<std::string> reasons;    // why it does not fit; other remarks
  std::vector<std::string> estimates;  // fields that rest on an estimate: "latency_ms"
};

Figures figures_of(const prediction::Prediction& prediction);

// One line of JSON, and back. Throws InputError for a text that is none.
std::string figures_text(const Figures& figures);
Figures read_figures(const std::string& text);

}  // namespace boardless::exploration
