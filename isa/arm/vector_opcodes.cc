// The Armv8.1-M part of Arm's table: low-overhead loops, half precision and the M-profile Vector
// Extension, in groups that a core's pipes tell apart (Arm DDI 0553, chapter C2).
#include <array>

#include "isa/opcode_table.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kGroups = std::to_array<OpcodeGroup>({
    {{kLoopStart},
     "t2DLS t2WLS MVE_DLSTP_8 MVE_DLSTP_16 MVE_DLSTP_32 MVE_DLSTP_64 MVE_WLSTP_8 MVE_WLSTP_16 "
     "MVE_WLSTP_32 MVE_WLSTP_64 MVE_LCTP"},
    {{kLoopEnd}, "t2LE t2LEUpdate MVE_LETP"},
    {{kConditionalSelect}, "t2CSEL t2CSINC t2CSINV t2CSNEG"},
    {{kClearMultiple}, "t2CLRM VSCCLRMS VSCCLRMD"},
    // Branch futures: hints that Cortex-M55 and M85 ignore.
    {{kNop}, "t2BFLi t2BFLr t2BFi t2BFic t2BFr"},
    // Half precision.
    {{kFpMove}, "VMOVH VINSH FCONSTH VSELEQH VSELGEH VSELGTH VSELVSH"},
    {{kFpCoreTransfer}, "VMOVHR VMOVRH"},
    {{kFpAdd}, "VADDH VSUBH VABSH VNEGH VFP_VMAXNMH VFP_VMINNMH"},
    {{kFpMultiply}, "VMULH VNMULH"},
    {{kFpMultiplyAccumulate}, "VMLAH VMLSH VNMLAH VNMLSH VFMAH VFMSH VFNMAH VFNMSH"},
    {{kFpDivideHalf}, "VDIVH"},
    {{kFpSquareRootHalf}, "VSQRTH"},
    {{kFpConvert},
     "VCVTASH VCVTAUH VCVTMSH VCVTMUH VCVTNSH VCVTNUH VCVTPSH VCVTPUH VRINTAH VRINTMH VRINTNH "
     "VRINTPH VRINTRH VRINTXH VRINTZH VSHTOH VSITOH VSLTOH VTOSHH VTOSIRH VTOSIZH VTOSLH VTOUHH "
     "VTOUIRH VTOUIZH VTOULH VUHTOH VUITOH VULTOH"},
    {{kFpCompare}, "VCMPH VCMPEH VCMPZH VCMPEZH"},
    {{kFpLoad, kImmediate, 2}, "VLDRH"},
    {{kFpStore, kImmediate, 2}, "VSTRH"},
    {{kFpStatus}, "VMRS_FPSCR_NZCVQC VMSR_FPSCR_NZCVQC VMRS_P0 VMSR_P0 VMRS_VPR VMSR_VPR"},
    {{kFpSystemLoad, kImmediate, 4},
     "VLDR_FPSCR_off VLDR_FPSCR_NZCVQC_off VLDR_P0_off VLDR_VPR_off"},
    {{kFpSystemLoad, kPreIndexed, 4},
     "VLDR_FPSCR_pre VLDR_FPSCR_NZCVQC_pre VLDR_P0_pre VLDR_VPR_pre"},
    {{kFpSystemLoad, kPostIndexed, 4},
     "VLDR_FPSCR_post VLDR_FPSCR_NZCVQC_post VLDR_P0_post VLDR_VPR_post"},
    {{kFpSystemStore, kImmediate, 4},
     "VSTR_FPSCR_off VSTR_FPSCR_NZCVQC_off VSTR_P0_off VSTR_VPR_off"},
    {{kFpSystemStore, kPreIndexed, 4},
     "VSTR_FPSCR_pre VSTR_FPSCR_NZCVQC_pre VSTR_P0_pre VSTR_VPR_pre"},
    {{kFpSystemStore, kPostIndexed, 4},
     "VSTR_FPSCR_post VSTR_FPSCR_NZCVQC_post VSTR_P0_post VSTR_VPR_post"},
    // The vector extension.
    {{kVectorLoad, kImmediate, 4, 4}, "MVE_VLDRWU32"},
    {{kVectorLoad, kImmediate, 2, 2}, "MVE_VLDRHU16"},
    {{kVectorLoad, kImmediate, 2, 4}, "MVE_VLDRHS32 MVE_VLDRHU32"},
    {{kVectorLoad, kImmediate, 1, 1}, "MVE_VLDRBU8"},
    {{kVectorLoad, kImmediate, 1, 2}, "MVE_VLDRBS16 MVE_VLDRBU16"},
    {{kVectorLoad, kImmediate, 1, 4}, "MVE_VLDRBS32 MVE_VLDRBU32"},
    {{kVectorLoad, kPostIndexed, 4, 4}, "MVE_VLDRWU32_post"},
    {{kVectorLoad, kPostIndexed, 2, 2}, "MVE_VLDRHU16_post"},
    {{kVectorLoad, kPostIndexed, 2, 4}, "MVE_VLDRHS32_post MVE_VLDRHU32_post"},
    {{kVectorLoad, kPostIndexed, 1, 1}, "MVE_VLDRBU8_post"},
    {{kVectorLoad, kPostIndexed, 1, 2}, "MVE_VLDRBS16_post MVE_VLDRBU16_post"},
    {{kVectorLoad, kPostIndexed, 1, 4}, "MVE_VLDRBS32_post MVE_VLDRBU32_post"},
    {{kVectorLoad, kPreIndexed, 4, 4}, "MVE_VLDRWU32_pre"},
    {{kVectorLoad, kPreIndexed, 2, 2}, "MVE_VLDRHU16_pre"},
    {{kVectorLoad, kPreIndexed, 2, 4}, "MVE_VLDRHS32_pre MVE_VLDRHU32_pre"},
    {{kVectorLoad, kPreIndexed, 1, 1}, "MVE_VLDRBU8_pre"},
    {{kVectorLoad, kPreIndexed, 1, 2}, "MVE_VLDRBS16_pre MVE_VLDRBU16_pre"},
    {{kVectorLoad, kPreIndexed, 1, 4}, "MVE_VLDRBS32_pre MVE_VLDRBU32_pre"},
    {{kVectorStore, kImmediate, 4, 4}, "MVE_VSTRWU32"},
    {{kVectorStore, kImmediate, 2, 2}, "MVE_VSTRHU16"},
    {{kVectorStore, kImmediate, 2, 4}, "MVE_VSTRH32"},
    {{kVectorStore, kImmediate, 1, 1}, "MVE_VSTRBU8"},
    {{kVectorStore, kImmediate, 1, 2}, "MVE_VSTRB16"},
    {{kVectorStore, kImmediate, 1, 4}, "MVE_VSTRB32"},
    {{kVectorStore, kPostIndexed, 4, 4}, "MVE_VSTRWU32_post"},
    {{kVectorStore, kPostIndexed, 2, 2}, "MVE_VSTRHU16_post"},
    {{kVectorStore, kPostIndexed, 2, 4}, "MVE_VSTRH32_post"},
    {{kVectorStore, kPostIndexed, 1, 1}, "MVE_VSTRBU8_post"},
    {{kVectorStore, kPostIndexed, 1, 2}, "MVE_VSTRB16_post"},
    {{kVectorStore, kPostIndexed, 1, 4}, "MVE_VSTRB32_post"},
    {{kVectorStore, kPreIndexed, 4, 4}, "MVE_VSTRWU32_pre"},
    {{kVectorStore, kPreIndexed, 2, 2}, "MVE_VSTRHU16_pre"},
    {{kVectorStore, kPreIndexed, 2, 4}, "MVE_VSTRH32_pre"},
    {{kVectorStore, kPreIndexed, 1, 1}, "MVE_VSTRBU8_pre"},
    {{kVectorStore, kPreIndexed, 1, 2}, "MVE_VSTRB16_pre"},
    {{kVectorStore, kPreIndexed, 1, 4}, "MVE_VSTRB32_pre"},
    {{kVectorLoadInterleaved, kImmediate, 4, 4},
     "MVE_VLD20_32 MVE_VLD21_32 MVE_VLD40_32 MVE_VLD41_32 MVE_VLD42_32 MVE_VLD43_32"},
    {{kVectorLoadInterleaved, kImmediate, 2, 2},
     "MVE_VLD20_16 MVE_VLD21_16 MVE_VLD40_16 MVE_VLD41_16 MVE_VLD42_16 MVE_VLD43_16"},
    {{kVectorLoadInterleaved, kImmediate, 1, 1},
     "MVE_VLD20_8 MVE_VLD21_8 MVE_VLD40_8 MVE_VLD41_8 MVE_VLD42_8 MVE_VLD43_8"},
    {{kVectorLoadInterleaved, kPostIndexed, 4, 4},
     "MVE_VLD20_32_wb MVE_VLD21_32_wb MVE_VLD40_32_wb MVE_VLD41_32_wb MVE_VLD42_32_wb "
     "MVE_VLD43_32_wb"},
    {{kVectorLoadInterleaved, kPostIndexed, 2, 2},
     "MVE_VLD20_16_wb MVE_VLD21_16_wb MVE_VLD40_16_wb MVE_VLD41_16_wb MVE_VLD42_16_wb "
     "MVE_VLD43_16_wb"},
    {{kVectorLoadInterleaved, kPostIndexed, 1, 1},
     "MVE_VLD20_8_wb MVE_VLD21_8_wb MVE_VLD40_8_wb MVE_VLD41_8_wb MVE_VLD42_8_wb MVE_VLD43_8_wb"},
    {{kVectorStoreInterleaved, kImmediate, 4, 4},
     "MVE_VST20_32 MVE_VST21_32 MVE_VST40_32 MVE_VST41_32 MVE_VST42_32 MVE_VST43_32"},
    {{kVectorStoreInterleaved, kImmediate, 2, 2},
     "MVE_VST20_16 MVE_VST21_16 MVE_VST40_16 MVE_VST41_16 MVE_VST42_16 MVE_VST43_16"},
    {{kVectorStoreInterleaved, kImmediate, 1, 1},
     "MVE_VST20_8 MVE_VST21_8 MVE_VST40_8 MVE_VST41_8 MVE_VST42_8 MVE_VST43_8"},
    {{kVectorStoreInterleaved, kPostIndexed, 4, 4},
     "MVE_VST20_32_wb MVE_VST21_32_wb MVE_VST40_32_wb MVE_VST41_32_wb MVE_VST42_32_wb "
     "MVE_VST43_32_wb"},
    {{kVectorStoreInterleaved, kPostIndexed, 2, 2},
     "MVE_VST20_16_wb MVE_VST21_16_wb MVE_VST40_16_wb MVE_VST41_16_wb MVE_VST42_16_wb "
     "MVE_VST43_16_wb"},
    {{kVectorStoreInterleaved, kPostIndexed, 1, 1},
     "MVE_VST20_8_wb MVE_VST21_8_wb MVE_VST40_8_wb MVE_VST41_8_wb MVE_VST42_8_wb MVE_VST43_8_wb"},
    {{kVectorGather, kImmediate, 8, 8}, "MVE_VLDRDU64_qi"},
    {{kVectorGather, kImmediate, 4, 4}, "MVE_VLDRWU32_qi"},
    {{kVectorGather, kPreIndexed, 8, 8}, "MVE_VLDRDU64_qi_pre"},
    {{kVectorGather, kPreIndexed, 4, 4}, "MVE_VLDRWU32_qi_pre"},
    {{kVectorGather, kRegister, 8, 8}, "MVE_VLDRDU64_rq MVE_VLDRDU64_rq_u"},
    {{kVectorGather, kRegister, 4, 4}, "MVE_VLDRWU32_rq MVE_VLDRWU32_rq_u"},
    {{kVectorGather, kRegister, 2, 2}, "MVE_VLDRHU16_rq MVE_VLDRHU16_rq_u"},
    {{kVectorGather, kRegister, 2, 4},
     "MVE_VLDRHS32_rq MVE_VLDRHS32_rq_u MVE_VLDRHU32_rq MVE_VLDRHU32_rq_u"},
    {{kVectorGather, kRegister, 1, 1}, "MVE_VLDRBU8_rq"},
    {{kVectorGather, kRegister, 1, 2}, "MVE_VLDRBS16_rq MVE_VLDRBU16_rq"},
    {{kVectorGather, kRegister, 1, 4}, "MVE_VLDRBS32_rq MVE_VLDRBU32_rq"},
    {{kVectorScatter, kImmediate, 8, 8}, "MVE_VSTRD64_qi"},
    {{kVectorScatter, kImmediate, 4, 4}, "MVE_VSTRW32_qi"},
    {{kVectorScatter, kPreIndexed, 8, 8}, "MVE_VSTRD64_qi_pre"},
    {{kVectorScatter, kPreIndexed, 4, 4}, "MVE_VSTRW32_qi_pre"},
    {{kVectorScatter, kRegister, 8, 8}, "MVE_VSTRD64_rq MVE_VSTRD64_rq_u"},
    {{kVectorScatter, kRegister, 4, 4}, "MVE_VSTRW32_rq MVE_VSTRW32_rq_u"},
    {{kVectorScatter, kRegister, 2, 2}, "MVE_VSTRH16_rq MVE_VSTRH16_rq_u"},
    {{kVectorScatter, kRegister, 2, 4}, "MVE_VSTRH32_rq MVE_VSTRH32_rq_u"},
    {{kVectorScatter, kRegister, 1, 1}, "MVE_VSTRB8_rq"},
    {{kVectorScatter, kRegister, 1, 2}, "MVE_VSTRB16_rq"},
    {{kVectorScatter, kRegister, 1, 4}, "MVE_VSTRB32_rq"},
    {{kVectorAlu},
     "MVE_VABDs16 MVE_VABDs32 MVE_VABDs8 MVE_VABDu16 MVE_VABDu32 MVE_VABDu8 MVE_VABSs16 "
     "MVE_VABSs32 MVE_VABSs8 MVE_VADD_qr_i16 MVE_VADD_qr_i32 MVE_VADD_qr_i8 MVE_VADDi16 "
     "MVE_VADDi32 MVE_VADDi8 MVE_VBRSR16 MVE_VBRSR32 MVE_VBRSR8 MVE_VCADDi16 MVE_VCADDi32 "
     "MVE_VCADDi8 MVE_VHADD_qr_s16 MVE_VHADD_qr_s32 MVE_VHADD_qr_s8 MVE_VHADD_qr_u16 "
     "MVE_VHADD_qr_u32 MVE_VHADD_qr_u8 MVE_VHADDs16 MVE_VHADDs32 MVE_VHADDs8 MVE_VHADDu16 "
     "MVE_VHADDu32 MVE_VHADDu8 MVE_VHCADDs16 MVE_VHCADDs32 MVE_VHCADDs8 MVE_VHSUB_qr_s16 "
     "MVE_VHSUB_qr_s32 MVE_VHSUB_qr_s8 MVE_VHSUB_qr_u16 MVE_VHSUB_qr_u32 MVE_VHSUB_qr_u8 "
     "MVE_VHSUBs16 MVE_VHSUBs32 MVE_VHSUBs8 MVE_VHSUBu16 MVE_VHSUBu32 MVE_VHSUBu8 MVE_VMAXAs16 "
     "MVE_VMAXAs32 MVE_VMAXAs8 MVE_VMAXs16 MVE_VMAXs32 MVE_VMAXs8 MVE_VMAXu16 MVE_VMAXu32 "
     "MVE_VMAXu8 MVE_VMINAs16 MVE_VMINAs32 MVE_VMINAs8 MVE_VMINs16 MVE_VMINs32 MVE_VMINs8 "
     "MVE_VMINu16 MVE_VMINu32 MVE_VMINu8 MVE_VMOVLs16bh MVE_VMOVLs16th MVE_VMOVLs8bh "
     "MVE_VMOVLs8th MVE_VMOVLu16bh MVE_VMOVLu16th MVE_VMOVLu8bh MVE_VMOVLu8th MVE_VNEGs16 "
     "MVE_VNEGs32 MVE_VNEGs8 MVE_VQABSs16 MVE_VQABSs32 MVE_VQABSs8 MVE_VQADD_qr_s16 "
     "MVE_VQADD_qr_s32 MVE_VQADD_qr_s8 MVE_VQADD_qr_u16 MVE_VQADD_qr_u32 MVE_VQADD_qr_u8 "
     "MVE_VQADDs16 MVE_VQADDs32 MVE_VQADDs8 MVE_VQADDu16 MVE_VQADDu32 MVE_VQADDu8 MVE_VQNEGs16 "
     "MVE_VQNEGs32 MVE_VQNEGs8 MVE_VQSUB_qr_s16 MVE_VQSUB_qr_s32 MVE_VQSUB_qr_s8 "
     "MVE_VQSUB_qr_u16 MVE_VQSUB_qr_u32 MVE_VQSUB_qr_u8 MVE_VQSUBs16 MVE_VQSUBs32 MVE_VQSUBs8 "
     "MVE_VQSUBu16 MVE_VQSUBu32 MVE_VQSUBu8 MVE_VRHADDs16 MVE_VRHADDs32 MVE_VRHADDs8 "
     "MVE_VRHADDu16 MVE_VRHADDu32 MVE_VRHADDu8 MVE_VSHLL_imms16bh MVE_VSHLL_imms16th "
     "MVE_VSHLL_imms8bh MVE_VSHLL_imms8th MVE_VSHLL_immu16bh MVE_VSHLL_immu16th "
     "MVE_VSHLL_immu8bh MVE_VSHLL_immu8th MVE_VSHLL_lws16bh MVE_VSHLL_lws16th MVE_VSHLL_lws8bh "
     "MVE_VSHLL_lws8th MVE_VSHLL_lwu16bh MVE_VSHLL_lwu16th MVE_VSHLL_lwu8bh MVE_VSHLL_lwu8th "
     "MVE_VSHL_by_vecs16 MVE_VSHL_by_vecs32 MVE_VSHL_by_vecs8 MVE_VSHL_by_vecu16 "
     "MVE_VSHL_by_vecu32 MVE_VSHL_by_vecu8 MVE_VSHL_immi16 MVE_VSHL_immi32 MVE_VSHL_immi8 "
     "MVE_VSHL_qrs16 MVE_VSHL_qrs32 MVE_VSHL_qrs8 MVE_VSHL_qru16 MVE_VSHL_qru32 MVE_VSHL_qru8 "
     "MVE_VSHR_imms16 MVE_VSHR_imms32 MVE_VSHR_imms8 MVE_VSHR_immu16 MVE_VSHR_immu32 "
     "MVE_VSHR_immu8 MVE_VSLIimm16 MVE_VSLIimm32 MVE_VSLIimm8 MVE_VSRIimm16 MVE_VSRIimm32 "
     "MVE_VSRIimm8 MVE_VSUB_qr_i16 MVE_VSUB_qr_i32 MVE_VSUB_qr_i8 MVE_VSUBi16 MVE_VSUBi32 "
     "MVE_VSUBi8"},
    {{kVectorLogical},
     "MVE_VAND MVE_VBIC MVE_VBICimmi16 MVE_VBICimmi32 MVE_VCLSs16 MVE_VCLSs32 MVE_VCLSs8 "
     "MVE_VCLZs16 MVE_VCLZs32 MVE_VCLZs8 MVE_VEOR MVE_VMVN MVE_VMVNimmi16 MVE_VMVNimmi32 "
     "MVE_VORN MVE_VORR MVE_VORRimmi16 MVE_VORRimmi32 MVE_VPSEL MVE_VREV16_8 MVE_VREV32_16 "
     "MVE_VREV32_8 MVE_VREV64_16 MVE_VREV64_32 MVE_VREV64_8"},
    {{kVectorShift},
     "MVE_VQRSHL_by_vecs16 MVE_VQRSHL_by_vecs32 MVE_VQRSHL_by_vecs8 MVE_VQRSHL_by_vecu16 "
     "MVE_VQRSHL_by_vecu32 MVE_VQRSHL_by_vecu8 MVE_VQRSHL_qrs16 MVE_VQRSHL_qrs32 "
     "MVE_VQRSHL_qrs8 MVE_VQRSHL_qru16 MVE_VQRSHL_qru32 MVE_VQRSHL_qru8 MVE_VQSHLU_imms16 "
     "MVE_VQSHLU_imms32 MVE_VQSHLU_imms8 MVE_VQSHL_by_vecs16 MVE_VQSHL_by_vecs32 "
     "MVE_VQSHL_by_vecs8 MVE_VQSHL_by_vecu16 MVE_VQSHL_by_vecu32 MVE_VQSHL_by_vecu8 "
     "MVE_VQSHL_qrs16 MVE_VQSHL_qrs32 MVE_VQSHL_qrs8 MVE_VQSHL_qru16 MVE_VQSHL_qru32 "
     "MVE_VQSHL_qru8 MVE_VQSHLimms16 MVE_VQSHLimms32 MVE_VQSHLimms8 MVE_VQSHLimmu16 "
     "MVE_VQSHLimmu32 MVE_VQSHLimmu8 MVE_VRSHL_by_vecs16 MVE_VRSHL_by_vecs32 MVE_VRSHL_by_vecs8 "
     "MVE_VRSHL_by_vecu16 MVE_VRSHL_by_vecu32 MVE_VRSHL_by_vecu8 MVE_VRSHL_qrs16 "
     "MVE_VRSHL_qrs32 MVE_VRSHL_qrs8 MVE_VRSHL_qru16 MVE_VRSHL_qru32 MVE_VRSHL_qru8 "
     "MVE_VRSHR_imms16 MVE_VRSHR_imms32 MVE_VRSHR_imms8 MVE_VRSHR_immu16 MVE_VRSHR_immu32 "
     "MVE_VRSHR_immu8"},
    {{kVectorNarrow},
     "MVE_VMOVNi16bh MVE_VMOVNi16th MVE_VMOVNi32bh MVE_VMOVNi32th MVE_VSHRNi16bh MVE_VSHRNi16th "
     "MVE_VSHRNi32bh MVE_VSHRNi32th"},
    {{kVectorNarrowSaturate},
     "MVE_VQMOVNs16bh MVE_VQMOVNs16th MVE_VQMOVNs32bh MVE_VQMOVNs32th MVE_VQMOVNu16bh "
     "MVE_VQMOVNu16th MVE_VQMOVNu32bh MVE_VQMOVNu32th MVE_VQMOVUNs16bh MVE_VQMOVUNs16th "
     "MVE_VQMOVUNs32bh MVE_VQMOVUNs32th MVE_VQRSHRNbhs16 MVE_VQRSHRNbhs32 MVE_VQRSHRNbhu16 "
     "MVE_VQRSHRNbhu32 MVE_VQRSHRNths16 MVE_VQRSHRNths32 MVE_VQRSHRNthu16 MVE_VQRSHRNthu32 "
     "MVE_VQRSHRUNs16bh MVE_VQRSHRUNs16th MVE_VQRSHRUNs32bh MVE_VQRSHRUNs32th MVE_VQSHRNbhs16 "
     "MVE_VQSHRNbhs32 MVE_VQSHRNbhu16 MVE_VQSHRNbhu32 MVE_VQSHRNths16 MVE_VQSHRNths32 "
     "MVE_VQSHRNthu16 MVE_VQSHRNthu32 MVE_VQSHRUNs16bh MVE_VQSHRUNs16th MVE_VQSHRUNs32bh "
     "MVE_VQSHRUNs32th MVE_VRSHRNi16bh MVE_VRSHRNi16th MVE_VRSHRNi32bh MVE_VRSHRNi32th"},
    {{kVectorCarry}, "MVE_VADC MVE_VADCI MVE_VSBC MVE_VSBCI"},
    {{kVectorIndex},
     "MVE_VDDUPu16 MVE_VDDUPu32 MVE_VDDUPu8 MVE_VDWDUPu16 MVE_VDWDUPu32 MVE_VDWDUPu8 "
     "MVE_VIDUPu16 MVE_VIDUPu32 MVE_VIDUPu8 MVE_VIWDUPu16 MVE_VIWDUPu32 MVE_VIWDUPu8"},
    {{kVectorShiftCarry}, "MVE_VSHLC"},
    {{kVectorDuplicate}, "MVE_VDUP16 MVE_VDUP32 MVE_VDUP8"},
    {{kVectorImmediate},
     "MVE_VMOVimmf32 MVE_VMOVimmi16 MVE_VMOVimmi32 MVE_VMOVimmi64 MVE_VMOVimmi8"},
    {{kVectorFromCore}, "MVE_VMOV_q_rr MVE_VMOV_to_lane_16 MVE_VMOV_to_lane_32 MVE_VMOV_to_lane_8"},
    {{kVectorToCore},
     "MVE_VMOV_from_lane_32 MVE_VMOV_from_lane_s16 MVE_VMOV_from_lane_s8 MVE_VMOV_from_lane_u16 "
     "MVE_VMOV_from_lane_u8 MVE_VMOV_rr_q"},
    {{kVectorCompare},
     "MVE_VCMPf16 MVE_VCMPf16r MVE_VCMPf32 MVE_VCMPf32r MVE_VCMPi16 MVE_VCMPi16r MVE_VCMPi32 "
     "MVE_VCMPi32r MVE_VCMPi8 MVE_VCMPi8r MVE_VCMPs16 MVE_VCMPs16r MVE_VCMPs32 MVE_VCMPs32r "
     "MVE_VCMPs8 MVE_VCMPs8r MVE_VCMPu16 MVE_VCMPu16r MVE_VCMPu32 MVE_VCMPu32r MVE_VCMPu8 "
     "MVE_VCMPu8r MVE_VPTv16i8 MVE_VPTv16i8r MVE_VPTv16s8 MVE_VPTv16s8r MVE_VPTv16u8 "
     "MVE_VPTv16u8r MVE_VPTv4f32 MVE_VPTv4f32r MVE_VPTv4i32 MVE_VPTv4i32r MVE_VPTv4s32 "
     "MVE_VPTv4s32r MVE_VPTv4u32 MVE_VPTv4u32r MVE_VPTv8f16 MVE_VPTv8f16r MVE_VPTv8i16 "
     "MVE_VPTv8i16r MVE_VPTv8s16 MVE_VPTv8s16r MVE_VPTv8u16 MVE_VPTv8u16r"},
    {{kVectorPredicate}, "MVE_VCTP16 MVE_VCTP32 MVE_VCTP64 MVE_VCTP8 MVE_VPNOT MVE_VPST"},
    {{kVectorMultiply},
     "MVE_VMULHs16 MVE_VMULHs32 MVE_VMULHs8 MVE_VMULHu16 MVE_VMULHu32 MVE_VMULHu8 MVE_VMULLBs16 "
     "MVE_VMULLBs32 MVE_VMULLBs8 MVE_VMULLBu16 MVE_VMULLBu32 MVE_VMULLBu8 MVE_VMULLTs16 "
     "MVE_VMULLTs32 MVE_VMULLTs8 MVE_VMULLTu16 MVE_VMULLTu32 MVE_VMULLTu8 MVE_VMUL_qr_i16 "
     "MVE_VMUL_qr_i32 MVE_VMUL_qr_i8 MVE_VMULi16 MVE_VMULi32 MVE_VMULi8 MVE_VQDMLADHXs16 "
     "MVE_VQDMLADHXs32 MVE_VQDMLADHXs8 MVE_VQDMLADHs16 MVE_VQDMLADHs32 MVE_VQDMLADHs8 "
     "MVE_VQDMLSDHXs16 MVE_VQDMLSDHXs32 MVE_VQDMLSDHXs8 MVE_VQDMLSDHs16 MVE_VQDMLSDHs32 "
     "MVE_VQDMLSDHs8 MVE_VQDMULH_qr_s16 MVE_VQDMULH_qr_s32 MVE_VQDMULH_qr_s8 MVE_VQDMULHi16 "
     "MVE_VQDMULHi32 MVE_VQDMULHi8 MVE_VQDMULL_qr_s16bh MVE_VQDMULL_qr_s16th "
     "MVE_VQDMULL_qr_s32bh MVE_VQDMULL_qr_s32th MVE_VQDMULLs16bh MVE_VQDMULLs16th "
     "MVE_VQDMULLs32bh MVE_VQDMULLs32th MVE_VQRDMLADHXs16 MVE_VQRDMLADHXs32 MVE_VQRDMLADHXs8 "
     "MVE_VQRDMLADHs16 MVE_VQRDMLADHs32 MVE_VQRDMLADHs8 MVE_VQRDMLSDHXs16 MVE_VQRDMLSDHXs32 "
     "MVE_VQRDMLSDHXs8 MVE_VQRDMLSDHs16 MVE_VQRDMLSDHs32 MVE_VQRDMLSDHs8 MVE_VQRDMULH_qr_s16 "
     "MVE_VQRDMULH_qr_s32 MVE_VQRDMULH_qr_s8 MVE_VQRDMULHi16 MVE_VQRDMULHi32 MVE_VQRDMULHi8 "
     "MVE_VRMULHs16 MVE_VRMULHs32 MVE_VRMULHs8 MVE_VRMULHu16 MVE_VRMULHu32 MVE_VRMULHu8"},
    {{kVectorMultiplyPolynomial}, "MVE_VMULLBp16 MVE_VMULLBp8 MVE_VMULLTp16 MVE_VMULLTp8"},
    {{kVectorMultiplyAccumulate},
     "MVE_VMLAS_qr_i16 MVE_VMLAS_qr_i32 MVE_VMLAS_qr_i8 MVE_VMLA_qr_i16 MVE_VMLA_qr_i32 "
     "MVE_VMLA_qr_i8 MVE_VQDMLAH_qrs16 MVE_VQDMLAH_qrs32 MVE_VQDMLAH_qrs8 MVE_VQDMLASH_qrs16 "
     "MVE_VQDMLASH_qrs32 MVE_VQDMLASH_qrs8 MVE_VQRDMLAH_qrs16 MVE_VQRDMLAH_qrs32 "
     "MVE_VQRDMLAH_qrs8 MVE_VQRDMLASH_qrs16 MVE_VQRDMLASH_qrs32 MVE_VQRDMLASH_qrs8"},
    {{kVectorDot},
     "MVE_VMLADAVas16 MVE_VMLADAVas32 MVE_VMLADAVas8 MVE_VMLADAVau16 MVE_VMLADAVau32 "
     "MVE_VMLADAVau8 MVE_VMLADAVaxs16 MVE_VMLADAVaxs32 MVE_VMLADAVaxs8 MVE_VMLADAVs16 "
     "MVE_VMLADAVs32 MVE_VMLADAVs8 MVE_VMLADAVu16 MVE_VMLADAVu32 MVE_VMLADAVu8 MVE_VMLADAVxs16 "
     "MVE_VMLADAVxs32 MVE_VMLADAVxs8 MVE_VMLSDAVas16 MVE_VMLSDAVas32 MVE_VMLSDAVas8 "
     "MVE_VMLSDAVaxs16 MVE_VMLSDAVaxs32 MVE_VMLSDAVaxs8 MVE_VMLSDAVs16 MVE_VMLSDAVs32 "
     "MVE_VMLSDAVs8 MVE_VMLSDAVxs16 MVE_VMLSDAVxs32 MVE_VMLSDAVxs8"},
    {{kVectorDotLong},
     "MVE_VMLALDAVas16 MVE_VMLALDAVas32 MVE_VMLALDAVau16 MVE_VMLALDAVau32 MVE_VMLALDAVaxs16 "
     "MVE_VMLALDAVaxs32 MVE_VMLALDAVs16 MVE_VMLALDAVs32 MVE_VMLALDAVu16 MVE_VMLALDAVu32 "
     "MVE_VMLALDAVxs16 MVE_VMLALDAVxs32 MVE_VMLSLDAVas16 MVE_VMLSLDAVas32 MVE_VMLSLDAVaxs16 "
     "MVE_VMLSLDAVaxs32 MVE_VMLSLDAVs16 MVE_VMLSLDAVs32 MVE_VMLSLDAVxs16 MVE_VMLSLDAVxs32 "
     "MVE_VRMLALDAVHas32 MVE_VRMLALDAVHau32 MVE_VRMLALDAVHaxs32 MVE_VRMLALDAVHs32 "
     "MVE_VRMLALDAVHu32 MVE_VRMLALDAVHxs32 MVE_VRMLSLDAVHas32 MVE_VRMLSLDAVHaxs32 "
     "MVE_VRMLSLDAVHs32 MVE_VRMLSLDAVHxs32"},
    {{kVectorReduceAdd},
     "MVE_VADDVs16acc MVE_VADDVs16no_acc MVE_VADDVs32acc MVE_VADDVs32no_acc MVE_VADDVs8acc "
     "MVE_VADDVs8no_acc MVE_VADDVu16acc MVE_VADDVu16no_acc MVE_VADDVu32acc MVE_VADDVu32no_acc "
     "MVE_VADDVu8acc MVE_VADDVu8no_acc"},
    {{kVectorReduceAddLong},
     "MVE_VADDLVs32acc MVE_VADDLVs32no_acc MVE_VADDLVu32acc MVE_VADDLVu32no_acc"},
    {{kVectorReduceExtreme, kNone, 0, 1},
     "MVE_VMAXAVs8 MVE_VMAXVs8 MVE_VMAXVu8 MVE_VMINAVs8 MVE_VMINVs8 MVE_VMINVu8"},
    {{kVectorReduceExtreme, kNone, 0, 2},
     "MVE_VMAXAVs16 MVE_VMAXVs16 MVE_VMAXVu16 MVE_VMINAVs16 MVE_VMINVs16 MVE_VMINVu16"},
    {{kVectorReduceExtreme, kNone, 0, 4},
     "MVE_VMAXAVs32 MVE_VMAXVs32 MVE_VMAXVu32 MVE_VMINAVs32 MVE_VMINVs32 MVE_VMINVu32"},
    {{kVectorReduceDifference},
     "MVE_VABAVs16 MVE_VABAVs32 MVE_VABAVs8 MVE_VABAVu16 MVE_VABAVu32 MVE_VABAVu8"},
    {{kVectorFpSimple},
     "MVE_VABSf16 MVE_VABSf32 MVE_VMAXNMAf16 MVE_VMAXNMAf32 MVE_VMAXNMf16 MVE_VMAXNMf32 "
     "MVE_VMINNMAf16 MVE_VMINNMAf32 MVE_VMINNMf16 MVE_VMINNMf32 MVE_VNEGf16 MVE_VNEGf32"},
    {{kVectorFpAdd},
     "MVE_VABDf16 MVE_VABDf32 MVE_VADD_qr_f16 MVE_VADD_qr_f32 MVE_VADDf16 MVE_VADDf32 "
     "MVE_VCADDf16 MVE_VCADDf32 MVE_VSUB_qr_f16 MVE_VSUB_qr_f32 MVE_VSUBf16 MVE_VSUBf32"},
    {{kVectorFpMultiply},
     "MVE_VCMULf16 MVE_VCMULf32 MVE_VMUL_qr_f16 MVE_VMUL_qr_f32 MVE_VMULf16 MVE_VMULf32"},
    {{kVectorFpMultiplyAccumulate},
     "MVE_VCMLAf16 MVE_VCMLAf32 MVE_VFMA_qr_Sf16 MVE_VFMA_qr_Sf32 MVE_VFMA_qr_f16 "
     "MVE_VFMA_qr_f32 MVE_VFMAf16 MVE_VFMAf32 MVE_VFMSf16 MVE_VFMSf32"},
    {{kVectorFpConvert},
     "MVE_VCVTf16s16_fix MVE_VCVTf16s16n MVE_VCVTf16u16_fix MVE_VCVTf16u16n MVE_VCVTf32f16bh "
     "MVE_VCVTf32f16th MVE_VCVTf32s32_fix MVE_VCVTf32s32n MVE_VCVTf32u32_fix MVE_VCVTf32u32n "
     "MVE_VCVTs16f16_fix MVE_VCVTs16f16a MVE_VCVTs16f16m MVE_VCVTs16f16n MVE_VCVTs16f16p "
     "MVE_VCVTs16f16z MVE_VCVTs32f32_fix MVE_VCVTs32f32a MVE_VCVTs32f32m MVE_VCVTs32f32n "
     "MVE_VCVTs32f32p MVE_VCVTs32f32z MVE_VCVTu16f16_fix MVE_VCVTu16f16a MVE_VCVTu16f16m "
     "MVE_VCVTu16f16n MVE_VCVTu16f16p MVE_VCVTu16f16z MVE_VCVTu32f32_fix MVE_VCVTu32f32a "
     "MVE_VCVTu32f32m MVE_VCVTu32f32n MVE_VCVTu32f32p MVE_VCVTu32f32z MVE_VRINTf16A "
     "MVE_VRINTf16M MVE_VRINTf16N MVE_VRINTf16P MVE_VRINTf16X MVE_VRINTf16Z MVE_VRINTf32A "
     "MVE_VRINTf32M MVE_VRINTf32N MVE_VRINTf32P MVE_VRINTf32X MVE_VRINTf32Z"},
    {{kVectorFpNarrow}, "MVE_VCVTf16f32bh MVE_VCVTf16f32th"},
    {{kVectorFpReduce},
     "MVE_VMAXNMAVf16 MVE_VMAXNMAVf32 MVE_VMAXNMVf16 MVE_VMAXNMVf32 MVE_VMINNMAVf16 "
     "MVE_VMINNMAVf32 MVE_VMINNMVf16 MVE_VMINNMVf32"},
    {{kShiftLong},
     "MVE_ASRLi MVE_ASRLr MVE_LSLLi MVE_LSLLr MVE_LSRL MVE_SQRSHR MVE_SQRSHRL MVE_SQSHL "
     "MVE_SQSHLL MVE_SRSHR MVE_SRSHRL MVE_UQRSHL MVE_UQRSHLL MVE_UQSHL MVE_UQSHLL MVE_URSHR "
     "MVE_URSHRL"},
});

}  // namespace

std::span<const OpcodeGroup> arm_vector_opcodes() { return kGroups; }

}  // namespace boardless::isa
