// MVE integer multiplications lane by lane (DDI 0553 C2.4, VMLA to VRMULH).
#include "isa/arm/mve/integer_rows.h"
#include "isa/arm/mve/lane_pairs.h"

namespace boardless::isa::arm {
namespace {

using namespace mve;

using enum InstructionClass;

Rows make_rows() {
  Rows rows;
  rows.add_signed<Binary, Multiply>(helium(kVectorMultiply), "MVE_VMULi8 MVE_VMULi16 MVE_VMULi32");
  rows.add_signed<BinaryScalar, Multiply>(helium(kVectorMultiply),
                                          "MVE_VMUL_qr_i8 MVE_VMUL_qr_i16 MVE_VMUL_qr_i32");
  rows.add_all<Binary, MultiplyHigh>(
      helium(kVectorMultiply),
      "MVE_VMULHs8 MVE_VMULHs16 MVE_VMULHs32 MVE_VMULHu8 MVE_VMULHu16 MVE_VMULHu32");
  rows.add_all<Binary, RoundingMultiplyHigh>(
      helium(kVectorMultiply),
      "MVE_VRMULHs8 MVE_VRMULHs16 MVE_VRMULHs32 MVE_VRMULHu8 MVE_VRMULHu16 MVE_VRMULHu32");
  rows.add_signed<Binary, DoublingMultiplyHigh<false>>(
      helium(kVectorMultiply), "MVE_VQDMULHi8 MVE_VQDMULHi16 MVE_VQDMULHi32");
  rows.add_signed<BinaryScalar, DoublingMultiplyHigh<false>>(
      helium(kVectorMultiply), "MVE_VQDMULH_qr_s8 MVE_VQDMULH_qr_s16 MVE_VQDMULH_qr_s32");
  rows.add_signed<Binary, DoublingMultiplyHigh<true>>(
      helium(kVectorMultiply), "MVE_VQRDMULHi8 MVE_VQRDMULHi16 MVE_VQRDMULHi32");
  rows.add_signed<BinaryScalar, DoublingMultiplyHigh<true>>(
      helium(kVectorMultiply), "MVE_VQRDMULH_qr_s8 MVE_VQRDMULH_qr_s16 MVE_VQRDMULH_qr_s32");
  // With an addend.
  rows.add_signed<AccumulateScalar, MultiplyAddProduct>(
      helium(kVectorMultiplyAccumulate).accumulates(1),
      "MVE_VMLA_qr_i8 MVE_VMLA_qr_i16 MVE_VMLA_qr_i32");
  rows.add_signed<AccumulateScalar, MultiplyAddScalar>(
      helium(kVectorMultiplyAccumulate), "MVE_VMLAS_qr_i8 MVE_VMLAS_qr_i16 MVE_VMLAS_qr_i32");
  rows.add_signed<AccumulateScalar, DoublingMultiplyAddHigh<false>>(
      helium(kVectorMultiplyAccumulate).accumulates(1),
      "MVE_VQDMLAH_qrs8 MVE_VQDMLAH_qrs16 MVE_VQDMLAH_qrs32");
  rows.add_signed<AccumulateScalar, DoublingMultiplyAddScalarHigh<false>>(
      helium(kVectorMultiplyAccumulate), "MVE_VQDMLASH_qrs8 MVE_VQDMLASH_qrs16 MVE_VQDMLASH_qrs32");
  rows.add_signed<AccumulateScalar, DoublingMultiplyAddHigh<true>>(
      helium(kVectorMultiplyAccumulate).accumulates(1),
      "MVE_VQRDMLAH_qrs8 MVE_VQRDMLAH_qrs16 MVE_VQRDMLAH_qrs32");
  rows.add_signed<AccumulateScalar, DoublingMultiplyAddScalarHigh<true>>(
      helium(kVectorMultiplyAccumulate),
      "MVE_VQRDMLASH_qrs8 MVE_VQRDMLASH_qrs16 MVE_VQRDMLASH_qrs32");
  // Sums and differences of two products.
  rows.add_signed<DirectDualMultiply, DoublingDualMultiplyHigh<false, false>>(
      helium(kVectorMultiply), "MVE_VQDMLADHs8 MVE_VQDMLADHs16 MVE_VQDMLADHs32");
  rows.add_signed<ExchangingDualMultiply, DoublingDualMultiplyHigh<false, false>>(
      helium(kVectorMultiply), "MVE_VQDMLADHXs8 MVE_VQDMLADHXs16 MVE_VQDMLADHXs32");
  rows.add_signed<DirectDualMultiply, DoublingDualMultiplyHigh<false, true>>(
      helium(kVectorMultiply), "MVE_VQRDMLADHs8 MVE_VQRDMLADHs16 MVE_VQRDMLADHs32");
  rows.add_signed<ExchangingDualMultiply, DoublingDualMultiplyHigh<false, true>>(
      helium(kVectorMultiply), "MVE_VQRDMLADHXs8 MVE_VQRDMLADHXs16 MVE_VQRDMLADHXs32");
  rows.add_signed<DirectDualMultiply, DoublingDualMultiplyHigh<true, false>>(
      helium(kVectorMultiply), "MVE_VQDMLSDHs8 MVE_VQDMLSDHs16 MVE_VQDMLSDHs32");
  rows.add_signed<ExchangingDualMultiply, DoublingDualMultiplyHigh<true, false>>(
      helium(kVectorMultiply), "MVE_VQDMLSDHXs8 MVE_VQDMLSDHXs16 MVE_VQDMLSDHXs32");
  rows.add_signed<DirectDualMultiply, DoublingDualMultiplyHigh<true, true>>(
      helium(kVectorMultiply), "MVE_VQRDMLSDHs8 MVE_VQRDMLSDHs16 MVE_VQRDMLSDHs32");
  rows.add_signed<ExchangingDualMultiply, DoublingDualMultiplyHigh<true, true>>(
      helium(kVectorMultiply), "MVE_VQRDMLSDHXs8 MVE_VQRDMLSDHXs16 MVE_VQRDMLSDHXs32");
  // Twice as wide results.
  rows.add_all<BinaryLongBottom, MultiplyLong>(
      helium(kVectorMultiply),
      "MVE_VMULLBs8 MVE_VMULLBs16 MVE_VMULLBs32 MVE_VMULLBu8 MVE_VMULLBu16 MVE_VMULLBu32");
  rows.add_all<BinaryLongTop, MultiplyLong>(
      helium(kVectorMultiply),
      "MVE_VMULLTs8 MVE_VMULLTs16 MVE_VMULLTs32 MVE_VMULLTu8 MVE_VMULLTu16 MVE_VMULLTu32");
  rows.add_for<BinaryLongBottom, PolynomialMultiplyLong, std::uint8_t, std::uint16_t>(
      helium(kVectorMultiplyPolynomial), "MVE_VMULLBp8 MVE_VMULLBp16");
  rows.add_for<BinaryLongTop, PolynomialMultiplyLong, std::uint8_t, std::uint16_t>(
      helium(kVectorMultiplyPolynomial), "MVE_VMULLTp8 MVE_VMULLTp16");
  rows.add_for<BinaryLongBottom, DoublingMultiplyLong, std::int16_t, std::int32_t>(
      helium(kVectorMultiply), "MVE_VQDMULLs16bh MVE_VQDMULLs32bh");
  rows.add_for<ScalarLongBottom, DoublingMultiplyLong, std::int16_t, std::int32_t>(
      helium(kVectorMultiply), "MVE_VQDMULL_qr_s16bh MVE_VQDMULL_qr_s32bh");
  rows.add_for<BinaryLongTop, DoublingMultiplyLong, std::int16_t, std::int32_t>(
      helium(kVectorMultiply), "MVE_VQDMULLs16th MVE_VQDMULLs32th");
  rows.add_for<ScalarLongTop, DoublingMultiplyLong, std::int16_t, std::int32_t>(
      helium(kVectorMultiply), "MVE_VQDMULL_qr_s16th MVE_VQDMULL_qr_s32th");
  return rows;
}

}  // namespace

std::span<const OpcodeRow> mve_multiply_opcodes() {
  static const Rows rows = make_rows();
  return rows.rows();
}

}  // namespace boardless::isa::arm
