// Prices cycles in microjoules from a target's run current.
#include "cost_models/energy.h"

#include <fmt/format.h>

namespace boardless::cost_models {

double latency_ms(const targets::Target& target, Cycles cycles) {
  return static_cast<double>(cycles) * 1e3 / target.clock_hz.value;
}

Energy run_energy(const targets::Target& target, Cycles cycles) {
  // Current grows with the clock and time shrinks with it, so the clock cancels:
  // (uA / MHz) * V = uW / MHz = pJ per cycle.
  const targets::Power& power = target.power;
  const double pj_per_cycle = power.run_ua_per_mhz.value * power.supply_v.value;
  Energy energy{static_cast<double>(cycles) * pj_per_cycle * 1e-6, {}};
  const auto add_reason = [&](const char* key, const targets::Sourced<double>& number) {
    if (!number.is_estimate()) return;
    energy.estimate_reason +=
        fmt::format("{}{}: {}", energy.estimate_reason.empty() ? "" : "; ", key, number.source);
  };
  add_reason("run_ua_per_mhz", power.run_ua_per_mhz);
  add_reason("supply_v", power.supply_v);
  return energy;
}

}  // namespace boardless::cost_models
