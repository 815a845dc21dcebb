// Digests of what a prediction rests on, as documents tell them: equal digests, equal content, on
// any machine and in any folder. Lower-case hexadecimal, 64 characters.
#pragma once

#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "sim/elf_image.h"

namespace boardless::prediction {

// Of digests in their order.
std::string joined_digest(const std::vector<std::string>& digests);

// Of the addresses and bytes that are loaded: what else is in the file, such as paths, plays no
// part.
std::string digest_of_image(const sim::ElfImage& image);

// Of an accelerator's data, and of those of the microcontroller that is its host, which it has.
std::string digest_with_host(const cost_models::AcceleratorModel& model);

}  // namespace boardless::prediction
