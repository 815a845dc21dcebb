// MVE integer additions, subtractions, extremes and counts of leading bits, lane by lane (DDI 0553
// C2.4, VABD to VSUB).
#include "isa/arm/mve/integer_rows.h"
#include "isa/arm/mve/lane_pairs.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

using enum InstructionClass;

Rows make_rows() {
  Rows rows;
  // Additions and subtractions.
  rows.add_signed<Binary, Add>(helium(kVectorAlu), "MVE_VADDi8 MVE_VADDi16 MVE_VADDi32");
  rows.add_signed<BinaryScalar, Add>(helium(kVectorAlu),
                                     "MVE_VADD_qr_i8 MVE_VADD_qr_i16 MVE_VADD_qr_i32");
  rows.add_signed<Binary, Subtract>(helium(kVectorAlu), "MVE_VSUBi8 MVE_VSUBi16 MVE_VSUBi32");
  rows.add_signed<BinaryScalar, Subtract>(helium(kVectorAlu),
                                          "MVE_VSUB_qr_i8 MVE_VSUB_qr_i16 MVE_VSUB_qr_i32");
  rows.add_all<Binary, SaturatingAdd>(
      helium(kVectorAlu),
      "MVE_VQADDs8 MVE_VQADDs16 MVE_VQADDs32 MVE_VQADDu8 MVE_VQADDu16 MVE_VQADDu32");
  rows.add_all<BinaryScalar, SaturatingAdd>(helium(kVectorAlu),
                                            "MVE_VQADD_qr_s8 MVE_VQADD_qr_s16 MVE_VQADD_qr_s32 "
                                            "MVE_VQADD_qr_u8 MVE_VQADD_qr_u16 MVE_VQADD_qr_u32");
  rows.add_all<Binary, SaturatingSubtract>(
      helium(kVectorAlu),
      "MVE_VQSUBs8 MVE_VQSUBs16 MVE_VQSUBs32 MVE_VQSUBu8 MVE_VQSUBu16 MVE_VQSUBu32");
  rows.add_all<BinaryScalar, SaturatingSubtract>(
      helium(kVectorAlu),
      "MVE_VQSUB_qr_s8 MVE_VQSUB_qr_s16 MVE_VQSUB_qr_s32 MVE_VQSUB_qr_u8 MVE_VQSUB_qr_u16 "
      "MVE_VQSUB_qr_u32");
  rows.add_all<Binary, HalvingAdd>(
      helium(kVectorAlu),
      "MVE_VHADDs8 MVE_VHADDs16 MVE_VHADDs32 MVE_VHADDu8 MVE_VHADDu16 MVE_VHADDu32");
  rows.add_all<BinaryScalar, HalvingAdd>(helium(kVectorAlu),
                                         "MVE_VHADD_qr_s8 MVE_VHADD_qr_s16 MVE_VHADD_qr_s32 "
                                         "MVE_VHADD_qr_u8 MVE_VHADD_qr_u16 MVE_VHADD_qr_u32");
  rows.add_all<Binary, HalvingSubtract>(
      helium(kVectorAlu),
      "MVE_VHSUBs8 MVE_VHSUBs16 MVE_VHSUBs32 MVE_VHSUBu8 MVE_VHSUBu16 MVE_VHSUBu32");
  rows.add_all<BinaryScalar, HalvingSubtract>(helium(kVectorAlu),
                                              "MVE_VHSUB_qr_s8 MVE_VHSUB_qr_s16 MVE_VHSUB_qr_s32 "
                                              "MVE_VHSUB_qr_u8 MVE_VHSUB_qr_u16 MVE_VHSUB_qr_u32");
  rows.add_all<Binary, RoundingHalvingAdd>(
      helium(kVectorAlu),
      "MVE_VRHADDs8 MVE_VRHADDs16 MVE_VRHADDs32 MVE_VRHADDu8 MVE_VRHADDu16 MVE_VRHADDu32");
  // Complex additions.
  rows.add_signed<RotatedAdd, WrappingParts>(helium(kVectorAlu),
                                             "MVE_VCADDi8 MVE_VCADDi16 MVE_VCADDi32");
  rows.add_signed<RotatedAdd, HalvingParts>(helium(kVectorAlu),
                                            "MVE_VHCADDs8 MVE_VHCADDs16 MVE_VHCADDs32");
  // Differences, extremes, magnitudes and counts.
  rows.add_all<Binary, AbsoluteDifference>(
      helium(kVectorAlu), "MVE_VABDs8 MVE_VABDs16 MVE_VABDs32 MVE_VABDu8 MVE_VABDu16 MVE_VABDu32");
  rows.add_all<Binary, Maximum>(
      helium(kVectorAlu), "MVE_VMAXs8 MVE_VMAXs16 MVE_VMAXs32 MVE_VMAXu8 MVE_VMAXu16 MVE_VMAXu32");
  rows.add_all<Binary, Minimum>(
      helium(kVectorAlu), "MVE_VMINs8 MVE_VMINs16 MVE_VMINs32 MVE_VMINu8 MVE_VMINu16 MVE_VMINu32");
  rows.add_signed<UnaryIntoDestination, MaximumAbsolute>(helium(kVectorAlu),
                                                         "MVE_VMAXAs8 MVE_VMAXAs16 MVE_VMAXAs32");
  rows.add_signed<UnaryIntoDestination, MinimumAbsolute>(helium(kVectorAlu),
                                                         "MVE_VMINAs8 MVE_VMINAs16 MVE_VMINAs32");
  rows.add_signed<Unary, Absolute>(helium(kVectorAlu), "MVE_VABSs8 MVE_VABSs16 MVE_VABSs32");
  rows.add_signed<Unary, Negate>(helium(kVectorAlu), "MVE_VNEGs8 MVE_VNEGs16 MVE_VNEGs32");
  rows.add_signed<Unary, SaturatingAbsolute>(helium(kVectorAlu),
                                             "MVE_VQABSs8 MVE_VQABSs16 MVE_VQABSs32");
  rows.add_signed<Unary, SaturatingNegate>(helium(kVectorAlu),
                                           "MVE_VQNEGs8 MVE_VQNEGs16 MVE_VQNEGs32");
  rows.add_signed<Unary, CountLeadingZeros>(helium(kVectorLogical),
                                            "MVE_VCLZs8 MVE_VCLZs16 MVE_VCLZs32");
  rows.add_signed<Unary, CountLeadingSigns>(helium(kVectorLogical),
                                            "MVE_VCLSs8 MVE_VCLSs16 MVE_VCLSs32");
  return rows;
}

}  // namespace

std::span<const OpcodeRow> mve_integer_add_opcodes() {
  static const Rows rows = make_rows();
  return rows.rows();
}

}  // namespace boardless::isa::arm
