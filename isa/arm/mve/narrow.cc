// MVE moves and shifts into half as wide lanes (DDI 0553 C2.4, VMOVN, VQMOVN, VQRSHRN to VSHRN).
#include "isa/arm/mve/integer_rows.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

using enum InstructionClass;

Rows make_rows() {
  Rows rows;
  // The low half of each lane, or what the lane saturates to.
  rows.add_for<NarrowBottom, Narrow<false, Fit::kTruncate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrow), "MVE_VMOVNi16bh MVE_VMOVNi32bh");
  rows.add_for<NarrowTop, Narrow<false, Fit::kTruncate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrow), "MVE_VMOVNi16th MVE_VMOVNi32th");
  rows.add_for<NarrowBottom, Narrow<false, Fit::kSaturate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQMOVNs16bh MVE_VQMOVNs32bh");
  rows.add_for<NarrowTop, Narrow<false, Fit::kSaturate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQMOVNs16th MVE_VQMOVNs32th");
  rows.add_for<NarrowBottom, Narrow<false, Fit::kSaturate>, std::uint16_t, std::uint32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQMOVNu16bh MVE_VQMOVNu32bh");
  rows.add_for<NarrowTop, Narrow<false, Fit::kSaturate>, std::uint16_t, std::uint32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQMOVNu16th MVE_VQMOVNu32th");
  rows.add_for<NarrowBottom, Narrow<false, Fit::kSaturateToUnsigned>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQMOVUNs16bh MVE_VQMOVUNs32bh");
  rows.add_for<NarrowTop, Narrow<false, Fit::kSaturateToUnsigned>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQMOVUNs16th MVE_VQMOVUNs32th");
  // Shifted first.
  rows.add_for<NarrowBottom, Narrow<false, Fit::kTruncate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrow), "MVE_VSHRNi16bh MVE_VSHRNi32bh");
  rows.add_for<NarrowTop, Narrow<false, Fit::kTruncate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrow), "MVE_VSHRNi16th MVE_VSHRNi32th");
  rows.add_for<NarrowBottom, Narrow<true, Fit::kTruncate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VRSHRNi16bh MVE_VRSHRNi32bh");
  rows.add_for<NarrowTop, Narrow<true, Fit::kTruncate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VRSHRNi16th MVE_VRSHRNi32th");
  rows.add_for<NarrowBottom, Narrow<false, Fit::kSaturate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQSHRNbhs16 MVE_VQSHRNbhs32");
  rows.add_for<NarrowTop, Narrow<false, Fit::kSaturate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQSHRNths16 MVE_VQSHRNths32");
  rows.add_for<NarrowBottom, Narrow<false, Fit::kSaturate>, std::uint16_t, std::uint32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQSHRNbhu16 MVE_VQSHRNbhu32");
  rows.add_for<NarrowTop, Narrow<false, Fit::kSaturate>, std::uint16_t, std::uint32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQSHRNthu16 MVE_VQSHRNthu32");
  rows.add_for<NarrowBottom, Narrow<false, Fit::kSaturateToUnsigned>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQSHRUNs16bh MVE_VQSHRUNs32bh");
  rows.add_for<NarrowTop, Narrow<false, Fit::kSaturateToUnsigned>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQSHRUNs16th MVE_VQSHRUNs32th");
  rows.add_for<NarrowBottom, Narrow<true, Fit::kSaturate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQRSHRNbhs16 MVE_VQRSHRNbhs32");
  rows.add_for<NarrowTop, Narrow<true, Fit::kSaturate>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQRSHRNths16 MVE_VQRSHRNths32");
  rows.add_for<NarrowBottom, Narrow<true, Fit::kSaturate>, std::uint16_t, std::uint32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQRSHRNbhu16 MVE_VQRSHRNbhu32");
  rows.add_for<NarrowTop, Narrow<true, Fit::kSaturate>, std::uint16_t, std::uint32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQRSHRNthu16 MVE_VQRSHRNthu32");
  rows.add_for<NarrowBottom, Narrow<true, Fit::kSaturateToUnsigned>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQRSHRUNs16bh MVE_VQRSHRUNs32bh");
  rows.add_for<NarrowTop, Narrow<true, Fit::kSaturateToUnsigned>, std::int16_t, std::int32_t>(
      helium(kVectorNarrowSaturate), "MVE_VQRSHRUNs16th MVE_VQRSHRUNs32th");
  return rows;
}

}  // namespace

std::span<const OpcodeRow> mve_narrow_opcodes() {
  static const Rows rows = make_rows();
  return rows.rows();
}

}  // namespace boardless::isa::arm
