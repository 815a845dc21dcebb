// The parts of an instruction set that a core may have or lack.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace boardless::isa {

enum class Feature : std::uint8_t {
  kBase,  // what every variant of an architecture has: Armv6-M; RV32I with Zicsr and Zifencei
  // M-profile.
  kBaseline,  // what Armv8-M Baseline has of Armv7-M: MOVW, CBZ, B.W, SDIV, LDREX
  kMainline,  // the rest of Armv7-M: IT blocks, unaligned accesses, faults with handlers, Q
  kArmv8,     // load-acquire and store-release, TT, stack limits
  kDsp,       // SMLAD, SXTB16, …, and the GE flags
  kFloat5,    // FPv5: VSEL, VMAXNM, VRINT, VCVTA
  kDouble,    // double precision
  kArmv81,    // low-overhead loops, conditional selection, CLRM; half precision with kFloat
  kHelium,    // MVE with floating point
  kPacBti,    // pointer authentication that is more than hints
  // Both.
  kFloat,  // single precision: Arm's FPv4, RISC-V's F
  // RISC-V.
  kMultiply,
  kAtomic,
  kCompressed,
  kZba,
  kZbb,
  kZbs,
  kZbkb,
  kZcb,
  kZcmp,
  kCustom,  // what no standard defines: see InstructionSource
};

// What of its architecture a feature is, for reports: "the DSP extension".
std::string_view feature_name(Feature feature);

class FeatureSet {
 public:
  constexpr FeatureSet() = default;
  constexpr FeatureSet(std::initializer_list<Feature> features) {
    for (const Feature each : features) bits_ |= bit(each);
  }

  constexpr bool has(Feature feature) const { return (bits_ & bit(feature)) != 0; }
  friend constexpr FeatureSet operator|(FeatureSet a, FeatureSet b) {
    a.bits_ |= b.bits_;
    return a;
  }
  constexpr bool operator==(const FeatureSet&) const = default;

 private:
  static constexpr std::uint32_t bit(Feature feature) {
    return std::uint32_t{1} << static_cast<unsigned>(feature);
  }
  std::uint32_t bits_ = bit(Feature::kBase);
};

}  // namespace boardless::isa
