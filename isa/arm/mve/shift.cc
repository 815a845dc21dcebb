// MVE shifts lane by lane (DDI 0553 C2.4, VMOVL, VQRSHL to VSRI).
#include "isa/arm/mve/integer_rows.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

using enum InstructionClass;

Rows make_rows() {
  Rows rows;
  // By an immediate.
  rows.add_signed<Unary, ShiftLeft>(helium(kVectorAlu),
                                    "MVE_VSHL_immi8 MVE_VSHL_immi16 MVE_VSHL_immi32");
  rows.add_all<Unary, ShiftRight>(helium(kVectorAlu),
                                  "MVE_VSHR_imms8 MVE_VSHR_imms16 MVE_VSHR_imms32 MVE_VSHR_immu8 "
                                  "MVE_VSHR_immu16 MVE_VSHR_immu32");
  rows.add_all<Unary, RoundingShiftRight>(helium(kVectorShift),
                                          "MVE_VRSHR_imms8 MVE_VRSHR_imms16 MVE_VRSHR_imms32 "
                                          "MVE_VRSHR_immu8 MVE_VRSHR_immu16 MVE_VRSHR_immu32");
  rows.add_all<Unary, SaturatingShiftLeft>(helium(kVectorShift),
                                           "MVE_VQSHLimms8 MVE_VQSHLimms16 MVE_VQSHLimms32 "
                                           "MVE_VQSHLimmu8 MVE_VQSHLimmu16 MVE_VQSHLimmu32");
  rows.add_signed<Unary, SaturatingShiftLeftUnsigned>(
      helium(kVectorShift), "MVE_VQSHLU_imms8 MVE_VQSHLU_imms16 MVE_VQSHLU_imms32");
  rows.add_unsigned<UnaryIntoDestination, ShiftLeftInsert>(
      helium(kVectorAlu), "MVE_VSLIimm8 MVE_VSLIimm16 MVE_VSLIimm32");
  rows.add_unsigned<UnaryIntoDestination, ShiftRightInsert>(
      helium(kVectorAlu), "MVE_VSRIimm8 MVE_VSRIimm16 MVE_VSRIimm32");
  // By a register.
  rows.add_all<Binary, ShiftByRegister<false, false>>(
      helium(kVectorAlu),
      "MVE_VSHL_by_vecs8 MVE_VSHL_by_vecs16 MVE_VSHL_by_vecs32 MVE_VSHL_by_vecu8 "
      "MVE_VSHL_by_vecu16 MVE_VSHL_by_vecu32");
  rows.add_all<BinaryScalar, ShiftByRegister<false, false>>(
      helium(kVectorAlu),
      "MVE_VSHL_qrs8 MVE_VSHL_qrs16 MVE_VSHL_qrs32 MVE_VSHL_qru8 MVE_VSHL_qru16 MVE_VSHL_qru32");
  rows.add_all<Binary, ShiftByRegister<false, true>>(
      helium(kVectorShift),
      "MVE_VRSHL_by_vecs8 MVE_VRSHL_by_vecs16 MVE_VRSHL_by_vecs32 MVE_VRSHL_by_vecu8 "
      "MVE_VRSHL_by_vecu16 MVE_VRSHL_by_vecu32");
  rows.add_all<BinaryScalar, ShiftByRegister<false, true>>(
      helium(kVectorShift),
      "MVE_VRSHL_qrs8 MVE_VRSHL_qrs16 MVE_VRSHL_qrs32 MVE_VRSHL_qru8 MVE_VRSHL_qru16 "
      "MVE_VRSHL_qru32");
  rows.add_all<Binary, ShiftByRegister<true, false>>(
      helium(kVectorShift),
      "MVE_VQSHL_by_vecs8 MVE_VQSHL_by_vecs16 MVE_VQSHL_by_vecs32 MVE_VQSHL_by_vecu8 "
      "MVE_VQSHL_by_vecu16 MVE_VQSHL_by_vecu32");
  rows.add_all<BinaryScalar, ShiftByRegister<true, false>>(
      helium(kVectorShift),
      "MVE_VQSHL_qrs8 MVE_VQSHL_qrs16 MVE_VQSHL_qrs32 MVE_VQSHL_qru8 MVE_VQSHL_qru16 "
      "MVE_VQSHL_qru32");
  rows.add_all<Binary, ShiftByRegister<true, true>>(
      helium(kVectorShift),
      "MVE_VQRSHL_by_vecs8 MVE_VQRSHL_by_vecs16 MVE_VQRSHL_by_vecs32 MVE_VQRSHL_by_vecu8 "
      "MVE_VQRSHL_by_vecu16 MVE_VQRSHL_by_vecu32");
  rows.add_all<BinaryScalar, ShiftByRegister<true, true>>(
      helium(kVectorShift),
      "MVE_VQRSHL_qrs8 MVE_VQRSHL_qrs16 MVE_VQRSHL_qrs32 MVE_VQRSHL_qru8 MVE_VQRSHL_qru16 "
      "MVE_VQRSHL_qru32");
  // Twice as wide results.
  rows.add_for<UnaryLongBottom, MoveLong, std::int8_t, std::int16_t, std::uint8_t, std::uint16_t>(
      helium(kVectorAlu), "MVE_VMOVLs8bh MVE_VMOVLs16bh MVE_VMOVLu8bh MVE_VMOVLu16bh");
  rows.add_for<UnaryLongBottom, ShiftLeftLong, std::int8_t, std::int16_t, std::uint8_t,
               std::uint16_t>(
      helium(kVectorAlu),
      "MVE_VSHLL_imms8bh MVE_VSHLL_imms16bh MVE_VSHLL_immu8bh MVE_VSHLL_immu16bh");
  rows.add_for<UnaryLongBottom, ShiftLeftLongByWidth, std::int8_t, std::int16_t, std::uint8_t,
               std::uint16_t>(
      helium(kVectorAlu), "MVE_VSHLL_lws8bh MVE_VSHLL_lws16bh MVE_VSHLL_lwu8bh MVE_VSHLL_lwu16bh");
  rows.add_for<UnaryLongTop, MoveLong, std::int8_t, std::int16_t, std::uint8_t, std::uint16_t>(
      helium(kVectorAlu), "MVE_VMOVLs8th MVE_VMOVLs16th MVE_VMOVLu8th MVE_VMOVLu16th");
  rows.add_for<UnaryLongTop, ShiftLeftLong, std::int8_t, std::int16_t, std::uint8_t, std::uint16_t>(
      helium(kVectorAlu),
      "MVE_VSHLL_imms8th MVE_VSHLL_imms16th MVE_VSHLL_immu8th MVE_VSHLL_immu16th");
  rows.add_for<UnaryLongTop, ShiftLeftLongByWidth, std::int8_t, std::int16_t, std::uint8_t,
               std::uint16_t>(
      helium(kVectorAlu), "MVE_VSHLL_lws8th MVE_VSHLL_lws16th MVE_VSHLL_lwu8th MVE_VSHLL_lwu16th");
  return rows;
}

}  // namespace

std::span<const OpcodeRow> mve_shift_opcodes() {
  static const Rows rows = make_rows();
  return rows.rows();
}

}  // namespace boardless::isa::arm
