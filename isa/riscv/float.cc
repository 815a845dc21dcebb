// The F extension (manual chapter 11).
#include <array>

#include "isa/riscv/operands.h"
#include "isa/riscv/soft_float.h"

namespace boardless::isa::riscv {
namespace {

// op->aux: the rounding mode, 7 for frm's; false when that is not a mode, or F is off.
bool enter(State& s, const Op* op, FloatContext& context) {
  constexpr std::uint32_t kDynamic = 7;
  const std::uint32_t mode = op->aux == kDynamic ? s.frm : op->aux;
  if (!s.fp_enabled() || mode > 4) return false;
  context.mode = static_cast<Rounding>(mode);
  context.flags = s.fflags;
  return true;
}

void accrue(State& s, const FloatContext& context) {
  s.fflags = context.flags;
  s.mstatus |= kMstatusFs;  // dirty
}

// A result in rd of f or of x; kWhat takes the context, the state and the op.
template <auto kWhat, bool kToCore = false>
const Op* run_float(State& s, const Op* op) {
  FloatContext context;
  if (!enter(s, op, context)) return raise_illegal(s, op);
  const std::uint32_t result = kWhat(context, s, op);
  (kToCore ? s.x[op->rd] : s.f[op->rd]) = result;
  accrue(s, context);
  return op + 1;
}

using Context = FloatContext;
constexpr std::uint32_t kSignBit = 0x80000000;

std::uint32_t add(Context& c, const State& s, const Op* op) {
  return float_add(c, s.f[op->rn], s.f[op->rm]);
}
std::uint32_t subtract(Context& c, const State& s, const Op* op) {
  return float_add(c, s.f[op->rn], s.f[op->rm] ^ kSignBit);
}
std::uint32_t multiply(Context& c, const State& s, const Op* op) {
  return float_multiply(c, s.f[op->rn], s.f[op->rm]);
}
std::uint32_t divide(Context& c, const State& s, const Op* op) {
  return float_divide(c, s.f[op->rn], s.f[op->rm]);
}
std::uint32_t square_root(Context& c, const State& s, const Op* op) {
  return float_square_root(c, s.f[op->rn]);
}
std::uint32_t minimum(Context& c, const State& s, const Op* op) {
  return float_min(c, s.f[op->rn], s.f[op->rm]);
}
std::uint32_t maximum(Context& c, const State& s, const Op* op) {
  return float_max(c, s.f[op->rn], s.f[op->rm]);
}

// Signs of product and addend: FMADD +a*b+c, FMSUB +a*b-c, FNMSUB -a*b+c, FNMADD -a*b-c.
template <bool kNegateProduct, bool kNegateAddend>
std::uint32_t multiply_add(Context& c, const State& s, const Op* op) {
  return float_multiply_add(c, s.f[op->rn] ^ (kNegateProduct ? kSignBit : 0), s.f[op->rm],
                            s.f[op->ra] ^ (kNegateAddend ? kSignBit : 0));
}

std::uint32_t copy_sign(Context&, const State& s, const Op* op) {
  return (s.f[op->rn] & ~kSignBit) | (s.f[op->rm] & kSignBit);
}
std::uint32_t copy_sign_negated(Context&, const State& s, const Op* op) {
  return (s.f[op->rn] & ~kSignBit) | (~s.f[op->rm] & kSignBit);
}
std::uint32_t xor_sign(Context&, const State& s, const Op* op) {
  return s.f[op->rn] ^ (s.f[op->rm] & kSignBit);
}

std::uint32_t equal(Context& c, const State& s, const Op* op) {
  return float_equal(c, s.f[op->rn], s.f[op->rm]) ? 1 : 0;
}
std::uint32_t less(Context& c, const State& s, const Op* op) {
  return float_less(c, s.f[op->rn], s.f[op->rm]) ? 1 : 0;
}
std::uint32_t less_equal(Context& c, const State& s, const Op* op) {
  return float_less_equal(c, s.f[op->rn], s.f[op->rm]) ? 1 : 0;
}
std::uint32_t classify(Context&, const State& s, const Op* op) { return float_class(s.f[op->rn]); }

std::uint32_t to_signed(Context& c, const State& s, const Op* op) {
  return float_to_signed(c, s.f[op->rn]);
}
std::uint32_t to_unsigned(Context& c, const State& s, const Op* op) {
  return float_to_unsigned(c, s.f[op->rn]);
}
std::uint32_t from_signed(Context& c, const State& s, const Op* op) {
  return float_from_signed(c, s.x[op->rn]);
}
std::uint32_t from_unsigned(Context& c, const State& s, const Op* op) {
  return float_from_unsigned(c, s.x[op->rn]);
}
std::uint32_t move_to_core(Context&, const State& s, const Op* op) { return s.f[op->rn]; }
std::uint32_t move_from_core(Context&, const State& s, const Op* op) { return s.x[op->rn]; }

const Op* run_load(State& s, const Op* op) {
  if (!s.fp_enabled()) return raise_illegal(s, op);
  s.f[op->rd] = load<std::uint32_t>(s, op, s.x[op->rn] + op->imm);
  s.mstatus |= kMstatusFs;
  return op + 1;
}

const Op* run_store(State& s, const Op* op) {
  if (!s.fp_enabled()) return raise_illegal(s, op);
  store<std::uint32_t>(s, op, s.x[op->rn] + op->imm, s.f[op->rm]);
  return op + 1;
}

// LLVM operands: rd, one to three sources, and the rounding mode where there is one.
template <auto kWhat, bool kToCore = false>
void float_op(const Decoded& d, Op op, OpList& out) {
  std::size_t count = d.operands.size();
  if (!d.operands.back().is_register()) op.aux = imm(d, --count);
  op.rd = kToCore ? destination(d, 0) : source(d, 0);
  op.rn = source(d, 1);
  if (count > 2) op.rm = source(d, 2);
  if (count > 3) op.ra = source(d, 3);
  op.run = run_float<kWhat, kToCore>;
  out.push_back(op);
}

// LLVM operands: data, base, offset.
void load_op(const Decoded& d, Op op, OpList& out) {
  op.rd = source(d, 0);
  op.rn = source(d, 1);
  op.imm = imm(d, 2);
  op.run = run_load;
  out.push_back(op);
}
void store_op(const Decoded& d, Op op, OpList& out) {
  op.rm = source(d, 0);
  op.rn = source(d, 1);
  op.imm = imm(d, 2);
  op.run = run_store;
  out.push_back(op);
}

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"FADD_S", of(Feature::kFloat, kFpAdd), float_op<add>},
    {"FSUB_S", of(Feature::kFloat, kFpAdd), float_op<subtract>},
    {"FMUL_S", of(Feature::kFloat, kFpMultiply), float_op<multiply>},
    {"FDIV_S", of(Feature::kFloat, kFpDivide), float_op<divide>},
    {"FSQRT_S", of(Feature::kFloat, kFpSquareRoot), float_op<square_root>},
    {"FMIN_S", of(Feature::kFloat, kFpCompare), float_op<minimum>},
    {"FMAX_S", of(Feature::kFloat, kFpCompare), float_op<maximum>},
    {"FMADD_S", of(Feature::kFloat, kFpMultiplyAccumulate), float_op<multiply_add<false, false>>},
    {"FMSUB_S", of(Feature::kFloat, kFpMultiplyAccumulate), float_op<multiply_add<false, true>>},
    {"FNMSUB_S", of(Feature::kFloat, kFpMultiplyAccumulate), float_op<multiply_add<true, false>>},
    {"FNMADD_S", of(Feature::kFloat, kFpMultiplyAccumulate), float_op<multiply_add<true, true>>},
    {"FSGNJ_S", of(Feature::kFloat, kFpMove), float_op<copy_sign>},
    {"FSGNJN_S", of(Feature::kFloat, kFpMove), float_op<copy_sign_negated>},
    {"FSGNJX_S", of(Feature::kFloat, kFpMove), float_op<xor_sign>},
    {"FEQ_S", of(Feature::kFloat, kFpCompare), float_op<equal, true>},
    {"FLT_S", of(Feature::kFloat, kFpCompare), float_op<less, true>},
    {"FLE_S", of(Feature::kFloat, kFpCompare), float_op<less_equal, true>},
    {"FCLASS_S", of(Feature::kFloat, kFpCompare), float_op<classify, true>},
    {"FCVT_W_S", of(Feature::kFloat, kFpConvert), float_op<to_signed, true>},
    {"FCVT_WU_S", of(Feature::kFloat, kFpConvert), float_op<to_unsigned, true>},
    {"FCVT_S_W", of(Feature::kFloat, kFpConvert), float_op<from_signed>},
    {"FCVT_S_WU", of(Feature::kFloat, kFpConvert), float_op<from_unsigned>},
    {"FMV_X_W", of(Feature::kFloat, kFpCoreTransfer), float_op<move_to_core, true>},
    {"FMV_W_X", of(Feature::kFloat, kFpCoreTransfer), float_op<move_from_core>},
    {"FLW C_FLW C_FLWSP", of(Feature::kFloat, kFpLoad).at(kImmediate, 4), load_op},
    {"FSW C_FSW C_FSWSP", of(Feature::kFloat, kFpStore).at(kImmediate, 4), store_op},
});

}  // namespace

std::span<const OpcodeRow> float_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
