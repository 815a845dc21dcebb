// Names each figure once, for writing and reading.
#include "exploration/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "base/error.h"
#include "reports/figures.h"
#include "reports/json_text.h"

namespace boardless::exploration {
namespace {

using Json = nlohmann::ordered_json;

template <class F, class Visit>
void visit_fields(F& figures, const Visit& visit) {
  visit("model", figures.model);
  visit("model_sha256", figures.model_sha256);
  visit("kernels", figures.kernels);
  visit("macs", figures.macs);
  visit("parameters", figures.parameters);
  visit("cycles", figures.cycles);
  visit("instructions", figures.instructions);
  visit("latency_ms", figures.latency_ms);
  visit("energy_uj", figures.energy_uj);
  visit("inferences_per_second", figures.inferences_per_second);
  visit("sram_bytes", figures.sram_bytes);
  visit("sram_capacity", figures.sram_capacity);
  visit("arena_bytes", figures.arena_bytes);
  visit("flash_bytes", figures.flash_bytes);
  visit("flash_capacity", figures.flash_capacity);
  visit("fits", figures.fits);
  visit("reasons", figures.reasons);
  visit("estimates", figures.estimates);
}

}  // namespace

Figures figures_of(const prediction::Prediction& p) {
  using reports::Figure;
  Figures figures;
  figures.model = p.model;
  figures.model_sha256 = p.model_sha256;
  figures.kernels = p.kernels;
  figures.macs = p.macs;
  figures.parameters = p.parameters;
  figures.cycles = p.cycles;
  figures.instructions = p.instructions;
  figures.latency_ms = p.latency_ms;
  figures.energy_uj = p.energy_uj;
  if (p.accelerator) {
    figures.inferences_per_second = p.accelerator->inferences_per_second;
  } else if (p.latency_ms > 0) {
    figures.inferences_per_second = 1e3 / p.latency_ms;
  }
  figures.sram_bytes = p.sram.total_bytes;
  figures.sram_capacity = p.sram.capacity_bytes;
  figures.arena_bytes = p.sram.arena_bytes;
  figures.flash_bytes = p.flash.total_bytes;
  figures.flash_capacity = p.flash.capacity_bytes;
  figures.fits = p.fits;
  figures.bit_exact = p.bit_exact;
  figures.reasons = p.reasons;
  const std::pair<const char*, Figure> marks[] = {
      {"cycles", Figure::kCycles},     {"latency_ms", Figure::kLatency},
      {"energy_uj", Figure::kEnergy},  {"sram_bytes", Figure::kSram},
      {"flash_bytes", Figure::kFlash}, {"price_usd", Figure::kPrice}};
  for (const auto& [name, figure] : marks) {
    if (reports::rests_on_estimate(p, figure)) figures.estimates.emplace_back(name);
  }
  return figures;
}

std::string figures_text(const Figures& figures) {
  Json json = Json::object();
  visit_fields(figures, [&](const char* name, const auto& value) { json[name] = value; });
  if (figures.bit_exact) json["bit_exact"] = *figures.bit_exact;
  return reports::json_text(json, -1);
}

Figures read_figures(const std::string& text) {
  Figures figures;
  try {
    const Json json = Json::parse(text);
    visit_fields(figures, [&](const char* name, auto& value) {
      value = json.at(name).get<std::remove_cvref_t<decltype(value)>>();
    });
    if (json.contains("bit_exact")) figures.bit_exact = json.at("bit_exact").get<bool>();
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("stored figures are damaged: {}", error.what()));
  }
  return figures;
}

}  // namespace boardless::exploration
