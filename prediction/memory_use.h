// SRAM and flash of a model on a target, and whether it fits.
#pragma once

#include "prediction/footprint.h"
#include "prediction/model_run.h"
#include "prediction/prediction.h"
#include "targets/target.h"

namespace boardless::prediction {

// Fills sram, flash, arena, persistent, fits and reasons; `model` is the run's footprint.
void fill_memory_use(const Footprint& model, const ModelRun& run, const targets::Target& target,
                     const cost_models::Runtime& runtime, Prediction& prediction);

}  // namespace boardless::prediction
