// Which kernel library runs each operator of a model.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/elf_image.h"
#include "workloads/prepared_model.h"

namespace boardless::prediction {

// What the user asked for. kAuto takes the fastest kernel the core can run.
enum class KernelPreference { kAuto, kReference, kOptimized };

struct KernelChoice {
  std::string function;  // "dsp_conv_2d_s8"
  std::string note;      // why it is not the library asked for; empty when it is
};

// One choice per operator. Throws InputError naming operator and image when the image has no kernel
// at all for one.
std::vector<KernelChoice> choose_kernels(const workloads::Graph& graph,
                                         const workloads::PreparedModel& model,
                                         const sim::ElfImage& image, KernelPreference preference);

// "dsp" when any choice is from an optimised library, else "reference".
std::string library_name(std::span<const KernelChoice> choices);

}  // namespace boardless::prediction
