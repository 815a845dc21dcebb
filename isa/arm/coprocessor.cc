// Coprocessor instructions (DDI 0403E A5.3.18), which have no semantics: code that only contains
// them can be walked, and running one is refused by name.
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
     mainline(InstructionClass::kCoprocessor),
     {}},
});

}  // namespace

std::span<const OpcodeRow> coprocessor_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
