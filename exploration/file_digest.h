// Digests of the files that a prediction rests on: equal digests, equal content. Comments and
// layout play no part, files that are extended do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"

namespace boardless::exploration {

// Lower-case hexadecimal; texts are kept apart.
std::string digest_of_texts(const std::vector<std::string>& texts);

// `word` is a target's name or file. Its file and its core's, at a clock and in a voltage range.
std::string digest_of_mcu(const std::string& word, const std::string& core, std::uint32_t clock_hz,
                          const std::string& voltage_range);
// An accelerator's file, and those of the microcontroller that is its host.
std::string digest_of_accelerator(const std::string& word,
                                  const cost_models::AcceleratorModel& model);
std::string digest_of_runtime(const std::string& name);
// A bundled kernel image with the note on how it was compiled.
std::string digest_of_bundled_image(const std::string& name);
// This program: its version, and the bytes of the executable, in which a version's builds differ.
std::string digest_of_program();

}  // namespace boardless::exploration
