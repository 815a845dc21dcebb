// MVE sums, sums of products and extremes across lanes (DDI 0553 C2.4, VABAV, VADDV, VMAXV to
// VRMLSLDAVH).
#include "isa/arm/mve/integer_rows.h"
#include "isa/arm/mve/reduction.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

using enum InstructionClass;

Rows make_rows() {
  Rows rows;
  // Sums.
  rows.add_all<AddAcross, Form<false>>(helium(kVectorReduceAdd),
                                       "MVE_VADDVs8no_acc MVE_VADDVs16no_acc MVE_VADDVs32no_acc "
                                       "MVE_VADDVu8no_acc MVE_VADDVu16no_acc MVE_VADDVu32no_acc");
  rows.add_for<AddLongAcross, Form<false>, std::int32_t, std::uint32_t>(
      helium(kVectorReduceAddLong), "MVE_VADDLVs32no_acc MVE_VADDLVu32no_acc");
  rows.add_all<AddAcross, Form<true>>(helium(kVectorReduceAdd).accumulates(1),
                                      "MVE_VADDVs8acc MVE_VADDVs16acc MVE_VADDVs32acc "
                                      "MVE_VADDVu8acc MVE_VADDVu16acc MVE_VADDVu32acc");
  rows.add_for<AddLongAcross, Form<true>, std::int32_t, std::uint32_t>(
      helium(kVectorReduceAddLong).accumulates(2, 2), "MVE_VADDLVs32acc MVE_VADDLVu32acc");
  rows.add_all<AddAbsoluteDifferences, Form<true>>(
      helium(kVectorReduceDifference).accumulates(1),
      "MVE_VABAVs8 MVE_VABAVs16 MVE_VABAVs32 MVE_VABAVu8 MVE_VABAVu16 MVE_VABAVu32");
  // Extremes.
  rows.add_all<ExtremeAcross, Maximum>(
      helium(kVectorReduceExtreme).lanes(kEachLane).accumulates(1),
      "MVE_VMAXVs8 MVE_VMAXVs16 MVE_VMAXVs32 MVE_VMAXVu8 MVE_VMAXVu16 MVE_VMAXVu32");
  rows.add_signed<ExtremeMagnitudeAcross, Maximum>(
      helium(kVectorReduceExtreme).lanes(kEachLane).accumulates(1),
      "MVE_VMAXAVs8 MVE_VMAXAVs16 MVE_VMAXAVs32");
  rows.add_all<ExtremeAcross, Minimum>(
      helium(kVectorReduceExtreme).lanes(kEachLane).accumulates(1),
      "MVE_VMINVs8 MVE_VMINVs16 MVE_VMINVs32 MVE_VMINVu8 MVE_VMINVu16 MVE_VMINVu32");
  rows.add_signed<ExtremeMagnitudeAcross, Minimum>(
      helium(kVectorReduceExtreme).lanes(kEachLane).accumulates(1),
      "MVE_VMINAVs8 MVE_VMINAVs16 MVE_VMINAVs32");
  // Sums of products.
  rows.add_all<DotProduct, Form<false>>(
      helium(kVectorDot),
      "MVE_VMLADAVs8 MVE_VMLADAVs16 MVE_VMLADAVs32 MVE_VMLADAVu8 MVE_VMLADAVu16 MVE_VMLADAVu32");
  rows.add_all<DotProduct, Form<true>>(helium(kVectorDot).accumulates(1),
                                       "MVE_VMLADAVas8 MVE_VMLADAVas16 MVE_VMLADAVas32 "
                                       "MVE_VMLADAVau8 MVE_VMLADAVau16 MVE_VMLADAVau32");
  rows.add_signed<DotProduct, Form<false, false, true>>(
      helium(kVectorDot), "MVE_VMLADAVxs8 MVE_VMLADAVxs16 MVE_VMLADAVxs32");
  rows.add_signed<DotProduct, Form<true, false, true>>(
      helium(kVectorDot).accumulates(1), "MVE_VMLADAVaxs8 MVE_VMLADAVaxs16 MVE_VMLADAVaxs32");
  rows.add_signed<DotProduct, Form<false, true>>(helium(kVectorDot),
                                                 "MVE_VMLSDAVs8 MVE_VMLSDAVs16 MVE_VMLSDAVs32");
  rows.add_signed<DotProduct, Form<true, true>>(helium(kVectorDot).accumulates(1),
                                                "MVE_VMLSDAVas8 MVE_VMLSDAVas16 MVE_VMLSDAVas32");
  rows.add_signed<DotProduct, Form<false, true, true>>(
      helium(kVectorDot), "MVE_VMLSDAVxs8 MVE_VMLSDAVxs16 MVE_VMLSDAVxs32");
  rows.add_signed<DotProduct, Form<true, true, true>>(
      helium(kVectorDot).accumulates(1), "MVE_VMLSDAVaxs8 MVE_VMLSDAVaxs16 MVE_VMLSDAVaxs32");
  rows.add_for<LongDotProduct, Form<false>, std::int16_t, std::int32_t, std::uint16_t,
               std::uint32_t>(helium(kVectorDotLong),
                              "MVE_VMLALDAVs16 MVE_VMLALDAVs32 MVE_VMLALDAVu16 MVE_VMLALDAVu32");
  rows.add_for<LongDotProduct, Form<true>, std::int16_t, std::int32_t, std::uint16_t,
               std::uint32_t>(
      helium(kVectorDotLong).accumulates(2, 2),
      "MVE_VMLALDAVas16 MVE_VMLALDAVas32 MVE_VMLALDAVau16 MVE_VMLALDAVau32");
  rows.add_for<LongDotProduct, Form<false, false, true>, std::int16_t, std::int32_t>(
      helium(kVectorDotLong), "MVE_VMLALDAVxs16 MVE_VMLALDAVxs32");
  rows.add_for<LongDotProduct, Form<true, false, true>, std::int16_t, std::int32_t>(
      helium(kVectorDotLong).accumulates(2, 2), "MVE_VMLALDAVaxs16 MVE_VMLALDAVaxs32");
  rows.add_for<LongDotProduct, Form<false, true>, std::int16_t, std::int32_t>(
      helium(kVectorDotLong), "MVE_VMLSLDAVs16 MVE_VMLSLDAVs32");
  rows.add_for<LongDotProduct, Form<true, true>, std::int16_t, std::int32_t>(
      helium(kVectorDotLong).accumulates(2, 2), "MVE_VMLSLDAVas16 MVE_VMLSLDAVas32");
  rows.add_for<LongDotProduct, Form<false, true, true>, std::int16_t, std::int32_t>(
      helium(kVectorDotLong), "MVE_VMLSLDAVxs16 MVE_VMLSLDAVxs32");
  rows.add_for<LongDotProduct, Form<true, true, true>, std::int16_t, std::int32_t>(
      helium(kVectorDotLong).accumulates(2, 2), "MVE_VMLSLDAVaxs16 MVE_VMLSLDAVaxs32");
  rows.add_for<RoundingLongDotProduct, Form<false>, std::int32_t, std::uint32_t>(
      helium(kVectorDotLong), "MVE_VRMLALDAVHs32 MVE_VRMLALDAVHu32");
  rows.add_for<RoundingLongDotProduct, Form<true>, std::int32_t, std::uint32_t>(
      helium(kVectorDotLong).accumulates(2, 2), "MVE_VRMLALDAVHas32 MVE_VRMLALDAVHau32");
  rows.add_for<RoundingLongDotProduct, Form<false, false, true>, std::int32_t>(
      helium(kVectorDotLong), "MVE_VRMLALDAVHxs32");
  rows.add_for<RoundingLongDotProduct, Form<true, false, true>, std::int32_t>(
      helium(kVectorDotLong).accumulates(2, 2), "MVE_VRMLALDAVHaxs32");
  rows.add_for<RoundingLongDotProduct, Form<false, true>, std::int32_t>(helium(kVectorDotLong),
                                                                        "MVE_VRMLSLDAVHs32");
  rows.add_for<RoundingLongDotProduct, Form<true, true>, std::int32_t>(
      helium(kVectorDotLong).accumulates(2, 2), "MVE_VRMLSLDAVHas32");
  rows.add_for<RoundingLongDotProduct, Form<false, true, true>, std::int32_t>(
      helium(kVectorDotLong), "MVE_VRMLSLDAVHxs32");
  rows.add_for<RoundingLongDotProduct, Form<true, true, true>, std::int32_t>(
      helium(kVectorDotLong).accumulates(2, 2), "MVE_VRMLSLDAVHaxs32");
  return rows;
}

}  // namespace

std::span<const OpcodeRow> mve_reduce_opcodes() {
  static const Rows rows = make_rows();
  return rows.rows();
}

}  // namespace boardless::isa::arm
