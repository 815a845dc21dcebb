// The list. DDI 0553 is the Armv8-M Architecture Reference Manual.
#include "tests/isa/qemu_deviation.h"

#include <array>

namespace boardless::isa {
namespace {

bool saturates_to_48(const Decoded& d) {
  for (const MachineOperand& o : d.operands) {
    if (o.kind == MachineOperand::Kind::kImmediate) return o.value != 0 && o.value != 64;
  }
  return false;
}

constexpr std::array kDeviations = std::to_array<QemuDeviation>({
    {"VMSR_VPR", "DDI 0553 D1.2 VPR: bits 31:24 are RES0", "keeps bits 31:24 as written"},
    {"MVE_SQRSHRL",
     "DDI 0553 C2.4 SQRSHRL: all 64 bits are shifted and rounded, the result is saturated to 48",
     "gives 0 for every right shift by 48 to 63 (do_sqrshl48_d); shorter ones are judged, see "
     "SequenceGenerator::shift_to_48_bits()",
     saturates_to_48},
    {"MVE_UQRSHLL",
     "DDI 0553 C2.4 UQRSHLL: all 64 bits are shifted and rounded, the result is saturated to 48",
     "gives 0 for every right shift by 49 to 63 (do_uqrshl48_d); likewise", saturates_to_48},
    {"VLDR_VPR", "DDI 0553 D1.2 VPR: bits 31:24 are RES0", "keeps bits 31:24 as loaded"},
});

constexpr QemuDeviation kUnalignedVectors{
    "MVE_VLD MVE_VST",
    "DDI 0553 E2.1 MemA_MVE: an access that is not aligned to its size is a UsageFault, UNALIGNED",
    "checks no vector access's alignment"};

}  // namespace

const QemuDeviation& unaligned_vector_deviation() { return kUnalignedVectors; }

std::span<const QemuDeviation> qemu_deviations() { return kDeviations; }

const QemuDeviation* find_qemu_deviation(const Decoded& decoded, std::string_view opcode_name) {
  for (const QemuDeviation& row : kDeviations) {
    if (opcode_name.starts_with(row.opcodes) && (row.applies == nullptr || row.applies(decoded))) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace boardless::isa
