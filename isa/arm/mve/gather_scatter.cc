// MVE: loads and stores with an address for each element (DDI 0553 C2.4: VLDRB to VLDRD and VSTRB
// to VSTRD with a vector of offsets or of base addresses).
//
// Inactive elements are not accessed; loads make them 0. Doublewords are two words, one per beat,
// with a predicate each.
#include <array>

#include "isa/arm/mve/vector_memory.h"

namespace boardless::isa::arm {
namespace {

// --- Addresses of lanes ---

// rn: a core register; the vector rm has offsets of type R, in units of 1 << kScale.
template <class R, int kScale>
struct FromOffsets {
  static constexpr bool kUpdates = false;
  static Lanes<std::make_unsigned_t<R>> vector(const State& s, const Op* op) {
    return read_lanes<std::make_unsigned_t<R>>(s, op->rm);
  }
  static std::uint32_t address(const State& s, const Op* op, std::uint32_t lane) {
    return s.r[op->rn] + (lane << kScale);
  }
};

// The vector rm has addresses, imm is added; with kUpdate the sums go back.
template <bool kUpdate>
struct FromAddresses {
  static constexpr bool kUpdates = kUpdate;
  static Lanes<std::uint32_t> vector(const State& s, const Op* op) {
    return read_lanes<std::uint32_t>(s, op->rm);
  }
  static std::uint32_t address(const State&, const Op* op, std::uint32_t lane) {
    return lane + op->imm;
  }
};

// All base addresses move on, those of inactive elements too.
template <class Addresses, std::size_t kStep>
void update_addresses(State& s, const Op* op) {
  if constexpr (Addresses::kUpdates) {
    auto lanes = Addresses::vector(s, op);
    for (std::size_t i = 0; i < lanes.size(); i += kStep) {
      lanes[i] = Addresses::address(s, op, lanes[i]);
    }
    write_all_lanes(s, op->rm, lanes);
  }
}

// --- Elements of M in memory and R in the register ---

template <class M, class R, class Addresses>
const Op* run_gather(State& s, const Op* op) {
  const std::uint32_t active = current_bytes(s);
  const auto vector = Addresses::vector(s, op);
  Lanes<R> lanes{};
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (!is_active<R>(active, i)) continue;
    lanes[i] = static_cast<R>(load_element<M>(s, op, Addresses::address(s, op, vector[i])));
  }
  update_addresses<Addresses, 1>(s, op);
  write_all_lanes(s, op->rd, lanes);
  return next(s, op);
}

template <class M, class R, class Addresses>
const Op* run_scatter(State& s, const Op* op) {
  const std::uint32_t active = current_bytes(s);
  const auto vector = Addresses::vector(s, op);
  const Lanes<R> lanes = read_lanes<R>(s, op->rd);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (!is_active<R>(active, i)) continue;
    store_element<M>(s, op, Addresses::address(s, op, vector[i]), static_cast<M>(lanes[i]));
  }
  update_addresses<Addresses, 1>(s, op);
  return next(s, op);
}

// --- Doublewords: the lower words of the vector's doublewords count ---

using Word = std::uint32_t;
constexpr std::uint32_t kWordBytes = 4;

template <class Addresses>
std::uint32_t word_address(const State& s, const Op* op, const Lanes<Word>& vector,
                           std::size_t word) {
  return Addresses::address(s, op, vector[word & ~std::size_t{1}]) +
         (word % 2 != 0 ? kWordBytes : 0);
}

template <class Addresses>
const Op* run_gather_doublewords(State& s, const Op* op) {
  const std::uint32_t active = current_bytes(s);
  const Lanes<Word> vector = Addresses::vector(s, op);
  Lanes<Word> lanes{};
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (!is_active<Word>(active, i)) continue;
    lanes[i] = load_element<Word>(s, op, word_address<Addresses>(s, op, vector, i));
  }
  update_addresses<Addresses, 2>(s, op);
  write_all_lanes(s, op->rd, lanes);
  return next(s, op);
}

template <class Addresses>
const Op* run_scatter_doublewords(State& s, const Op* op) {
  const std::uint32_t active = current_bytes(s);
  const Lanes<Word> vector = Addresses::vector(s, op);
  const Lanes<Word> lanes = read_lanes<Word>(s, op->rd);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (!is_active<Word>(active, i)) continue;
    store_element<Word>(s, op, word_address<Addresses>(s, op, vector, i), lanes[i]);
  }
  update_addresses<Addresses, 2>(s, op);
  return next(s, op);
}

// --- Builders ---

// LLVM operands: Qd, Rn, Qm.
template <Op::Handler kRun>
void by_offsets(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = reg(d, 1);
  op.rm = quad(d, 2);
  append_vector(d, op, kRun, out);
}

// LLVM operands: [Qm,] Qd, Qm, offset.
template <Op::Handler kRun>
void by_addresses(const Decoded& d, Op op, OpList& out) {
  const std::size_t first = d.operands.size() == 4 ? 1 : 0;
  op.rd = quad(d, first);
  op.rm = quad(d, first + 1);
  op.imm = offset(d, first + 2);
  append_vector(d, op, kRun, out);
}

template <class M, class R, int kScale>
constexpr Builder kGather = by_offsets<run_gather<M, R, FromOffsets<R, kScale>>>;
template <class M, class R, int kScale>
constexpr Builder kScatter = by_offsets<run_scatter<M, R, FromOffsets<R, kScale>>>;

using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
using S8 = std::int8_t;
using S16 = std::int16_t;
using S32 = std::int32_t;

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VLDRBU8_rq", helium(kVectorGather).at(kRegister, 1, 1), kGather<U8, U8, 0>},
    {"MVE_VLDRBU16_rq", helium(kVectorGather).at(kRegister, 1, 2), kGather<U8, U16, 0>},
    {"MVE_VLDRBS16_rq", helium(kVectorGather).at(kRegister, 1, 2), kGather<S8, S16, 0>},
    {"MVE_VLDRBU32_rq", helium(kVectorGather).at(kRegister, 1, 4), kGather<U8, U32, 0>},
    {"MVE_VLDRBS32_rq", helium(kVectorGather).at(kRegister, 1, 4), kGather<S8, S32, 0>},
    {"MVE_VLDRHU16_rq_u", helium(kVectorGather).at(kRegister, 2, 2), kGather<U16, U16, 0>},
    {"MVE_VLDRHU16_rq", helium(kVectorGather).at(kRegister, 2, 2), kGather<U16, U16, 1>},
    {"MVE_VLDRHU32_rq_u", helium(kVectorGather).at(kRegister, 2, 4), kGather<U16, U32, 0>},
    {"MVE_VLDRHU32_rq", helium(kVectorGather).at(kRegister, 2, 4), kGather<U16, U32, 1>},
    {"MVE_VLDRHS32_rq_u", helium(kVectorGather).at(kRegister, 2, 4), kGather<S16, S32, 0>},
    {"MVE_VLDRHS32_rq", helium(kVectorGather).at(kRegister, 2, 4), kGather<S16, S32, 1>},
    {"MVE_VLDRWU32_rq_u", helium(kVectorGather).at(kRegister, 4, 4), kGather<U32, U32, 0>},
    {"MVE_VLDRWU32_rq", helium(kVectorGather).at(kRegister, 4, 4), kGather<U32, U32, 2>},
    {"MVE_VLDRWU32_qi", helium(kVectorGather).at(kImmediate, 4, 4),
     by_addresses<run_gather<U32, U32, FromAddresses<false>>>},
    {"MVE_VLDRWU32_qi_pre", helium(kVectorGather).at(kPreIndexed, 4, 4),
     by_addresses<run_gather<U32, U32, FromAddresses<true>>>},
    {"MVE_VLDRDU64_rq_u", helium(kVectorGather).at(kRegister, 8, 8),
     by_offsets<run_gather_doublewords<FromOffsets<U32, 0>>>},
    {"MVE_VLDRDU64_rq", helium(kVectorGather).at(kRegister, 8, 8),
     by_offsets<run_gather_doublewords<FromOffsets<U32, 3>>>},
    {"MVE_VLDRDU64_qi", helium(kVectorGather).at(kImmediate, 8, 8),
     by_addresses<run_gather_doublewords<FromAddresses<false>>>},
    {"MVE_VLDRDU64_qi_pre", helium(kVectorGather).at(kPreIndexed, 8, 8),
     by_addresses<run_gather_doublewords<FromAddresses<true>>>},
    {"MVE_VSTRB8_rq", helium(kVectorScatter).at(kRegister, 1, 1), kScatter<U8, U8, 0>},
    {"MVE_VSTRB16_rq", helium(kVectorScatter).at(kRegister, 1, 2), kScatter<U8, U16, 0>},
    {"MVE_VSTRB32_rq", helium(kVectorScatter).at(kRegister, 1, 4), kScatter<U8, U32, 0>},
    {"MVE_VSTRH16_rq_u", helium(kVectorScatter).at(kRegister, 2, 2), kScatter<U16, U16, 0>},
    {"MVE_VSTRH16_rq", helium(kVectorScatter).at(kRegister, 2, 2), kScatter<U16, U16, 1>},
    {"MVE_VSTRH32_rq_u", helium(kVectorScatter).at(kRegister, 2, 4), kScatter<U16, U32, 0>},
    {"MVE_VSTRH32_rq", helium(kVectorScatter).at(kRegister, 2, 4), kScatter<U16, U32, 1>},
    {"MVE_VSTRW32_rq_u", helium(kVectorScatter).at(kRegister, 4, 4), kScatter<U32, U32, 0>},
    {"MVE_VSTRW32_rq", helium(kVectorScatter).at(kRegister, 4, 4), kScatter<U32, U32, 2>},
    {"MVE_VSTRW32_qi", helium(kVectorScatter).at(kImmediate, 4, 4),
     by_addresses<run_scatter<U32, U32, FromAddresses<false>>>},
    {"MVE_VSTRW32_qi_pre", helium(kVectorScatter).at(kPreIndexed, 4, 4),
     by_addresses<run_scatter<U32, U32, FromAddresses<true>>>},
    {"MVE_VSTRD64_rq_u", helium(kVectorScatter).at(kRegister, 8, 8),
     by_offsets<run_scatter_doublewords<FromOffsets<U32, 0>>>},
    {"MVE_VSTRD64_rq", helium(kVectorScatter).at(kRegister, 8, 8),
     by_offsets<run_scatter_doublewords<FromOffsets<U32, 3>>>},
    {"MVE_VSTRD64_qi", helium(kVectorScatter).at(kImmediate, 8, 8),
     by_addresses<run_scatter_doublewords<FromAddresses<false>>>},
    {"MVE_VSTRD64_qi_pre", helium(kVectorScatter).at(kPreIndexed, 8, 8),
     by_addresses<run_scatter_doublewords<FromAddresses<true>>>},
});

}  // namespace

std::span<const OpcodeRow> mve_gather_scatter_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
