// The table of variants.
#include "isa/variant.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"

namespace boardless::isa {
namespace {

using enum Feature;

constexpr FeatureSet kV7M{kBaseline, kMainline};
constexpr FeatureSet kV7EM = kV7M | FeatureSet{kDsp};
constexpr FeatureSet kV8M = kV7EM | FeatureSet{kArmv8, kFloat, kFloat5};
constexpr FeatureSet kV81M = kV8M | FeatureSet{kDouble, kArmv81, kHelium};
constexpr FeatureSet kImc{kMultiply, kCompressed};
constexpr FeatureSet kImac = kImc | FeatureSet{kAtomic};

constexpr std::string_view kV8Triple = "thumbv8m.main-none-eabi";
constexpr std::string_view kV81Triple = "thumbv8.1m.main-none-eabi";
constexpr std::string_view kRiscVTriple = "riscv32-unknown-elf", kRiscVCpu = "generic-rv32";

constexpr Variant arm(std::string_view name, FeatureSet features, std::string_view triple,
                      std::string_view cpu, std::string_view cpu_lacks = "") {
  return {name, Architecture::kArm, features, triple, cpu, cpu_lacks};
}
constexpr Variant riscv(std::string_view name, FeatureSet features) {
  return {name, Architecture::kRiscV, features, kRiscVTriple, kRiscVCpu, ""};
}
constexpr Variant without_kernels(Variant variant) {
  variant.has_kernels = false;
  return variant;
}

constexpr std::array kVariants = std::to_array<Variant>({
    arm("v6-m", {}, "thumbv6m-none-eabi", "cortex-m0plus"),
    arm("v7-m", kV7M, "thumbv7m-none-eabi", "cortex-m3"),
    arm("v7e-m", kV7EM, "thumbv7em-none-eabi", "cortex-m4", "-vfp2sp"),
    arm("v7e-m-fp", kV7EM | FeatureSet{kFloat}, "thumbv7em-none-eabi", "cortex-m4"),
    without_kernels(arm("v7e-m-dp", kV7EM | FeatureSet{kFloat, kFloat5, kDouble},
                        "thumbv7em-none-eabi", "cortex-m7")),
    // Cortex-M23.
    without_kernels(arm("v8-m.base", {kBaseline, kArmv8}, "thumbv8m.base-none-eabi", "cortex-m23")),
    arm("v8-m.main", kV8M, kV8Triple, "cortex-m33"),
    arm("v8.1-m.main", kV81M, kV81Triple, "cortex-m55"),
    arm("v8.1-m.main-pacbti", kV81M | FeatureSet{kPacBti}, kV81Triple, "cortex-m85"),
    riscv("rv32imc", kImc),
    riscv("rv32imac", kImac),
    without_kernels(riscv("rv32imafc", kImac | FeatureSet{kFloat})),
    // Hazard3 as the RP2350 configures it (RP2350 datasheet 3.8.1).
    riscv("rv32imac-zb", kImac | FeatureSet{kZba, kZbb, kZbs, kZbkb, kZcb, kZcmp}),
});

struct LlvmFeature {
  Feature feature;
  std::string_view name;
};
constexpr std::array kLlvmFeatures = std::to_array<LlvmFeature>({
    {kMultiply, "m"},
    {kAtomic, "a"},
    {kFloat, "f"},
    {kCompressed, "c"},
    {kBase, "zicsr"},
    {kBase, "zifencei"},
    {kZba, "zba"},
    {kZbb, "zbb"},
    {kZbs, "zbs"},
    {kZbkb, "zbkb"},
    {kZcb, "zcb"},
    {kZcmp, "zcmp"},
});

}  // namespace

std::span<const Variant> variants() { return kVariants; }

const Variant& find_variant(std::string_view name) {
  std::string known;
  for (const Variant& variant : kVariants) {
    if (variant.name == name) return variant;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", variant.name);
  }
  throw InputError(fmt::format("unknown instruction set '{}'; known: {}", name, known));
}

std::string llvm_features(const Variant& variant) {
  if (variant.architecture == Architecture::kArm) return std::string(variant.cpu_lacks);
  std::string features;
  for (const LlvmFeature& each : kLlvmFeatures) {
    if (!variant.has(each.feature)) continue;
    features += fmt::format("{}+{}", features.empty() ? "" : ",", each.name);
  }
  return features;
}

std::string_view feature_name(Feature feature) {
  switch (feature) {
    case kDsp:
      return "the DSP extension";
    case kFloat:
    case kFloat5:
      return "floating point";
    case kDouble:
      return "double-precision floating point";
    case kArmv81:
      return "Armv8.1-M";
    case kHelium:
      return "Helium (MVE)";
    case kPacBti:
      return "pointer authentication";
    case kMultiply:
      return "the M extension";
    case kAtomic:
      return "the A extension";
    case kCompressed:
      return "the C extension";
    case kZba:
      return "Zba";
    case kZbb:
      return "Zbb";
    case kZbs:
      return "Zbs";
    case kZbkb:
      return "Zbkb";
    case kZcb:
      return "Zcb";
    case kZcmp:
      return "Zcmp";
    case kCustom:
      return "an extension of its own";
    case kBase:
    case kBaseline:
    case kMainline:
    case kArmv8:
      return "a later architecture";
  }
  check(false, "every feature has a name");
  return {};
}

}  // namespace boardless::isa
