// MVE: loads and stores of interleaved elements (DDI 0553 C2.4: VLD20, VLD21, VLD40 to VLD43, VST20
// to VST43).
//
// Two (four) instructions transfer two (four) vectors: element k of the block in memory belongs to
// register k mod 2 (4), lane k div 2 (4). Each instruction accesses four of the block's words, one
// per beat. No predicate applies.
#include <array>

#include "isa/arm/mve/vector_memory.h"

namespace boardless::isa::arm {
namespace {

// The words' offsets of each instruction, in the order of the beats.
constexpr std::uint8_t kTwoWords[2][4] = {{0, 4, 24, 28}, {8, 12, 16, 20}};
constexpr std::uint8_t kFourWords[4][4] = {
    {0, 4, 40, 44}, {8, 12, 48, 52}, {16, 20, 56, 60}, {24, 28, 32, 36}};

template <int kRegisters, int kPart>
constexpr std::uint32_t word_offset(std::size_t beat) {
  if constexpr (kRegisters == 2) return kTwoWords[kPart][beat];
  return kFourWords[kPart][beat];
}

// Where element `k` of the block lies in State::s, in bytes from the first register.
template <class T, int kRegisters>
constexpr std::size_t place(std::size_t k) {
  return k % kRegisters * kVectorBytes + k / kRegisters * sizeof(T);
}

constexpr std::uint32_t kWord = 4, kWholeWord = 15;

template <class T, int kRegisters, int kPart, bool kUpdate>
const Op* run_load(State& s, const Op* op) {
  constexpr std::uint32_t kBlock = kRegisters * kVectorBytes;
  const std::uint32_t address = s.r[op->rn];
  std::array<std::uint32_t, 4> words;
  if (const std::uint8_t* from = direct_range<kBlock, sizeof(T)>(s.around.read_pages, address))
      [[likely]] {
    for (std::size_t beat = 0; beat < words.size(); ++beat) {
      std::memcpy(&words[beat], from + word_offset<kRegisters, kPart>(beat), kWord);
    }
  } else {
    require_aligned(s, op, address, sizeof(T), false);
    for (std::size_t beat = 0; beat < words.size(); ++beat) {
      const Buffer bytes =
          load_bytes(s, op, address + word_offset<kRegisters, kPart>(beat), kWholeWord);
      std::memcpy(&words[beat], bytes.data(), kWord);
    }
  }
  auto* registers = reinterpret_cast<std::uint8_t*>(&s.s[op->rd]);
  for (std::size_t beat = 0; beat < words.size(); ++beat) {
    for (std::size_t i = 0; i < kWord / sizeof(T); ++i) {
      const std::size_t element = word_offset<kRegisters, kPart>(beat) / sizeof(T) + i;
      std::memcpy(registers + place<T, kRegisters>(element),
                  reinterpret_cast<const std::uint8_t*>(&words[beat]) + i * sizeof(T), sizeof(T));
    }
  }
  if (kUpdate) s.r[op->rn] += kBlock;
  return next(s, op);
}

template <class T, int kRegisters, int kPart, bool kUpdate>
const Op* run_store(State& s, const Op* op) {
  constexpr std::uint32_t kBlock = kRegisters * kVectorBytes;
  const std::uint32_t address = s.r[op->rn];
  const auto* registers = reinterpret_cast<const std::uint8_t*>(&s.s[op->rd]);
  std::array<std::uint32_t, 4> words;
  for (std::size_t beat = 0; beat < words.size(); ++beat) {
    for (std::size_t i = 0; i < kWord / sizeof(T); ++i) {
      const std::size_t element = word_offset<kRegisters, kPart>(beat) / sizeof(T) + i;
      std::memcpy(reinterpret_cast<std::uint8_t*>(&words[beat]) + i * sizeof(T),
                  registers + place<T, kRegisters>(element), sizeof(T));
    }
  }
  if (std::uint8_t* to = direct_range<kBlock, sizeof(T)>(s.around.write_pages, address))
      [[likely]] {
    for (std::size_t beat = 0; beat < words.size(); ++beat) {
      std::memcpy(to + word_offset<kRegisters, kPart>(beat), &words[beat], kWord);
    }
  } else {
    require_aligned(s, op, address, sizeof(T), true);
    for (std::size_t beat = 0; beat < words.size(); ++beat) {
      Buffer bytes{};
      std::memcpy(bytes.data(), &words[beat], kWord);
      store_bytes(s, op, address + word_offset<kRegisters, kPart>(beat), kWholeWord, bytes);
    }
  }
  if (kUpdate) s.r[op->rn] += kBlock;
  return next(s, op);
}

// LLVM operands: load: the registers, [Rn,] the registers again, Rn; store: [Rn,] the registers,
// Rn.
template <Op::Handler kRun>
void transfer(const Decoded& d, Op op, OpList& out) {
  const bool first = d.operands.front().kind == MachineOperand::Kind::kQuad;
  op.rd = quad(d, first ? 0 : 1);
  op.rn = reg(d, d.operands.size() - 1);
  append_vector(d, op, kRun, out);
}

template <class T, int kRegisters, int kPart, bool kUpdate>
constexpr Builder kLoad = transfer<run_load<T, kRegisters, kPart, kUpdate>>;
template <class T, int kRegisters, int kPart, bool kUpdate>
constexpr Builder kStore = transfer<run_store<T, kRegisters, kPart, kUpdate>>;

using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;

using InstructionClass::kVectorLoadInterleaved, InstructionClass::kVectorStoreInterleaved;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VLD20_8", helium(kVectorLoadInterleaved).at(kImmediate, 1, 1), kLoad<U8, 2, 0, false>},
    {"MVE_VLD20_8_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 1, 1),
     kLoad<U8, 2, 0, true>},
    {"MVE_VLD20_16", helium(kVectorLoadInterleaved).at(kImmediate, 2, 2), kLoad<U16, 2, 0, false>},
    {"MVE_VLD20_16_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 2, 2),
     kLoad<U16, 2, 0, true>},
    {"MVE_VLD20_32", helium(kVectorLoadInterleaved).at(kImmediate, 4, 4), kLoad<U32, 2, 0, false>},
    {"MVE_VLD20_32_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 4, 4),
     kLoad<U32, 2, 0, true>},
    {"MVE_VLD21_8", helium(kVectorLoadInterleaved).at(kImmediate, 1, 1), kLoad<U8, 2, 1, false>},
    {"MVE_VLD21_8_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 1, 1),
     kLoad<U8, 2, 1, true>},
    {"MVE_VLD21_16", helium(kVectorLoadInterleaved).at(kImmediate, 2, 2), kLoad<U16, 2, 1, false>},
    {"MVE_VLD21_16_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 2, 2),
     kLoad<U16, 2, 1, true>},
    {"MVE_VLD21_32", helium(kVectorLoadInterleaved).at(kImmediate, 4, 4), kLoad<U32, 2, 1, false>},
    {"MVE_VLD21_32_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 4, 4),
     kLoad<U32, 2, 1, true>},
    {"MVE_VLD40_8", helium(kVectorLoadInterleaved).at(kImmediate, 1, 1), kLoad<U8, 4, 0, false>},
    {"MVE_VLD40_8_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 1, 1),
     kLoad<U8, 4, 0, true>},
    {"MVE_VLD40_16", helium(kVectorLoadInterleaved).at(kImmediate, 2, 2), kLoad<U16, 4, 0, false>},
    {"MVE_VLD40_16_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 2, 2),
     kLoad<U16, 4, 0, true>},
    {"MVE_VLD40_32", helium(kVectorLoadInterleaved).at(kImmediate, 4, 4), kLoad<U32, 4, 0, false>},
    {"MVE_VLD40_32_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 4, 4),
     kLoad<U32, 4, 0, true>},
    {"MVE_VLD41_8", helium(kVectorLoadInterleaved).at(kImmediate, 1, 1), kLoad<U8, 4, 1, false>},
    {"MVE_VLD41_8_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 1, 1),
     kLoad<U8, 4, 1, true>},
    {"MVE_VLD41_16", helium(kVectorLoadInterleaved).at(kImmediate, 2, 2), kLoad<U16, 4, 1, false>},
    {"MVE_VLD41_16_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 2, 2),
     kLoad<U16, 4, 1, true>},
    {"MVE_VLD41_32", helium(kVectorLoadInterleaved).at(kImmediate, 4, 4), kLoad<U32, 4, 1, false>},
    {"MVE_VLD41_32_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 4, 4),
     kLoad<U32, 4, 1, true>},
    {"MVE_VLD42_8", helium(kVectorLoadInterleaved).at(kImmediate, 1, 1), kLoad<U8, 4, 2, false>},
    {"MVE_VLD42_8_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 1, 1),
     kLoad<U8, 4, 2, true>},
    {"MVE_VLD42_16", helium(kVectorLoadInterleaved).at(kImmediate, 2, 2), kLoad<U16, 4, 2, false>},
    {"MVE_VLD42_16_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 2, 2),
     kLoad<U16, 4, 2, true>},
    {"MVE_VLD42_32", helium(kVectorLoadInterleaved).at(kImmediate, 4, 4), kLoad<U32, 4, 2, false>},
    {"MVE_VLD42_32_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 4, 4),
     kLoad<U32, 4, 2, true>},
    {"MVE_VLD43_8", helium(kVectorLoadInterleaved).at(kImmediate, 1, 1), kLoad<U8, 4, 3, false>},
    {"MVE_VLD43_8_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 1, 1),
     kLoad<U8, 4, 3, true>},
    {"MVE_VLD43_16", helium(kVectorLoadInterleaved).at(kImmediate, 2, 2), kLoad<U16, 4, 3, false>},
    {"MVE_VLD43_16_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 2, 2),
     kLoad<U16, 4, 3, true>},
    {"MVE_VLD43_32", helium(kVectorLoadInterleaved).at(kImmediate, 4, 4), kLoad<U32, 4, 3, false>},
    {"MVE_VLD43_32_wb", helium(kVectorLoadInterleaved).at(kPostIndexed, 4, 4),
     kLoad<U32, 4, 3, true>},
    {"MVE_VST20_8", helium(kVectorStoreInterleaved).at(kImmediate, 1, 1), kStore<U8, 2, 0, false>},
    {"MVE_VST20_8_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 1, 1),
     kStore<U8, 2, 0, true>},
    {"MVE_VST20_16", helium(kVectorStoreInterleaved).at(kImmediate, 2, 2),
     kStore<U16, 2, 0, false>},
    {"MVE_VST20_16_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 2, 2),
     kStore<U16, 2, 0, true>},
    {"MVE_VST20_32", helium(kVectorStoreInterleaved).at(kImmediate, 4, 4),
     kStore<U32, 2, 0, false>},
    {"MVE_VST20_32_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 4, 4),
     kStore<U32, 2, 0, true>},
    {"MVE_VST21_8", helium(kVectorStoreInterleaved).at(kImmediate, 1, 1), kStore<U8, 2, 1, false>},
    {"MVE_VST21_8_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 1, 1),
     kStore<U8, 2, 1, true>},
    {"MVE_VST21_16", helium(kVectorStoreInterleaved).at(kImmediate, 2, 2),
     kStore<U16, 2, 1, false>},
    {"MVE_VST21_16_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 2, 2),
     kStore<U16, 2, 1, true>},
    {"MVE_VST21_32", helium(kVectorStoreInterleaved).at(kImmediate, 4, 4),
     kStore<U32, 2, 1, false>},
    {"MVE_VST21_32_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 4, 4),
     kStore<U32, 2, 1, true>},
    {"MVE_VST40_8", helium(kVectorStoreInterleaved).at(kImmediate, 1, 1), kStore<U8, 4, 0, false>},
    {"MVE_VST40_8_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 1, 1),
     kStore<U8, 4, 0, true>},
    {"MVE_VST40_16", helium(kVectorStoreInterleaved).at(kImmediate, 2, 2),
     kStore<U16, 4, 0, false>},
    {"MVE_VST40_16_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 2, 2),
     kStore<U16, 4, 0, true>},
    {"MVE_VST40_32", helium(kVectorStoreInterleaved).at(kImmediate, 4, 4),
     kStore<U32, 4, 0, false>},
    {"MVE_VST40_32_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 4, 4),
     kStore<U32, 4, 0, true>},
    {"MVE_VST41_8", helium(kVectorStoreInterleaved).at(kImmediate, 1, 1), kStore<U8, 4, 1, false>},
    {"MVE_VST41_8_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 1, 1),
     kStore<U8, 4, 1, true>},
    {"MVE_VST41_16", helium(kVectorStoreInterleaved).at(kImmediate, 2, 2),
     kStore<U16, 4, 1, false>},
    {"MVE_VST41_16_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 2, 2),
     kStore<U16, 4, 1, true>},
    {"MVE_VST41_32", helium(kVectorStoreInterleaved).at(kImmediate, 4, 4),
     kStore<U32, 4, 1, false>},
    {"MVE_VST41_32_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 4, 4),
     kStore<U32, 4, 1, true>},
    {"MVE_VST42_8", helium(kVectorStoreInterleaved).at(kImmediate, 1, 1), kStore<U8, 4, 2, false>},
    {"MVE_VST42_8_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 1, 1),
     kStore<U8, 4, 2, true>},
    {"MVE_VST42_16", helium(kVectorStoreInterleaved).at(kImmediate, 2, 2),
     kStore<U16, 4, 2, false>},
    {"MVE_VST42_16_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 2, 2),
     kStore<U16, 4, 2, true>},
    {"MVE_VST42_32", helium(kVectorStoreInterleaved).at(kImmediate, 4, 4),
     kStore<U32, 4, 2, false>},
    {"MVE_VST42_32_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 4, 4),
     kStore<U32, 4, 2, true>},
    {"MVE_VST43_8", helium(kVectorStoreInterleaved).at(kImmediate, 1, 1), kStore<U8, 4, 3, false>},
    {"MVE_VST43_8_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 1, 1),
     kStore<U8, 4, 3, true>},
    {"MVE_VST43_16", helium(kVectorStoreInterleaved).at(kImmediate, 2, 2),
     kStore<U16, 4, 3, false>},
    {"MVE_VST43_16_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 2, 2),
     kStore<U16, 4, 3, true>},
    {"MVE_VST43_32", helium(kVectorStoreInterleaved).at(kImmediate, 4, 4),
     kStore<U32, 4, 3, false>},
    {"MVE_VST43_32_wb", helium(kVectorStoreInterleaved).at(kPostIndexed, 4, 4),
     kStore<U32, 4, 3, true>},
});

}  // namespace

std::span<const OpcodeRow> mve_interleave_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
