// MVE: contiguous loads and stores, widening and narrowing too (DDI 0553 C2.4: VLDRB, VLDRH, VLDRW,
// VSTRB, VSTRH, VSTRW).
//
// Inactive elements are not accessed; loads make them 0.
#include <array>

#include "isa/arm/mve/vector_memory.h"

namespace boardless::isa::arm {
namespace {

// An element is M in memory and R in the register.
template <class M, class R>
constexpr std::uint32_t kAccessBytes = sizeof(M) * kLaneCount<R>;

// The bytes in memory of the active elements.
template <class M, class R>
std::uint32_t wanted_bytes(std::uint32_t active) {
  std::uint32_t wanted = 0;
  for (std::size_t i = 0; i < kLaneCount<R>; ++i) {
    if (is_active<R>(active, i)) wanted |= ((1U << sizeof(M)) - 1) << sizeof(M) * i;
  }
  return wanted;
}

template <class M, class R>
Lanes<R> widened(const std::uint8_t* from) {
  std::array<M, kLaneCount<R>> elements;
  std::memcpy(elements.data(), from, sizeof(elements));
  Lanes<R> lanes;
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = static_cast<R>(elements[i]);
  return lanes;
}

template <class M, class R>
std::array<M, kLaneCount<R>> narrowed(const Lanes<R>& lanes) {
  std::array<M, kLaneCount<R>> elements;
  for (std::size_t i = 0; i < lanes.size(); ++i) elements[i] = static_cast<M>(lanes[i]);
  return elements;
}

// imm: the offset.
template <Index kIndex>
std::uint32_t access_address(const State& s, const Op* op) {
  return s.r[op->rn] + (kIndex == Index::kAfter ? 0 : op->imm);
}
template <Index kIndex>
void update_base(State& s, const Op* op) {
  if constexpr (kIndex != Index::kOffset) s.r[op->rn] += op->imm;
}

template <class M, class R, Index kIndex>
[[gnu::noinline]] const Op* run_load_slowly(State& s, const Op* op) {
  const std::uint32_t address = access_address<kIndex>(s, op);
  const std::uint32_t active = current_bytes(s);
  Lanes<R> lanes;
  if (const std::uint8_t* from =
          direct_range<kAccessBytes<M, R>, sizeof(M)>(s.around.read_pages, address)) {
    lanes = widened<M, R>(from);
  } else if (const std::uint8_t* watched =
                 watched_range<kAccessBytes<M, R>, sizeof(M)>(s.around.read_pages, address);
             watched != nullptr && active == kAllBytes) {
    lanes = widened<M, R>(watched);
    tell_of_range(s, op, s.around.on_read, address, kAccessBytes<M, R>);
  } else {
    const std::uint32_t wanted = wanted_bytes<M, R>(active);
    if (wanted != 0) require_aligned(s, op, address, sizeof(M), false);
    lanes = widened<M, R>(load_bytes(s, op, address, wanted).data());
  }
  const VectorBits kept = std::bit_cast<VectorBits>(lanes) & byte_mask(whole_lanes<R>(active));
  write_all_lanes(s, op->rd, std::bit_cast<Lanes<std::uint8_t>>(kept));
  update_base<kIndex>(s, op);
  return next(s, op);
}

template <class M, class R, Index kIndex>
const Op* run_load(State& s, const Op* op) {
  const std::uint8_t* from = direct_range<kAccessBytes<M, R>, sizeof(M)>(
      s.around.read_pages, access_address<kIndex>(s, op));
  if (from == nullptr || !works_on_whole_vectors(s)) [[unlikely]]
    return run_load_slowly<M, R, kIndex>(s, op);
  write_all_lanes(s, op->rd, widened<M, R>(from));
  update_base<kIndex>(s, op);
  return next(s, op);
}

template <class M, class R, Index kIndex>
[[gnu::noinline]] const Op* run_store_slowly(State& s, const Op* op) {
  const std::uint32_t address = access_address<kIndex>(s, op);
  const std::uint32_t active = current_bytes(s);
  const auto elements = narrowed<M, R>(read_lanes<R>(s, op->rd));
  Buffer bytes{};
  std::memcpy(bytes.data(), elements.data(), sizeof(elements));
  if (std::uint8_t* watched =
          watched_range<kAccessBytes<M, R>, sizeof(M)>(s.around.write_pages, address);
      watched != nullptr && active == kAllBytes) {
    tell_of_range(s, op, s.around.on_write, address, kAccessBytes<M, R>);
    std::memcpy(watched, elements.data(), sizeof(elements));
  } else {
    const std::uint32_t wanted = wanted_bytes<M, R>(active);
    if (wanted != 0) require_aligned(s, op, address, sizeof(M), true);
    store_bytes(s, op, address, wanted, bytes);
  }
  update_base<kIndex>(s, op);
  return next(s, op);
}

template <class M, class R, Index kIndex>
const Op* run_store(State& s, const Op* op) {
  std::uint8_t* to = direct_range<kAccessBytes<M, R>, sizeof(M)>(s.around.write_pages,
                                                                 access_address<kIndex>(s, op));
  if (to == nullptr || !works_on_whole_vectors(s)) [[unlikely]]
    return run_store_slowly<M, R, kIndex>(s, op);
  const auto elements = narrowed<M, R>(read_lanes<R>(s, op->rd));
  std::memcpy(to, elements.data(), sizeof(elements));
  update_base<kIndex>(s, op);
  return next(s, op);
}

// LLVM operands: [Rn, ]Qd, Rn, offset.
template <Op::Handler kRun>
void transfer(const Decoded& d, Op op, OpList& out) {
  const std::size_t first = d.operands.size() == 4 ? 1 : 0;
  op.rd = quad(d, first);
  op.rn = reg(d, first + 1);
  op.imm = offset(d, first + 2);
  append_vector(d, op, kRun, out);
}

template <class M, class R, Index kIndex>
constexpr Builder kLoad = transfer<run_load<M, R, kIndex>>;
template <class M, class R, Index kIndex>
constexpr Builder kStore = transfer<run_store<M, R, kIndex>>;

using enum Index;
using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
using S8 = std::int8_t;
using S16 = std::int16_t;
using S32 = std::int32_t;

using InstructionClass::kVectorLoad, InstructionClass::kVectorStore;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VLDRBU8", helium(kVectorLoad).at(kImmediate, 1, 1), kLoad<U8, U8, kOffset>},
    {"MVE_VLDRBU8_pre", helium(kVectorLoad).at(kPreIndexed, 1, 1), kLoad<U8, U8, kBefore>},
    {"MVE_VLDRBU8_post", helium(kVectorLoad).at(kPostIndexed, 1, 1), kLoad<U8, U8, kAfter>},
    {"MVE_VLDRBU16", helium(kVectorLoad).at(kImmediate, 1, 2), kLoad<U8, U16, kOffset>},
    {"MVE_VLDRBU16_pre", helium(kVectorLoad).at(kPreIndexed, 1, 2), kLoad<U8, U16, kBefore>},
    {"MVE_VLDRBU16_post", helium(kVectorLoad).at(kPostIndexed, 1, 2), kLoad<U8, U16, kAfter>},
    {"MVE_VLDRBS16", helium(kVectorLoad).at(kImmediate, 1, 2), kLoad<S8, S16, kOffset>},
    {"MVE_VLDRBS16_pre", helium(kVectorLoad).at(kPreIndexed, 1, 2), kLoad<S8, S16, kBefore>},
    {"MVE_VLDRBS16_post", helium(kVectorLoad).at(kPostIndexed, 1, 2), kLoad<S8, S16, kAfter>},
    {"MVE_VLDRBU32", helium(kVectorLoad).at(kImmediate, 1, 4), kLoad<U8, U32, kOffset>},
    {"MVE_VLDRBU32_pre", helium(kVectorLoad).at(kPreIndexed, 1, 4), kLoad<U8, U32, kBefore>},
    {"MVE_VLDRBU32_post", helium(kVectorLoad).at(kPostIndexed, 1, 4), kLoad<U8, U32, kAfter>},
    {"MVE_VLDRBS32", helium(kVectorLoad).at(kImmediate, 1, 4), kLoad<S8, S32, kOffset>},
    {"MVE_VLDRBS32_pre", helium(kVectorLoad).at(kPreIndexed, 1, 4), kLoad<S8, S32, kBefore>},
    {"MVE_VLDRBS32_post", helium(kVectorLoad).at(kPostIndexed, 1, 4), kLoad<S8, S32, kAfter>},
    {"MVE_VLDRHU16", helium(kVectorLoad).at(kImmediate, 2, 2), kLoad<U16, U16, kOffset>},
    {"MVE_VLDRHU16_pre", helium(kVectorLoad).at(kPreIndexed, 2, 2), kLoad<U16, U16, kBefore>},
    {"MVE_VLDRHU16_post", helium(kVectorLoad).at(kPostIndexed, 2, 2), kLoad<U16, U16, kAfter>},
    {"MVE_VLDRHU32", helium(kVectorLoad).at(kImmediate, 2, 4), kLoad<U16, U32, kOffset>},
    {"MVE_VLDRHU32_pre", helium(kVectorLoad).at(kPreIndexed, 2, 4), kLoad<U16, U32, kBefore>},
    {"MVE_VLDRHU32_post", helium(kVectorLoad).at(kPostIndexed, 2, 4), kLoad<U16, U32, kAfter>},
    {"MVE_VLDRHS32", helium(kVectorLoad).at(kImmediate, 2, 4), kLoad<S16, S32, kOffset>},
    {"MVE_VLDRHS32_pre", helium(kVectorLoad).at(kPreIndexed, 2, 4), kLoad<S16, S32, kBefore>},
    {"MVE_VLDRHS32_post", helium(kVectorLoad).at(kPostIndexed, 2, 4), kLoad<S16, S32, kAfter>},
    {"MVE_VLDRWU32", helium(kVectorLoad).at(kImmediate, 4, 4), kLoad<U32, U32, kOffset>},
    {"MVE_VLDRWU32_pre", helium(kVectorLoad).at(kPreIndexed, 4, 4), kLoad<U32, U32, kBefore>},
    {"MVE_VLDRWU32_post", helium(kVectorLoad).at(kPostIndexed, 4, 4), kLoad<U32, U32, kAfter>},
    {"MVE_VSTRBU8", helium(kVectorStore).at(kImmediate, 1, 1), kStore<U8, U8, kOffset>},
    {"MVE_VSTRBU8_pre", helium(kVectorStore).at(kPreIndexed, 1, 1), kStore<U8, U8, kBefore>},
    {"MVE_VSTRBU8_post", helium(kVectorStore).at(kPostIndexed, 1, 1), kStore<U8, U8, kAfter>},
    {"MVE_VSTRB16", helium(kVectorStore).at(kImmediate, 1, 2), kStore<U8, U16, kOffset>},
    {"MVE_VSTRB16_pre", helium(kVectorStore).at(kPreIndexed, 1, 2), kStore<U8, U16, kBefore>},
    {"MVE_VSTRB16_post", helium(kVectorStore).at(kPostIndexed, 1, 2), kStore<U8, U16, kAfter>},
    {"MVE_VSTRB32", helium(kVectorStore).at(kImmediate, 1, 4), kStore<U8, U32, kOffset>},
    {"MVE_VSTRB32_pre", helium(kVectorStore).at(kPreIndexed, 1, 4), kStore<U8, U32, kBefore>},
    {"MVE_VSTRB32_post", helium(kVectorStore).at(kPostIndexed, 1, 4), kStore<U8, U32, kAfter>},
    {"MVE_VSTRHU16", helium(kVectorStore).at(kImmediate, 2, 2), kStore<U16, U16, kOffset>},
    {"MVE_VSTRHU16_pre", helium(kVectorStore).at(kPreIndexed, 2, 2), kStore<U16, U16, kBefore>},
    {"MVE_VSTRHU16_post", helium(kVectorStore).at(kPostIndexed, 2, 2), kStore<U16, U16, kAfter>},
    {"MVE_VSTRH32", helium(kVectorStore).at(kImmediate, 2, 4), kStore<U16, U32, kOffset>},
    {"MVE_VSTRH32_pre", helium(kVectorStore).at(kPreIndexed, 2, 4), kStore<U16, U32, kBefore>},
    {"MVE_VSTRH32_post", helium(kVectorStore).at(kPostIndexed, 2, 4), kStore<U16, U32, kAfter>},
    {"MVE_VSTRWU32", helium(kVectorStore).at(kImmediate, 4, 4), kStore<U32, U32, kOffset>},
    {"MVE_VSTRWU32_pre", helium(kVectorStore).at(kPreIndexed, 4, 4), kStore<U32, U32, kBefore>},
    {"MVE_VSTRWU32_post", helium(kVectorStore).at(kPostIndexed, 4, 4), kStore<U32, U32, kAfter>},
});

}  // namespace

std::span<const OpcodeRow> mve_load_store_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
