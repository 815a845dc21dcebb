// The table of variants.
#include "isa/variant.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"

namespace boardless::isa {
namespace {

constexpr std::array<Variant, 5> kVariants{{
    {"v6-m", "thumbv6m-none-eabi", "cortex-m0plus", "", false, false},
    {"v7-m", "thumbv7m-none-eabi", "cortex-m3", "", false, false},
    {"v7e-m", "thumbv7em-none-eabi", "cortex-m4", "-vfp2sp", true, false},
    {"v7e-m-fp", "thumbv7em-none-eabi", "cortex-m4", "", true, true},
    {"v8-m.main", "thumbv8m.main-none-eabi", "cortex-m33", "", true, true},
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
