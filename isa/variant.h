// The instruction-set variants boardless knows, and what selects each.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace boardless::isa {

enum class Architecture { kArm, kRiscV };

// `triple`, `cpu` and `features` select LLVM's decoder, so that an
// instruction the variant lacks does not decode.
struct Variant {
  std::string_view name;  // "v7e-m-fp": also the file stem of its kernel image
  std::string_view triple;
  std::string_view cpu;
  std::string_view features;
  bool dsp;  // has SMLAD, SXTB16, …
  bool fpu;  // has single-precision floating point
  Architecture architecture = Architecture::kArm;
  bool has_kernels = true;  // there is a kernel image of it
  bool helium = false;      // MVE with floating point, and the rest of Armv8.1-M
};

std::span<const Variant> variants();
// Throws InputError naming the known variants.
const Variant& find_variant(std::string_view name);

}  // namespace boardless::isa
