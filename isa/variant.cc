// The table of variants.
#include "isa/variant.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"

namespace boardless::isa {
namespace {

constexpr std::string_view kRiscV32 = "riscv32-unknown-elf";
constexpr std::string_view kGenericRiscV32 = "generic-rv32";

constexpr std::array<Variant, 12> kVariants{{
    {"v6-m", "thumbv6m-none-eabi", "cortex-m0plus", "", false, false},
    {"v7-m", "thumbv7m-none-eabi", "cortex-m3", "", false, false},
    {"v7e-m", "thumbv7em-none-eabi", "cortex-m4", "-vfp2sp", true, false},
    {"v7e-m-fp", "thumbv7em-none-eabi", "cortex-m4", "", true, true},
    {"v7e-m-dp", "thumbv7em-none-eabi", "cortex-m7", "", true, true, Architecture::kArm, false},
    {"v8-m.main", "thumbv8m.main-none-eabi", "cortex-m33", "", true, true},
    // Helium with floating point, half and double precision.
    {"v8.1-m.main", "thumbv8.1m.main-none-eabi", "cortex-m55", "", true, true, Architecture::kArm,
     true, true},
    {"v8.1-m.main-pacbti", "thumbv8.1m.main-none-eabi", "cortex-m85", "", true, true,
     Architecture::kArm, true, true},
    {"rv32imc", kRiscV32, kGenericRiscV32, "+m,+c,+zicsr,+zifencei", false, false,
     Architecture::kRiscV},
    {"rv32imac", kRiscV32, kGenericRiscV32, "+m,+a,+c,+zicsr,+zifencei", false, false,
     Architecture::kRiscV},
    {"rv32imafc", kRiscV32, kGenericRiscV32, "+m,+a,+f,+c,+zicsr,+zifencei", false, true,
     Architecture::kRiscV, false},
    // Hazard3 as the RP2350 configures it (RP2350 datasheet 3.8.1).
    {"rv32imac-zb", kRiscV32, kGenericRiscV32,
     "+m,+a,+c,+zicsr,+zifencei,+zba,+zbb,+zbs,+zbkb,+zcb,+zcmp", false, false,
     Architecture::kRiscV},
}};

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

}  // namespace boardless::isa
