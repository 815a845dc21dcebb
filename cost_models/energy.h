// Energy of running the core: current per MHz, clock, supply and time.
#pragma once

#include "base/units.h"
#include "targets/target.h"

namespace boardless::cost_models {

struct Energy {
  double energy_uj = 0;
};

// Time the core takes for `cycles` at the target's clock.
double latency_ms(const targets::Target& target, Cycles cycles);

// Energy the chip draws from its supply while the core runs `cycles`:
// run_ua_per_mhz * clock * supply_v * time. Sleep, peripherals and the board are not in it.
Energy run_energy(const targets::Target& target, Cycles cycles);

}  // namespace boardless::cost_models
