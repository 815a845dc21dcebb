// Prices cycles in microjoules from a target's run current.
#include "cost_models/energy.h"

namespace boardless::cost_models {

double latency_ms(const targets::Target& target, Cycles cycles) {
  return static_cast<double>(cycles) * 1e3 / target.clock_hz.value();
}

Energy run_energy(const targets::Target& target, Cycles cycles) {
  // Current grows with the clock and time shrinks with it, so the clock cancels:
  // (uA / MHz) * V = uW / MHz = pJ per cycle.
  const targets::Power& power = target.power;
  const double pj_per_cycle = power.run_ua_per_mhz.value() * power.supply_v.value();
  return {static_cast<double>(cycles) * pj_per_cycle * 1e-6};
}

}  // namespace boardless::cost_models
