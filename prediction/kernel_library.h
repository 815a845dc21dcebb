// Which kernel library runs each operator of a model.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/elf_image.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::prediction {

// What the user asked for. kAuto takes the fastest kernel the core can run.
enum class KernelPreference { kAuto, kReference, kOptimized };

// A preference among the libraries of the bundled images, or a library of the user's own, whose
// image holds it beside the reference kernels.
struct KernelRequest {
  KernelPreference preference = KernelPreference::kAuto;
  std::string library;  // prefix of its functions, "cmsis_nn"; empty: the bundled ones
  std::string title;    // what reports call it: "cmsis-nn 7.0.0"

  KernelRequest(KernelPreference p = KernelPreference::kAuto) : preference(p) {}  // NOLINT
  KernelRequest(std::string prefix, std::string name)
      : library(std::move(prefix)), title(std::move(name)) {}
};

struct KernelChoice {
  std::string function;  // "dsp_conv_2d_s8"
  std::string note;      // why it is not the library asked for; empty when it is
};

// One choice per operator. Throws NotModelled naming every kernel that the image has from no
// library.
std::vector<KernelChoice> choose_kernels(const workloads::Graph& graph,
                                         const workloads::PreparedModel& model,
                                         const sim::ElfImage& image, const KernelRequest& request);

// The reference kernel instead of one that does not accept its operator's parameters.
KernelChoice declined(const KernelChoice& choice, const workloads::PreparedOperator& op,
                      const KernelRequest& request);

// The request's title; without one the optimised library's ("dsp", "mve") when any choice is from
// one, else "reference".
std::string library_name(std::span<const KernelChoice> choices, const KernelRequest& request = {});

}  // namespace boardless::prediction
