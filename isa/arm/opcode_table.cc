// Arm's table: opcode names grouped by what they share, in the order of the Armv7-M manual (DDI
// 0403E, chapter A5). Opcodes LLVM decodes for M-profile that are not here are refused, never
// guessed.
#include "isa/opcode_table.h"

#include <array>

namespace boardless::isa {
namespace {

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kGroups = std::to_array<OpcodeGroup>({
    // Data processing.
    {{kAlu},
     "tADC tADDhirr tADDi3 tADDi8 tADDrSP tADDrSPi tADDrr tADDspi tADDspr tADR tAND tBIC tCMNz "
     "tCMPhir tCMPi8 tCMPr tEOR tMOVi8 tMOVr tMOVSr tMVN tORR tRSB tSBC tSUBi3 tSUBi8 tSUBrr "
     "tSUBspi tTST t2ADCri t2ADCrr t2ADDri t2ADDri12 t2ADDrr t2ADDspImm t2ADDspImm12 t2ADR "
     "t2ANDri t2ANDrr t2BICri t2BICrr t2CMNri t2CMNzrr t2CMPri t2CMPrr t2EORri t2EORrr t2MOVTi16 "
     "t2MOVi t2MOVi16 t2MOVr t2MVNi t2MVNr t2ORNri t2ORNrr t2ORRri t2ORRrr t2RSBri t2RSBrr "
     "t2SBCri t2SBCrr t2SUBri t2SUBri12 t2SUBrr t2SUBspImm t2SUBspImm12 t2TEQri t2TEQrr t2TSTri "
     "t2TSTrr"},
    {{kAluShiftedOperand},
     "t2ADCrs t2ADDrs t2ANDrs t2BICrs t2CMNzrs t2CMPrs t2EORrs t2MVNs t2ORNrs t2ORRrs t2RSBrs "
     "t2SBCrs t2SUBrs t2TEQrs t2TSTrs"},
    {{kShift},
     "tASRri tASRrr tLSLri tLSLrr tLSRri tLSRrr tROR t2ASRri t2ASRrr t2LSLri t2LSLrr t2LSRri "
     "t2LSRrr t2RORri t2RORrr t2RRX"},
    {{kBitField},
     "tREV tREV16 tREVSH tSXTB tSXTH tUXTB tUXTH t2BFC t2BFI t2CLZ t2PKHBT t2PKHTB t2RBIT t2REV "
     "t2REV16 t2REVSH t2SBFX t2SXTAB t2SXTAB16 t2SXTAH t2SXTB t2SXTB16 t2SXTH t2UBFX t2UXTAB "
     "t2UXTAB16 t2UXTAH t2UXTB t2UXTB16 t2UXTH"},
    {{kParallelAlu},
     "t2QADD16 t2QADD8 t2QASX t2QSAX t2QSUB16 t2QSUB8 t2SADD16 t2SADD8 t2SASX t2SEL t2SHADD16 "
     "t2SHADD8 t2SHASX t2SHSAX t2SHSUB16 t2SHSUB8 t2SSAX t2SSUB16 t2SSUB8 t2UADD16 t2UADD8 t2UASX "
     "t2UHADD16 t2UHADD8 t2UHASX t2UHSAX t2UHSUB16 t2UHSUB8 t2UQADD16 t2UQADD8 t2UQASX t2UQSAX "
     "t2UQSUB16 t2UQSUB8 t2USAX t2USUB16 t2USUB8"},
    {{kSaturate}, "t2QADD t2QDADD t2QDSUB t2QSUB t2SSAT t2SSAT16 t2USAT t2USAT16"},
    // Multiplication and division.
    {{kMultiply}, "tMUL t2MUL"},
    {{kMultiplyAccumulate}, "t2MLA t2MLS"},
    {{kMultiplyLong}, "t2SMULL t2UMULL"},
    {{kMultiplyAccumulateLong}, "t2SMLAL t2UMLAL t2UMAAL"},
    {{kDspMultiply},
     "t2SMMUL t2SMMULR t2SMUAD t2SMUADX t2SMULBB t2SMULBT t2SMULTB t2SMULTT t2SMULWB t2SMULWT "
     "t2SMUSD t2SMUSDX t2USAD8"},
    {{kDspMultiplyAccumulate},
     "t2SMLABB t2SMLABT t2SMLAD t2SMLADX t2SMLATB t2SMLATT t2SMLAWB t2SMLAWT t2SMLSD t2SMLSDX "
     "t2SMMLA t2SMMLAR t2SMMLS t2SMMLSR t2USADA8"},
    {{kDspMultiplyAccumulateLong},
     "t2SMLALBB t2SMLALBT t2SMLALD t2SMLALDX t2SMLALTB t2SMLALTT t2SMLSLD t2SMLSLDX"},
    {{kDivide}, "t2SDIV t2UDIV"},
    // Loads.
    {{kLoad, kImmediate, 4}, "tLDRi tLDRspi t2LDRi12 t2LDRi8 t2LDRT"},
    {{kLoad, kImmediate, 2}, "tLDRHi t2LDRHi12 t2LDRHi8 t2LDRHT t2LDRSHi12 t2LDRSHi8 t2LDRSHT"},
    {{kLoad, kImmediate, 1}, "tLDRBi t2LDRBi12 t2LDRBi8 t2LDRBT t2LDRSBi12 t2LDRSBi8 t2LDRSBT"},
    {{kLoad, kRegister, 4}, "tLDRr t2LDRs"},
    {{kLoad, kRegister, 2}, "tLDRHr tLDRSH t2LDRHs t2LDRSHs"},
    {{kLoad, kRegister, 1}, "tLDRBr tLDRSB t2LDRBs t2LDRSBs"},
    {{kLoad, kLiteral, 4}, "tLDRpci t2LDRpci"},
    {{kLoad, kLiteral, 2}, "t2LDRHpci t2LDRSHpci"},
    {{kLoad, kLiteral, 1}, "t2LDRBpci t2LDRSBpci"},
    {{kLoad, kPreIndexed, 4}, "t2LDR_PRE"},
    {{kLoad, kPreIndexed, 2}, "t2LDRH_PRE t2LDRSH_PRE"},
    {{kLoad, kPreIndexed, 1}, "t2LDRB_PRE t2LDRSB_PRE"},
    {{kLoad, kPostIndexed, 4}, "t2LDR_POST"},
    {{kLoad, kPostIndexed, 2}, "t2LDRH_POST t2LDRSH_POST"},
    {{kLoad, kPostIndexed, 1}, "t2LDRB_POST t2LDRSB_POST"},
    {{kLoadDual, kImmediate, 4}, "t2LDRDi8"},
    {{kLoadDual, kPreIndexed, 4}, "t2LDRD_PRE"},
    {{kLoadDual, kPostIndexed, 4}, "t2LDRD_POST"},
    {{kLoadMultiple, kImmediate, 4}, "tLDMIA t2LDMIA t2LDMDB"},
    {{kLoadMultiple, kPostIndexed, 4}, "tPOP t2LDMIA_UPD t2LDMDB_UPD"},
    {{kLoadExclusive, kImmediate, 4}, "t2LDREX t2LDA t2LDAEX"},
    {{kLoadExclusive, kImmediate, 2}, "t2LDREXH t2LDAH t2LDAEXH"},
    {{kLoadExclusive, kImmediate, 1}, "t2LDREXB t2LDAB t2LDAEXB"},
    {{kPreload}, "t2PLDi12 t2PLDi8 t2PLDpci t2PLDs t2PLIi12 t2PLIi8 t2PLIpci t2PLIs"},
    // Stores.
    {{kStore, kImmediate, 4}, "tSTRi tSTRspi t2STRi12 t2STRi8 t2STRT"},
    {{kStore, kImmediate, 2}, "tSTRHi t2STRHi12 t2STRHi8 t2STRHT"},
    {{kStore, kImmediate, 1}, "tSTRBi t2STRBi12 t2STRBi8 t2STRBT"},
    {{kStore, kRegister, 4}, "tSTRr t2STRs"},
    {{kStore, kRegister, 2}, "tSTRHr t2STRHs"},
    {{kStore, kRegister, 1}, "tSTRBr t2STRBs"},
    {{kStore, kPreIndexed, 4}, "t2STR_PRE"},
    {{kStore, kPreIndexed, 2}, "t2STRH_PRE"},
    {{kStore, kPreIndexed, 1}, "t2STRB_PRE"},
    {{kStore, kPostIndexed, 4}, "t2STR_POST"},
    {{kStore, kPostIndexed, 2}, "t2STRH_POST"},
    {{kStore, kPostIndexed, 1}, "t2STRB_POST"},
    {{kStoreDual, kImmediate, 4}, "t2STRDi8"},
    {{kStoreDual, kPreIndexed, 4}, "t2STRD_PRE"},
    {{kStoreDual, kPostIndexed, 4}, "t2STRD_POST"},
    {{kStoreMultiple, kImmediate, 4}, "t2STMIA t2STMDB"},
    {{kStoreMultiple, kPostIndexed, 4}, "tPUSH tSTMIA_UPD t2STMIA_UPD t2STMDB_UPD"},
    {{kStoreExclusive, kImmediate, 4}, "t2STREX t2STL t2STLEX"},
    {{kStoreExclusive, kImmediate, 2}, "t2STREXH t2STLH t2STLEXH"},
    {{kStoreExclusive, kImmediate, 1}, "t2STREXB t2STLB t2STLEXB"},
    // Branches and control.
    {{kBranch}, "tB t2B"},
    {{kBranchConditional}, "tBcc t2Bcc"},
    {{kCompareBranch}, "tCBZ tCBNZ"},
    {{kBranchLink}, "tBL"},
    {{kBranchIndirect}, "tBX tBLXr tBXNS tBLXNSr"},
    {{kTableBranch, kRegister, 1}, "t2TBB"},
    {{kTableBranch, kRegister, 2}, "t2TBH"},
    {{kIfThen}, "t2IT"},
    {{kNop}, "tHINT t2HINT t2CLREX t2DBG t2BTI t2PACBTI t2PAC t2AUT"},
    {{kSystemRegister}, "tCPS t2MRS_M t2MSR_M t2TT t2TTA t2TTAT t2TTT"},
    {{kBarrier}, "t2DMB t2DSB t2ISB"},
    {{kException}, "tSVC tBKPT tUDF t2UDF tTRAP t__brkdiv0"},
    // Floating point, single precision.
    {{kFpMove}, "VMOVS FCONSTS VSELEQS VSELGES VSELGTS VSELVSS"},
    {{kFpCoreTransfer}, "VMOVRS VMOVSR VGETLNi32 VSETLNi32"},
    {{kFpCoreTransferPair}, "VMOVRRS VMOVSRR VMOVRRD VMOVDRR"},
    {{kFpAdd}, "VADDS VSUBS VABSS VNEGS VFP_VMAXNMS VFP_VMINNMS"},
    {{kFpMultiply}, "VMULS VNMULS"},
    {{kFpMultiplyAccumulate}, "VMLAS VMLSS VNMLAS VNMLSS VFMAS VFMSS VFNMAS VFNMSS"},
    {{kFpDivide}, "VDIVS"},
    {{kFpSquareRoot}, "VSQRTS"},
    {{kFpConvert},
     "VCVTASS VCVTAUS VCVTBHS VCVTBSH VCVTMSS VCVTMUS VCVTNSS VCVTNUS VCVTPSS VCVTPUS VCVTTHS "
     "VCVTTSH VRINTAS VRINTMS VRINTNS VRINTPS VRINTRS VRINTXS VRINTZS VSHTOS VSITOS VSLTOS VTOSHS "
     "VTOSIRS VTOSIZS VTOSLS VTOUHS VTOUIRS VTOUIZS VTOULS VUHTOS VUITOS VULTOS"},
    {{kFpCompare}, "VCMPS VCMPES VCMPZS VCMPEZS"},
    {{kFpStatus}, "FMSTAT VMRS VMSR"},
    {{kFpLoad, kImmediate, 4}, "VLDRS"},
    {{kFpStore, kImmediate, 4}, "VSTRS"},
    {{kFpLoadDouble, kImmediate, 4}, "VLDRD"},
    {{kFpStoreDouble, kImmediate, 4}, "VSTRD"},
    {{kFpLoadMultiple, kImmediate, 4}, "VLDMSIA VLDMDIA"},
    {{kFpLoadMultiple, kPostIndexed, 4}, "VLDMSIA_UPD VLDMSDB_UPD VLDMDIA_UPD VLDMDDB_UPD"},
    {{kFpStoreMultiple, kImmediate, 4}, "VSTMSIA VSTMDIA"},
    {{kFpStoreMultiple, kPostIndexed, 4}, "VSTMSIA_UPD VSTMSDB_UPD VSTMDIA_UPD VSTMDDB_UPD"},
    // Floating point, double precision.
    {{kFpMoveDouble}, "VMOVD FCONSTD VSELEQD VSELGED VSELGTD VSELVSD"},
    {{kFpAddDouble}, "VADDD VSUBD VABSD VNEGD VFP_VMAXNMD VFP_VMINNMD"},
    {{kFpMultiplyDouble}, "VMULD VNMULD"},
    {{kFpMultiplyAccumulateDouble}, "VMLAD VMLSD VNMLAD VNMLSD VFMAD VFMSD VFNMAD VFNMSD"},
    {{kFpDivideDouble}, "VDIVD"},
    {{kFpSquareRootDouble}, "VSQRTD"},
    {{kFpConvertDouble},
     "VCVTASD VCVTAUD VCVTBDH VCVTBHD VCVTDS VCVTMSD VCVTMUD VCVTNSD VCVTNUD VCVTPSD VCVTPUD "
     "VCVTSD "
     "VCVTTDH VCVTTHD VRINTAD VRINTMD VRINTND VRINTPD VRINTRD VRINTXD VRINTZD VSHTOD VSITOD VSLTOD "
     "VTOSHD VTOSIRD VTOSIZD VTOSLD VTOUHD VTOUIRD VTOUIZD VTOULD VUHTOD VUITOD VULTOD"},
    {{kFpCompareDouble}, "VCMPD VCMPED VCMPZD VCMPEZD"},
    {{kCoprocessor},
     "t2CDP t2CDP2 t2MCR t2MCR2 t2MCRR t2MCRR2 t2MRC t2MRC2 t2MRRC t2MRRC2 t2LDC2L_OFFSET "
     "t2LDC2L_OPTION t2LDC2L_POST t2LDC2L_PRE t2LDC2_OFFSET t2LDC2_OPTION t2LDC2_POST t2LDC2_PRE "
     "t2LDCL_OFFSET t2LDCL_OPTION t2LDCL_POST t2LDCL_PRE t2LDC_OFFSET t2LDC_OPTION t2LDC_POST "
     "t2LDC_PRE t2STC2L_OFFSET t2STC2L_OPTION t2STC2L_POST t2STC2L_PRE t2STC2_OFFSET "
     "t2STC2_OPTION t2STC2_POST t2STC2_PRE t2STCL_OFFSET t2STCL_OPTION t2STCL_POST t2STCL_PRE "
     "t2STC_OFFSET t2STC_OPTION t2STC_POST t2STC_PRE"},
});

}  // namespace

std::optional<OpcodeFacts> arm_opcode_facts(std::string_view name) {
  static const OpcodeIndex index = [] {
    OpcodeIndex all = index_opcodes(kGroups);
    add_opcodes(arm_vector_opcodes(), all);
    return all;
  }();
  return find_opcode(index, name);
}

}  // namespace boardless::isa
