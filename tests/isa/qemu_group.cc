// The groups of instructions that QEMU judges, and on which board.
#include <fmt/format.h>

#include <array>

#include "base/error.h"
#include "tests/isa/qemu_fuzz.h"
#include "tests/isa/vector_values.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_vector(std::string_view name) { return name.starts_with("MVE_"); }

// VMOV of a lane to or from a core register, and of VPR.
bool is_lane_or_predicate(std::string_view name) {
  return contains(name, "VMOV_to_lane") || contains(name, "VMOV_from_lane") ||
         contains(name, "VMSR_P0") || contains(name, "VMRS_P0") || contains(name, "VMSR_VPR") ||
         contains(name, "VMRS_VPR");
}

bool is_base(const Decoded& d, std::string_view name) {
  return !is_vector(name) && d.facts.instruction_class < kFpMove;
}

bool is_scalar_float(const Decoded& d, std::string_view name) {
  const InstructionClass c = d.facts.instruction_class;
  return !is_vector(name) && c >= kFpMove && c < kCoprocessor;
}

bool is_half(const Decoded& d, std::string_view name) {
  if (!is_scalar_float(d, name)) return false;
  constexpr std::array<std::string_view, 9> kParts{"HR",  "RH",  "BHS", "THS", "BSH",
                                                   "TSH", "BHD", "THD", "VINS"};
  if (name.ends_with("H") || name.ends_with("HS") || name.ends_with("HD") || name.ends_with("HZ") ||
      name.ends_with("HI")) {
    return true;
  }
  for (const std::string_view part : kParts) {
    if (contains(name, part)) return true;
  }
  return false;
}

bool is_vector_access(std::string_view name) {
  return name.starts_with("MVE_VLD") || name.starts_with("MVE_VST");
}

bool is_vector_float(std::string_view name) {
  constexpr std::array<std::string_view, 8> kParts{"f16",  "f32",   "F16", "F32",
                                                   "VCVT", "VRINT", "NMV", "NMAV"};
  if (!is_vector(name) || is_vector_access(name)) return false;
  for (const std::string_view part : kParts) {
    if (contains(name, part)) return true;
  }
  return false;
}

// What sets and uses predicates in every group of vector instructions.
bool is_predicate(std::string_view name) {
  return name.starts_with("MVE_VPST") || name.starts_with("MVE_VPNOT") ||
         name.starts_with("MVE_VPSEL") || name.starts_with("MVE_VCTP") ||
         is_lane_or_predicate(name);
}

constexpr std::array kGroups = std::to_array<QemuGroup>({
    {"base-v7em", "mps2-an386", "v7e-m-fp", is_base},
    {"fp-v7em", "mps2-an386", "v7e-m-fp", is_scalar_float, seed_singles},
    {"base-v8m", "mps2-an505", "v8-m.main", is_base},
    {"fp-v8m", "mps2-an505", "v8-m.main", is_scalar_float, seed_singles},
    {"base-v81m", "mps3-an547", "v8.1-m.main", is_base},
    {"fp-v81m", "mps3-an547", "v8.1-m.main", is_scalar_float, seed_vectors},
    {"fp16", "mps3-an547", "v8.1-m.main", is_half, seed_vectors},
    {"mve-int", "mps3-an547", "v8.1-m.main",
     [](const Decoded&, std::string_view name) {
       return is_vector(name) && !is_vector_access(name) && !is_vector_float(name);
     },
     seed_vectors, true},
    {"mve-fp", "mps3-an547", "v8.1-m.main",
     [](const Decoded&, std::string_view name) {
       return is_vector_float(name) || is_predicate(name);
     },
     seed_vectors, true},
    {"mve-ld", "mps3-an547", "v8.1-m.main",
     [](const Decoded&, std::string_view name) {
       return is_vector_access(name) || is_predicate(name);
     },
     seed_vectors, true},
    {"lob", "mps3-an547", "v8.1-m.main",
     [](const Decoded& d, std::string_view name) { return is_vector(name) || is_base(d, name); },
     seed_vectors, true, true},
    {"all-v81m", "mps3-an547", "v8.1-m.main", [](const Decoded&, std::string_view) { return true; },
     seed_vectors, true, true},
});

}  // namespace

std::span<const QemuGroup> qemu_groups() { return kGroups; }

const QemuGroup& find_qemu_group(std::string_view name) {
  std::string known;
  for (const QemuGroup& group : kGroups) {
    if (group.name == name) return group;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", group.name);
  }
  throw InputError(fmt::format("unknown group '{}'; known: {}", name, known));
}

}  // namespace boardless::isa
