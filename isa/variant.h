// The instruction-set variants boardless knows, and what selects each.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "isa/feature.h"

namespace boardless::isa {

class InstructionSource;

enum class Architecture { kArm, kRiscV };

struct Variant {
  std::string_view name;  // "v7e-m-fp": also the file stem of its kernel image
  Architecture architecture = Architecture::kArm;
  FeatureSet features;
  // Select LLVM's decoder, so that an instruction the variant lacks does not decode. Of RISC-V's
  // features LLVM is told by llvm_features(); Arm's come with the core.
  std::string_view triple;
  std::string_view cpu;
  std::string_view cpu_lacks;  // LLVM's features that `cpu` has and the variant has not: "-vfp2sp"
  bool has_kernels = true;     // there is a kernel image of it
  // Decodes what LLVM does not know; null: LLVM knows all.
  std::unique_ptr<InstructionSource> (*extension)() = nullptr;

  constexpr bool has(Feature feature) const { return features.has(feature); }
};

std::span<const Variant> variants();
// Throws InputError naming the known variants.
const Variant& find_variant(std::string_view name);

// The features that LLVM is asked for beside those of `cpu`: "+m,+c".
std::string llvm_features(const Variant& variant);

}  // namespace boardless::isa
