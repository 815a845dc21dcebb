// Loads and stores of one or two registers (DDI 0403E A5.3.6 to A5.3.10; DDI 0553 C2.4 for
// load-acquire and store-release).
#include <array>

#include "isa/arm/aligned_access.h"
#include "isa/arm/operands.h"

namespace boardless::isa::arm {

void fault_unaligned(State& s, const Op* op, std::uint32_t address, std::uint32_t bytes,
                     bool is_store) {
  s.pc = op->pc;
  throw MemoryFault(MemoryFault::Kind::kUnaligned, address, bytes, is_store);
}

namespace {

using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
using I8 = std::int8_t;
using I16 = std::int16_t;

// How the address is formed. Offsets are in imm; a register offset is shifted left by imm.
enum class Address { kOffset, kRegister, kPre, kPost, kConstant };

template <Address kForm>
std::uint32_t address_of(const State& s, const Op* op) {
  if constexpr (kForm == Address::kRegister) return s.r[op->rn] + (s.r[op->rm] << op->imm);
  if constexpr (kForm == Address::kPost) return s.r[op->rn];
  if constexpr (kForm == Address::kConstant) return op->imm;
  return s.r[op->rn] + op->imm;
}

// After the access, which may fault.
template <Address kForm>
void update_base(State& s, const Op* op) {
  if constexpr (kForm == Address::kPre || kForm == Address::kPost) s.r[op->rn] += op->imm;
}

// --- One register ---

// The slow halves are functions of their own, so that the fast ones need no stack frame.
template <class T, Address kForm>
[[gnu::noinline]] const Op* run_slow_load(State& s, const Op* op) {
  const T value = load<T>(s, op, address_of<kForm>(s, op));
  update_base<kForm>(s, op);
  s.r[op->rd] = static_cast<std::uint32_t>(value);
  return next(s, op);
}

template <class T, Address kForm>
const Op* run_load(State& s, const Op* op) {
  const std::uint8_t* host = direct<T>(s.around.read_pages, address_of<kForm>(s, op));
  if (host == nullptr) [[unlikely]]
    return run_slow_load<T, kForm>(s, op);
  T value;
  std::memcpy(&value, host, sizeof(T));
  update_base<kForm>(s, op);
  s.r[op->rd] = static_cast<std::uint32_t>(value);
  return next(s, op);
}

// A load to the PC is an interworking branch.
template <Address kForm>
const Op* run_load_pc(State& s, const Op* op) {
  const auto value = load<U32>(s, op, address_of<kForm>(s, op));
  update_base<kForm>(s, op);
  interwork(s, value);
  return nullptr;
}

template <class T, Address kForm>
[[gnu::noinline]] const Op* run_slow_store(State& s, const Op* op) {
  store<T>(s, op, address_of<kForm>(s, op), static_cast<T>(s.r[op->rd]));
  update_base<kForm>(s, op);
  return next(s, op);
}

template <class T, Address kForm>
const Op* run_store(State& s, const Op* op) {
  std::uint8_t* host = direct<T>(s.around.write_pages, address_of<kForm>(s, op));
  if (host == nullptr) [[unlikely]]
    return run_slow_store<T, kForm>(s, op);
  const auto value = static_cast<T>(s.r[op->rd]);
  std::memcpy(host, &value, sizeof(T));
  update_base<kForm>(s, op);
  return next(s, op);
}

template <class T, Address kForm>
Op::Handler load_handler(const Op& op) {
  return sizeof(T) == 4 && op.rd == 15 ? run_load_pc<kForm> : run_load<T, kForm>;
}

// --- One register, as unprivileged code would access it (DDI 0403E MemU_unpriv[]) ---

// Also when the access faults.
class AsUser {
 public:
  explicit AsUser(State& s) : state_(s) { state_.accesses_as_user = true; }
  ~AsUser() { state_.accesses_as_user = false; }
  AsUser(const AsUser&) = delete;
  AsUser& operator=(const AsUser&) = delete;

 private:
  State& state_;
};

template <class T>
T load_as_user(State& s, const Op* op) {
  const AsUser as_user(s);
  return load<T>(s, op, address_of<Address::kOffset>(s, op));
}
template <class T>
const Op* run_load_as_user(State& s, const Op* op) {
  s.r[op->rd] = static_cast<std::uint32_t>(load_as_user<T>(s, op));
  return next(s, op);
}

template <class T>
void store_as_user(State& s, const Op* op) {
  const AsUser as_user(s);
  store<T>(s, op, address_of<Address::kOffset>(s, op), static_cast<T>(s.r[op->rd]));
}
template <class T>
const Op* run_store_as_user(State& s, const Op* op) {
  store_as_user<T>(s, op);
  return next(s, op);
}

// LLVM operands: Rt, Rn, offset in bytes.
template <Op::Handler kRun>
void offset_as_user(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = offset(d, 2);
  op.run = kRun;
  out.push_back(op);
}
template <class T>
constexpr auto load_as_user_offset = offset_as_user<run_load_as_user<T>>;
template <class T>
constexpr auto store_as_user_offset = offset_as_user<run_store_as_user<T>>;

// LLVM operands: Rt, Rn, offset in units of kScale.
template <class T, std::uint32_t kScale = 1>
void load_offset(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = offset(d, 2) * kScale;
  op.run = load_handler<T, Address::kOffset>(op);
  out.push_back(op);
}
template <class T, std::uint32_t kScale = 1>
void store_offset(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = offset(d, 2) * kScale;
  op.run = run_store<T, Address::kOffset>;
  out.push_back(op);
}

// LLVM operands: Rt, Rn, Rm[, left shift].
template <class T>
void load_register(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.imm = d.operands.size() > 3 ? imm(d, 3) : 0;
  op.run = load_handler<T, Address::kRegister>(op);
  out.push_back(op);
}
template <class T>
void store_register(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.rm = reg(d, 2);
  op.imm = d.operands.size() > 3 ? imm(d, 3) : 0;
  op.run = run_store<T, Address::kRegister>;
  out.push_back(op);
}

// LLVM operands: Rt, offset.
template <class T>
void load_literal(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.imm = aligned_pc(op) + offset(d, 1);
  op.run = load_handler<T, Address::kConstant>(op);
  out.push_back(op);
}

// LLVM operands: Rt, Rn, Rn, offset (loads); Rn, Rt, Rn, offset (stores).
template <class T, Address kForm>
void load_indexed(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = offset(d, 3);
  op.run = load_handler<T, kForm>(op);
  out.push_back(op);
}
template <class T, Address kForm>
void store_indexed(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  op.rd = reg(d, 1);
  op.imm = offset(d, 3);
  op.run = run_store<T, kForm>;
  out.push_back(op);
}

// --- Two registers: rd and ra ---

template <Address kForm>
const Op* run_load_dual(State& s, const Op* op) {
  const std::uint32_t address = address_of<kForm>(s, op);
  require_aligned(s, op, address, 4, false);
  const auto first = load<U32>(s, op, address);
  const auto second = load<U32>(s, op, address + 4);
  update_base<kForm>(s, op);
  s.r[op->rd] = first;
  s.r[op->ra] = second;
  return next(s, op);
}

template <Address kForm>
const Op* run_store_dual(State& s, const Op* op) {
  const std::uint32_t address = address_of<kForm>(s, op);
  require_aligned(s, op, address, 4, true);
  store<U32>(s, op, address, s.r[op->rd]);
  store<U32>(s, op, address + 4, s.r[op->ra]);
  update_base<kForm>(s, op);
  return next(s, op);
}

// LLVM operands: Rt, Rt2, Rn, offset; Rn may be the PC.
void load_dual(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = reg(d, 2);
  op.imm = offset(d, 3);
  op.run = run_load_dual<Address::kOffset>;
  if (op.rn == 15) {
    op.imm += aligned_pc(op);
    op.run = run_load_dual<Address::kConstant>;
  }
  out.push_back(op);
}
void store_dual(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = reg(d, 2);
  op.imm = offset(d, 3);
  op.run = run_store_dual<Address::kOffset>;
  out.push_back(op);
}

// LLVM operands: Rt, Rt2, Rn, Rn, offset (loads); Rn, Rt, Rt2, Rn, offset (stores).
template <Address kForm>
void load_dual_indexed(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = reg(d, 2);
  op.imm = offset(d, 4);
  op.run = run_load_dual<kForm>;
  out.push_back(op);
}
template <Address kForm>
void store_dual_indexed(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  op.rd = reg(d, 1);
  op.ra = reg(d, 2);
  op.imm = offset(d, 4);
  op.run = run_store_dual<kForm>;
  out.push_back(op);
}

// --- Exclusive, acquire and release. One core, in order: acquire and release order nothing. ---

template <class T, bool kExclusive>
const Op* run_load_ordered(State& s, const Op* op) {
  const std::uint32_t address = s.r[op->rn] + op->imm;
  require_aligned(s, op, address, sizeof(T), false);
  s.r[op->rd] = load<T>(s, op, address);
  if constexpr (kExclusive) {
    s.exclusive = true;
    s.exclusive_address = address;
  }
  return next(s, op);
}

template <class T>
const Op* run_store_release(State& s, const Op* op) {
  const std::uint32_t address = s.r[op->rn];
  require_aligned(s, op, address, sizeof(T), true);
  store<T>(s, op, address, static_cast<T>(s.r[op->rd]));
  return next(s, op);
}

// ra is stored, rd gets 0 when it was.
template <class T>
const Op* run_store_exclusive(State& s, const Op* op) {
  const std::uint32_t address = s.r[op->rn] + op->imm;
  require_aligned(s, op, address, sizeof(T), true);
  const bool stores = s.exclusive && s.exclusive_address == address;
  if (stores) store<T>(s, op, address, static_cast<T>(s.r[op->ra]));
  s.exclusive = false;
  s.r[op->rd] = stores ? 0 : 1;
  return next(s, op);
}

const Op* run_clear_exclusive(State& s, const Op* op) {
  s.exclusive = false;
  return next(s, op);
}

// LLVM operands: Rt, Rn[, offset in words].
template <class T, bool kExclusive>
void load_ordered(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = d.operands.size() > 2 ? imm(d, 2) * 4 : 0;
  op.run = run_load_ordered<T, kExclusive>;
  out.push_back(op);
}
template <class T>
void store_release(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = reg(d, 1);
  op.run = run_store_release<T>;
  out.push_back(op);
}
// LLVM operands: Rd, Rt, Rn[, offset in words].
template <class T>
void store_exclusive(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = reg(d, 2);
  op.imm = d.operands.size() > 3 ? imm(d, 3) * 4 : 0;
  op.run = run_store_exclusive<T>;
  out.push_back(op);
}
void clear_exclusive(const Decoded&, Op op, OpList& out) {
  op.run = run_clear_exclusive;
  out.push_back(op);
}

// A hint to the memory system does nothing that a program can see.
void nothing(const Decoded&, Op, OpList&) {}

using enum InstructionClass;
using enum AddressForm;
using enum OffsetUnit;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"tLDRi tLDRspi", base(kLoad).at(kImmediate, 4).counts(kAccess), load_offset<U32, 4>},
    {"tLDRHi", base(kLoad).at(kImmediate, 2).counts(kAccess), load_offset<U16, 2>},
    {"tLDRBi", base(kLoad).at(kImmediate, 1).counts(kAccess), load_offset<U8>},
    {"t2LDRi12 t2LDRi8", mainline(kLoad).at(kImmediate, 4), load_offset<U32>},
    {"t2LDRHi12 t2LDRHi8", mainline(kLoad).at(kImmediate, 2), load_offset<U16>},
    {"t2LDRSHi12 t2LDRSHi8", mainline(kLoad).at(kImmediate, 2), load_offset<I16>},
    {"t2LDRBi12 t2LDRBi8", mainline(kLoad).at(kImmediate, 1), load_offset<U8>},
    {"t2LDRSBi12 t2LDRSBi8", mainline(kLoad).at(kImmediate, 1), load_offset<I8>},
    {"t2LDRT", mainline(kLoad).at(kImmediate, 4), load_as_user_offset<U32>},
    {"t2LDRHT", mainline(kLoad).at(kImmediate, 2), load_as_user_offset<U16>},
    {"t2LDRSHT", mainline(kLoad).at(kImmediate, 2), load_as_user_offset<I16>},
    {"t2LDRBT", mainline(kLoad).at(kImmediate, 1), load_as_user_offset<U8>},
    {"t2LDRSBT", mainline(kLoad).at(kImmediate, 1), load_as_user_offset<I8>},
    {"tLDRr", base(kLoad).at(kRegister, 4), load_register<U32>},
    {"t2LDRs", mainline(kLoad).at(kRegister, 4), load_register<U32>},
    {"tLDRHr", base(kLoad).at(kRegister, 2), load_register<U16>},
    {"t2LDRHs", mainline(kLoad).at(kRegister, 2), load_register<U16>},
    {"tLDRSH", base(kLoad).at(kRegister, 2), load_register<I16>},
    {"t2LDRSHs", mainline(kLoad).at(kRegister, 2), load_register<I16>},
    {"tLDRBr", base(kLoad).at(kRegister, 1), load_register<U8>},
    {"t2LDRBs", mainline(kLoad).at(kRegister, 1), load_register<U8>},
    {"tLDRSB", base(kLoad).at(kRegister, 1), load_register<I8>},
    {"t2LDRSBs", mainline(kLoad).at(kRegister, 1), load_register<I8>},
    {"tLDRpci", base(kLoad).at(kLiteral, 4), load_literal<U32>},
    {"t2LDRpci", mainline(kLoad).at(kLiteral, 4), load_literal<U32>},
    {"t2LDRHpci", mainline(kLoad).at(kLiteral, 2), load_literal<U16>},
    {"t2LDRSHpci", mainline(kLoad).at(kLiteral, 2), load_literal<I16>},
    {"t2LDRBpci", mainline(kLoad).at(kLiteral, 1), load_literal<U8>},
    {"t2LDRSBpci", mainline(kLoad).at(kLiteral, 1), load_literal<I8>},
    {"t2LDR_PRE", mainline(kLoad).at(kPreIndexed, 4), load_indexed<U32, Address::kPre>},
    {"t2LDRH_PRE", mainline(kLoad).at(kPreIndexed, 2), load_indexed<U16, Address::kPre>},
    {"t2LDRSH_PRE", mainline(kLoad).at(kPreIndexed, 2), load_indexed<I16, Address::kPre>},
    {"t2LDRB_PRE", mainline(kLoad).at(kPreIndexed, 1), load_indexed<U8, Address::kPre>},
    {"t2LDRSB_PRE", mainline(kLoad).at(kPreIndexed, 1), load_indexed<I8, Address::kPre>},
    {"t2LDR_POST", mainline(kLoad).at(kPostIndexed, 4), load_indexed<U32, Address::kPost>},
    {"t2LDRH_POST", mainline(kLoad).at(kPostIndexed, 2), load_indexed<U16, Address::kPost>},
    {"t2LDRSH_POST", mainline(kLoad).at(kPostIndexed, 2), load_indexed<I16, Address::kPost>},
    {"t2LDRB_POST", mainline(kLoad).at(kPostIndexed, 1), load_indexed<U8, Address::kPost>},
    {"t2LDRSB_POST", mainline(kLoad).at(kPostIndexed, 1), load_indexed<I8, Address::kPost>},
    {"t2LDRDi8", mainline(kLoadDual).at(kImmediate, 4), load_dual},
    {"t2LDRD_PRE", mainline(kLoadDual).at(kPreIndexed, 4), load_dual_indexed<Address::kPre>},
    {"t2LDRD_POST", mainline(kLoadDual).at(kPostIndexed, 4), load_dual_indexed<Address::kPost>},
    {"t2LDREX", baseline(kLoadExclusive).at(kImmediate, 4), load_ordered<U32, true>},
    {"t2LDAEX", armv8(kLoadExclusive).at(kImmediate, 4), load_ordered<U32, true>},
    {"t2LDREXH", baseline(kLoadExclusive).at(kImmediate, 2), load_ordered<U16, true>},
    {"t2LDAEXH", armv8(kLoadExclusive).at(kImmediate, 2), load_ordered<U16, true>},
    {"t2LDREXB", baseline(kLoadExclusive).at(kImmediate, 1), load_ordered<U8, true>},
    {"t2LDAEXB", armv8(kLoadExclusive).at(kImmediate, 1), load_ordered<U8, true>},
    {"t2LDA", armv8(kLoadExclusive).at(kImmediate, 4), load_ordered<U32, false>},
    {"t2LDAH", armv8(kLoadExclusive).at(kImmediate, 2), load_ordered<U16, false>},
    {"t2LDAB", armv8(kLoadExclusive).at(kImmediate, 1), load_ordered<U8, false>},
    {"t2PLDi12 t2PLDi8 t2PLDpci t2PLDs t2PLIi12 t2PLIi8 t2PLIpci t2PLIs", mainline(kPreload),
     nothing},
    {"tSTRi tSTRspi", base(kStore).at(kImmediate, 4).counts(kAccess), store_offset<U32, 4>},
    {"tSTRHi", base(kStore).at(kImmediate, 2).counts(kAccess), store_offset<U16, 2>},
    {"tSTRBi", base(kStore).at(kImmediate, 1).counts(kAccess), store_offset<U8>},
    {"t2STRi12 t2STRi8", mainline(kStore).at(kImmediate, 4), store_offset<U32>},
    {"t2STRHi12 t2STRHi8", mainline(kStore).at(kImmediate, 2), store_offset<U16>},
    {"t2STRBi12 t2STRBi8", mainline(kStore).at(kImmediate, 1), store_offset<U8>},
    {"t2STRT", mainline(kStore).at(kImmediate, 4), store_as_user_offset<U32>},
    {"t2STRHT", mainline(kStore).at(kImmediate, 2), store_as_user_offset<U16>},
    {"t2STRBT", mainline(kStore).at(kImmediate, 1), store_as_user_offset<U8>},
    {"tSTRr", base(kStore).at(kRegister, 4), store_register<U32>},
    {"t2STRs", mainline(kStore).at(kRegister, 4), store_register<U32>},
    {"tSTRHr", base(kStore).at(kRegister, 2), store_register<U16>},
    {"t2STRHs", mainline(kStore).at(kRegister, 2), store_register<U16>},
    {"tSTRBr", base(kStore).at(kRegister, 1), store_register<U8>},
    {"t2STRBs", mainline(kStore).at(kRegister, 1), store_register<U8>},
    {"t2STR_PRE", mainline(kStore).at(kPreIndexed, 4), store_indexed<U32, Address::kPre>},
    {"t2STRH_PRE", mainline(kStore).at(kPreIndexed, 2), store_indexed<U16, Address::kPre>},
    {"t2STRB_PRE", mainline(kStore).at(kPreIndexed, 1), store_indexed<U8, Address::kPre>},
    {"t2STR_POST", mainline(kStore).at(kPostIndexed, 4), store_indexed<U32, Address::kPost>},
    {"t2STRH_POST", mainline(kStore).at(kPostIndexed, 2), store_indexed<U16, Address::kPost>},
    {"t2STRB_POST", mainline(kStore).at(kPostIndexed, 1), store_indexed<U8, Address::kPost>},
    {"t2STRDi8", mainline(kStoreDual).at(kImmediate, 4), store_dual},
    {"t2STRD_PRE", mainline(kStoreDual).at(kPreIndexed, 4), store_dual_indexed<Address::kPre>},
    {"t2STRD_POST", mainline(kStoreDual).at(kPostIndexed, 4), store_dual_indexed<Address::kPost>},
    {"t2STREX", baseline(kStoreExclusive).at(kImmediate, 4), store_exclusive<U32>},
    {"t2STLEX", armv8(kStoreExclusive).at(kImmediate, 4), store_exclusive<U32>},
    {"t2STREXH", baseline(kStoreExclusive).at(kImmediate, 2), store_exclusive<U16>},
    {"t2STLEXH", armv8(kStoreExclusive).at(kImmediate, 2), store_exclusive<U16>},
    {"t2STREXB", baseline(kStoreExclusive).at(kImmediate, 1), store_exclusive<U8>},
    {"t2STLEXB", armv8(kStoreExclusive).at(kImmediate, 1), store_exclusive<U8>},
    {"t2STL", armv8(kStoreExclusive).at(kImmediate, 4), store_release<U32>},
    {"t2STLH", armv8(kStoreExclusive).at(kImmediate, 2), store_release<U16>},
    {"t2STLB", armv8(kStoreExclusive).at(kImmediate, 1), store_release<U8>},
    {"t2CLREX", baseline(kNop), clear_exclusive},
});

}  // namespace

std::span<const OpcodeRow> load_store_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
