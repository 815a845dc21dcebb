// Does what cannot be executed stop the core, at the right pc, and are traps entered and left as
// the privileged architecture says? Encodings by llvm-mc.
#include <gtest/gtest.h>

#include <map>

#include "isa/riscv/csr.h"
#include "tests/isa/riscv_core.h"

namespace boardless::isa::riscv {
namespace {

constexpr std::uint32_t kNop = 0x0001;
constexpr std::uint32_t kEcall = 0x00000073, kEbreak = 0x00100073, kWfi = 0x10500073,
                        kMret = 0x30200073;

TEST(AreRiscvTrapsTaken, AtTheInstruction) {
  Core core("rv32imc");
  EXPECT_EQ(core.run({kNop, kEcall}), Trap::kEnvironmentCall);
  EXPECT_EQ(core.state().pc, Core::kCode + 2);
  EXPECT_EQ(core.run({kNop, kNop, kEbreak}), Trap::kBreakpoint);
  EXPECT_EQ(core.state().pc, Core::kCode + 4);
  EXPECT_EQ(core.run({kNop, kWfi}), Trap::kWaitForInterrupt);
  EXPECT_EQ(core.state().pc, Core::kCode + 6);
}

TEST(AreRiscvTrapsTaken, ByIllegalInstructions) {
  Core core("rv32imc");
  // All zeros; all ones; shifts by 32 and more, wide and short; c.lui, c.addi16sp and c.addi4spn of
  // 0; c.lwsp to x0; amoadd.w without A; fadd.s without F; sret, sfence.vma, dret without the modes
  // they belong to; clz without Zbb; cm.push without Zcmp.
  for (const std::uint32_t encoding :
       {0x00000000U, 0xffffffffU, 0x02051513U, 0x1506U, 0x6901U, 0x6101U, 0x0008U, 0x4022U,
        0x00c5a52fU, 0x00c58553U, 0x10200073U, 0x12000073U, 0x7b200073U, 0x60059513U, 0xb866U}) {
    EXPECT_EQ(core.run({kNop, encoding}), Trap::kIllegal) << std::hex << encoding;
    EXPECT_EQ(core.state().pc, Core::kCode + 2) << std::hex << encoding;
  }
  // c.slli x0 by 32 and more, which is no hint.
  EXPECT_EQ(core.run({kNop, 0x1006}), Trap::kIllegal);
  EXPECT_EQ(core.run({kNop, 0x0006}), Trap::kBreakpoint);
}

TEST(AreRiscvTrapsTaken, ByFloatingPointThatIsOff) {
  Core core("rv32imafc");
  constexpr std::uint32_t kAdd = 0x00c5f553, kReadFcsr = 0x00302573, kReservedMode = 0x00c5d553;
  EXPECT_EQ(core.run({kAdd}), Trap::kBreakpoint);
  core.state().frm = 5;  // not a rounding mode
  EXPECT_EQ(core.run({kAdd}), Trap::kIllegal);
  core.state().frm = 0;
  EXPECT_EQ(core.run({kReservedMode}), Trap::kIllegal);
  core.state().mstatus &= ~kMstatusFs;
  for (const std::uint32_t encoding : {kAdd, kReadFcsr, 0x6588U, 0xe588U}) {
    EXPECT_EQ(core.run({encoding}), Trap::kIllegal) << std::hex << encoding;
  }
}

TEST(AreRiscvTrapsTaken, ByMisalignedAccesses) {
  Core core("rv32imac");
  core.x(11) = Core::kData + 1;
  const auto kind = [&](std::uint32_t encoding) {
    try {
      core.run({kNop, encoding});
    } catch (const MemoryFault& fault) {
      EXPECT_EQ(fault.address, Core::kData + 1);
      EXPECT_EQ(core.state().pc, Core::kCode + 2);
      return fault.kind;
    }
    return MemoryFault::Kind::kReadOnly;  // none
  };
  constexpr std::uint32_t kLoad = 0x0005a503, kAmo = 0x00c5a52f, kLoadReserved = 0x1005a52f;
  EXPECT_EQ(kind(kLoad), MemoryFault::Kind::kUnaligned);
  EXPECT_EQ(kind(kAmo), MemoryFault::Kind::kUnaligned);
  core.state().traps_unaligned = false;
  EXPECT_EQ(kind(kLoad), MemoryFault::Kind::kReadOnly);
  EXPECT_EQ(kind(kAmo), MemoryFault::Kind::kUnaligned);
  EXPECT_EQ(kind(kLoadReserved), MemoryFault::Kind::kUnaligned);
}

TEST(AreRiscvTrapsTaken, ByStoreConditionalWithoutReservation) {
  Core core("rv32imac");
  constexpr std::uint32_t kLr = 0x1005a52f, kSc = 0x18c5a52f;  // a0, (a1); a0, a2, (a1)
  core.x(11) = Core::kData;
  core.x(12) = 7;
  core.run({kSc});
  EXPECT_EQ(core.x(10), 1U);
  EXPECT_EQ(core.word(Core::kData), 0U);
  core.run({kLr, kSc});
  EXPECT_EQ(core.x(10), 0U);
  EXPECT_EQ(core.word(Core::kData), 7U);
  core.run({kSc});  // once only
  EXPECT_EQ(core.x(10), 1U);
}

TEST(AreRiscvTrapsTaken, EnteringAndLeaving) {
  Core core("rv32imac");
  State& state = core.state();
  state.mstatus = kMstatusMpp | kMstatusMie;
  state.mtvec = (Core::kCode + 0x800) | 1;
  enter_trap(state, 11, Core::kCode + 0x40, 0);
  EXPECT_EQ(state.pc, Core::kCode + 0x800);  // exceptions are not vectored
  EXPECT_EQ(state.mepc, Core::kCode + 0x40);
  EXPECT_EQ(state.mcause, 11U);
  EXPECT_EQ(state.mstatus & (kMstatusMie | kMstatusMpie), kMstatusMpie);
  EXPECT_EQ(core.run({kMret}), Trap::kBreakpoint);
  EXPECT_EQ(state.pc, Core::kCode + 0x40);
  EXPECT_NE(state.mstatus & kMstatusMie, 0U);
  enter_trap(state, 0x80000007, Core::kCode, 0);
  EXPECT_EQ(state.pc, Core::kCode + 0x800 + 4 * 7);
}

TEST(AreRiscvTrapsTaken, UserModeHasNoMachineRegisters) {
  Core core("rv32imac");
  State& state = core.state();
  state.has_user_mode = true;
  state.mstatus &= ~kMstatusMpp;
  state.mepc = Core::kCode + 4;
  constexpr std::uint32_t kReadMisa = 0x30102573;
  EXPECT_EQ(core.run({kMret, kReadMisa}), Trap::kIllegal);
  EXPECT_EQ(state.privilege, Privilege::kUser);
  EXPECT_EQ(state.pc, Core::kCode + 4);
  EXPECT_EQ(core.run({kMret}), Trap::kIllegal);
  enter_trap(state, 2, state.pc, 0);
  EXPECT_EQ(state.privilege, Privilege::kMachine);
  EXPECT_EQ(state.mstatus & kMstatusMpp, 0U);
}

// Manual 2.7 and chapter 3: rd, rs1, and modes that are not defined.
TEST(AreRiscvTrapsTaken, NotByFencesWithReservedFields) {
  Core core("rv32imc");
  for (const std::uint32_t encoding : {0x0ff0008fU, 0x0ff0800fU, 0x5ff0000fU, 0x833f878fU,
                                       0x0010100fU, 0x0000108fU, 0x0100000fU}) {
    EXPECT_EQ(core.run({encoding}), Trap::kBreakpoint) << std::hex << encoding;
    EXPECT_EQ(core.state().pc, Core::kCode + 4) << std::hex << encoding;
  }
}

// Zc 1.0: cm.mvsa01 s0, s0 is reserved; s0, s1 is not.
TEST(AreRiscvTrapsTaken, ByAMoveOfTwoValuesToOneRegister) {
  Core core("rv32imac-zb");
  EXPECT_EQ(core.run({0xac22}), Trap::kIllegal);
  EXPECT_EQ(core.run({0xac26}), Trap::kBreakpoint);
}

// Privileged 3.1.15: what an AMO or SC cannot reach is a store's fault, what LR cannot a load's.
TEST(AreRiscvTrapsTaken, ByAtomicsAsByStores) {
  Core core("rv32imac");
  core.x(11) = 0x40000000;
  const auto is_store = [&](std::uint32_t encoding) {
    try {
      core.run({encoding});
    } catch (const MemoryFault& fault) {
      EXPECT_EQ(fault.kind, MemoryFault::Kind::kUnmapped);
      return fault.is_store;
    }
    ADD_FAILURE() << "no fault";
    return false;
  };
  EXPECT_TRUE(is_store(0x00c5a52f));   // amoadd.w a0, a2, (a1)
  EXPECT_FALSE(is_store(0x1005a52f));  // lr.w a0, (a1)
}

// Privileged 3.1.6.3 and 3.1.6.5.
TEST(AreRiscvTrapsTaken, MprvAndTwAreWhereUserModeIs) {
  Core core("rv32imac");
  constexpr std::uint32_t kSetStatus = 0x30052073;  // csrs mstatus, a0
  core.x(10) = kMstatusMprv | kMstatusTw;
  core.run({kSetStatus});
  EXPECT_EQ(core.state().mstatus & (kMstatusMprv | kMstatusTw), 0U);
  core.state().has_user_mode = true;
  core.run({kSetStatus});
  EXPECT_EQ(core.state().mstatus & (kMstatusMprv | kMstatusTw), kMstatusMprv | kMstatusTw);
  EXPECT_EQ(core.run({kWfi}), Trap::kWaitForInterrupt);
  core.state().mstatus &= ~kMstatusMpp;
  core.state().mepc = Core::kCode + 4;
  EXPECT_EQ(core.run({kMret, kWfi}), Trap::kIllegal);  // in user mode
  EXPECT_EQ(core.state().mstatus & kMstatusMprv, 0U);  // MRET to it clears MPRV
  EXPECT_EQ(core.state().pc, Core::kCode + 4);
}

TEST(AreRiscvTrapsTaken, MieHoldsTheInterruptsThatThereAre) {
  Core core("rv32imac");
  constexpr std::uint32_t kWriteMie = 0x30451073;  // csrw mie, a0
  core.x(10) = ~0U;
  core.run({kWriteMie});
  EXPECT_EQ(core.state().mie, kMachineInterrupts);
  core.state().mie_writable |= 3U << 16;
  core.run({kWriteMie});
  EXPECT_EQ(core.state().mie, kMachineInterrupts | 3U << 16);
}

TEST(AreRiscvTrapsTaken, ByUnimp) {
  Core core("rv32imac");
  EXPECT_EQ(core.run({0xc0001073}), Trap::kIllegal);  // csrrw x0, cycle, x0
}

TEST(AreRiscvTrapsTaken, MisaNamesTheExtensions) {
  Core core("rv32imafc");
  core.run({0x30102573});  // csrr a0, misa
  // RV32, and A, C, F, I, M.
  EXPECT_EQ(core.x(10), 1U << 30 | 1U << 0 | 1U << 2 | 1U << 5 | 1U << 8 | 1U << 12);
  Core hazard3("rv32imac-zb");
  hazard3.run({0x30102573});
  EXPECT_EQ(hazard3.x(10), 1U << 30 | 1U << 0 | 1U << 2 | 1U << 8 | 1U << 12);
}

class Counters final : public CsrPort {
 public:
  std::optional<std::uint32_t> read(std::uint32_t csr) override {
    ++reads;
    const auto found = values.find(csr);
    if (found == values.end()) return std::nullopt;
    return found->second;
  }
  bool write(std::uint32_t csr, std::uint32_t value) override {
    if (!values.contains(csr)) return false;
    values[csr] = value;
    return true;
  }
  std::map<std::uint32_t, std::uint32_t> values{{kMcycle, 1234}};
  int reads = 0;
};

TEST(AreRiscvTrapsTaken, OtherRegistersAreThePorts) {
  Core core("rv32imc");
  constexpr std::uint32_t kReadMcycle = 0xb0002573, kReadOther = 0x7c002573,
                          kWriteMcycle = 0xb0051073;
  EXPECT_EQ(core.run({kReadMcycle}), Trap::kIllegal);
  Counters counters;
  core.state().csrs = &counters;
  EXPECT_EQ(core.run({kReadMcycle}), Trap::kBreakpoint);
  EXPECT_EQ(core.x(10), 1234U);
  EXPECT_EQ(core.run({kReadOther}), Trap::kIllegal);
  core.x(10) = 5;
  counters.reads = 0;
  EXPECT_EQ(core.run({kWriteMcycle}), Trap::kBreakpoint);
  EXPECT_EQ(counters.values[kMcycle], 5U);
  EXPECT_EQ(counters.reads, 0);  // CSRRW to x0 does not read
}

TEST(AreRiscvTrapsTaken, ReadOnlyRegistersCannotBeWritten) {
  Core core("rv32imc");
  core.state().mhartid = 3;
  EXPECT_EQ(core.run({0xf1402573}), Trap::kBreakpoint);  // csrr a0, mhartid
  EXPECT_EQ(core.x(10), 3U);
  EXPECT_EQ(core.run({0xf1451073}), Trap::kIllegal);  // csrw mhartid, a0
}

}  // namespace
}  // namespace boardless::isa::riscv
