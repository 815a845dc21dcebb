// SRAM and flash of a model on a target, and whether it fits.
#pragma once

#include "cost_models/runtime.h"
#include "prediction/model_run.h"
#include "prediction/prediction.h"
#include "targets/target.h"

namespace boardless::prediction {

// What the runtime itself takes: its own data and, of an interpreter, its records of the model.
Bytes runtime_ram_bytes(const Workload& workload, const ModelRun& run,
                        const cost_models::Runtime& runtime);
Bytes runtime_flash_bytes(const Workload& workload, const cost_models::Runtime& runtime);

// Fills sram, flash, arena, fits and reasons. A model fits when the windows that share a memory fit
// into it together.
void fill_memory_use(const Workload& workload, const ModelRun& run, const targets::Target& target,
                     const cost_models::Runtime& runtime, Prediction& prediction);

}  // namespace boardless::prediction
