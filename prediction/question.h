// What a user wants to know: every model on every target, with what is asked of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cost_models/arena_planner.h"
#include "prediction/accelerator_what_if.h"
#include "prediction/kernel_source.h"
#include "prediction/memory_limit.h"
#include "targets/what_if.h"

namespace boardless::prediction {

struct Question {
  std::vector<std::string> models;   // as load_model() takes them
  std::vector<std::string> targets;  // words, as select_targets() takes them
  KernelSource kernels;
  std::string runtime = "ahead-of-time";
  std::optional<cost_models::Planner> planner;  // of the arena; the runtime's when absent
  bool together = false;                        // say also what all models take in one device
  // Bytes of the models' inputs (inputs_from_file()); seeded random ones when absent.
  std::optional<std::vector<std::uint8_t>> input;
  int invocations = 1;                    // of each model, one after the other
  std::optional<std::uint32_t> clock_hz;  // of every microcontroller; each target's own when absent
  targets::WhatIf chip;                   // of every microcontroller
  AcceleratorWhatIf accelerator;
  Bytes memory_limit = default_memory_limit();  // of this machine, for one model's tensors
};

}  // namespace boardless::prediction
