// Coprocessor instructions (DDI 0403E A5.3.18): no core here has a coprocessor but for floating
// point and vectors, so that executing one traps.
#include "isa/arm/coprocessor.h"

#include <array>

#include "isa/arm/semantics.h"

namespace boardless::isa::arm {
namespace {

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"t2CDP t2CDP2 t2MCR t2MCR2 t2MCRR t2MCRR2 t2MRC t2MRC2 t2MRRC t2MRRC2 t2LDC2L_OFFSET "
     "t2LDC2L_OPTION t2LDC2L_POST t2LDC2L_PRE t2LDC2_OFFSET t2LDC2_OPTION t2LDC2_POST "
     "t2LDC2_PRE t2LDCL_OFFSET t2LDCL_OPTION t2LDCL_POST t2LDCL_PRE t2LDC_OFFSET "
     "t2LDC_OPTION t2LDC_POST t2LDC_PRE t2STC2L_OFFSET t2STC2L_OPTION t2STC2L_POST "
     "t2STC2L_PRE t2STC2_OFFSET t2STC2_OPTION t2STC2_POST t2STC2_PRE t2STCL_OFFSET "
     "t2STCL_OPTION t2STCL_POST t2STCL_PRE t2STC_OFFSET t2STC_OPTION t2STC_POST t2STC_PRE",
     mainline(InstructionClass::kCoprocessor), undefined_instruction},
});

}  // namespace

// DDI 0403E A5.3.18; DDI 0553 C2.2: Armv8.1-M takes what 111x 1111 begins, MVE among it, as 10's.
std::optional<unsigned> coprocessor_of(std::uint32_t first, std::uint32_t second,
                                       FeatureSet features) {
  constexpr unsigned kFloatingPoint = 10;
  if ((first & 0xec00U) != 0xec00U || !features.has(Feature::kMainline)) return std::nullopt;
  // VLLDM and VLSTM are UNDEFINED before they are a coprocessor's.
  const bool lazy_context = (first & 0xffe0U) == 0xec20U && (second & 0xff7fU) == 0x0a00U;
  if (lazy_context && features.has(Feature::kArmv8)) return std::nullopt;
  const bool armv81 = features.has(Feature::kArmv81);
  if ((first & 0x0f00U) == 0x0f00U) return armv81 ? std::optional(kFloatingPoint) : std::nullopt;
  const unsigned number = second >> 8 & 15;
  const bool is_vectors = armv81 && (number == 8 || number == 9 || number >= 14);
  return number == kFloatingPoint + 1 || is_vectors ? kFloatingPoint : number;
}

std::span<const OpcodeRow> coprocessor_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
