// Encodings by format with random fields; what the decoder says of them decides whether they can
// run.
#include "tests/isa/riscv_random_sequence.h"

#include <array>
#include <bit>
#include <cmath>

#include "base/error.h"
#include "isa/opcode.h"

namespace boardless::isa::riscv {
namespace {

using enum InstructionClass;

// Major opcodes (unprivileged manual, table 24.1).
constexpr std::uint32_t kLoadOp = 0x03, kLoadFp = 0x07, kOpImm = 0x13, kAuipc = 0x17,
                        kStoreOp = 0x23, kStoreFp = 0x27, kAmo = 0x2f, kOp = 0x33, kLui = 0x37,
                        kMadd = 0x43, kOpFp = 0x53, kBranchOp = 0x63, kJalr = 0x67, kJal = 0x6f;

constexpr RegisterMask kPinned =
    register_bit(kStackPointer) | register_bit(kPointer) | register_bit(kAtomicPointer);

void append(std::vector<std::uint8_t>& bytes, std::uint32_t encoding, int size) {
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(encoding >> 8 * i));
}

// B-type: imm[12|10:5] in bits 31:25, imm[4:1|11] in bits 11:7.
std::uint32_t branch_offset(std::uint32_t offset) {
  return (offset >> 12 & 1) << 31 | (offset >> 5 & 0x3f) << 25 | (offset >> 1 & 0xf) << 8 |
         (offset >> 11 & 1) << 7;
}
// J-type: imm[20|10:1|11|19:12] in bits 31:12.
std::uint32_t jump_offset(std::uint32_t offset) {
  return (offset >> 20 & 1) << 31 | (offset >> 1 & 0x3ff) << 21 | (offset >> 11 & 1) << 20 |
         (offset >> 12 & 0xff) << 12;
}
// C.J: offset[11|4|9:8|10|6|7|3:1|5] in bits 12:2; C.BEQZ: [8|4:3] in 12:10, [7:6|2:1|5] in 6:2.
std::uint32_t short_jump_offset(std::uint32_t o) {
  return (o >> 11 & 1) << 12 | (o >> 4 & 1) << 11 | (o >> 8 & 3) << 9 | (o >> 10 & 1) << 8 |
         (o >> 6 & 1) << 7 | (o >> 7 & 1) << 6 | (o >> 1 & 7) << 3 | (o >> 5 & 1) << 2;
}
std::uint32_t short_branch_offset(std::uint32_t o) {
  return (o >> 8 & 1) << 12 | (o >> 3 & 3) << 10 | (o >> 6 & 3) << 5 | (o >> 1 & 3) << 3 |
         (o >> 5 & 1) << 2;
}

bool is_zero(std::uint32_t f) { return (f & 0x7fffffff) == 0; }
bool is_infinite(std::uint32_t f) { return (f & 0x7fffffff) == 0x7f800000; }
bool is_quiet_nan(std::uint32_t f) { return (f & 0x7fc00000) == 0x7fc00000; }

}  // namespace

std::uint32_t edge_value(Random& random) {
  switch (random() % 8) {
    case 0:
      return 0;
    case 1:
      return 0xffffffff;
    case 2:
      return 0x80000000 + random() % 3 - 1;
    case 3:
      return random() % 64;
    case 4:
      return 0 - random() % 64;
    case 5:
      return 1U << random() % 32;
    default:
      return random();
  }
}

std::uint32_t edge_float(Random& random) {
  const std::uint32_t sign = random() & 0x80000000;
  switch (random() % 10) {
    case 0:
      return sign;
    case 1:
      return sign | 0x7f800000;
    case 2:
      return sign | 0x7f800001 | (random() & 0x007fffff);  // NaN, quiet or not
    case 3:
      return sign | (random() & 0x007fffff);  // subnormal
    case 4:
      return sign | (0x00800000 + random() % 5 - 2);  // about the least normal number
    case 5:
      return sign | (0x7f7fffff - random() % 3);
    case 6:
      return sign | ((127 + random() % 34) << 23) | (random() & 0x007fffff);  // 1 to 2^34
    case 7:
      return sign | ((126 + random() % 3) << 23) | (random() % 4);
    case 8: {  // halves
      const float value = static_cast<float>(random() % 1000) / 2;
      return sign | std::bit_cast<std::uint32_t>(value);
    }
    default:
      return random();
  }
}

SequenceGenerator::SequenceGenerator(const Variant& variant, std::string extensions,
                                     std::uint32_t seed)
    : extensions_(std::move(extensions)),
      short_forms_(extensions_.find('c') != std::string::npos),
      decoder_(variant),
      random_(seed) {}

CoreImage SequenceGenerator::start() {
  CoreImage image;
  for (std::size_t i = 1; i < image.x.size(); ++i) image.x[i] = edge_value(random_);
  for (std::uint32_t& f : image.f) f = edge_float(random_);
  const std::uint32_t middle = kDataBase + kDataBytes / 2;
  image.x[kStackPointer] = middle + 16 * below(32);
  image.x[kPointer] = middle + below(512);
  image.x[kAtomicPointer] = middle + 4 * below(64);
  image.fcsr = below(5) << 5 | (below(2) != 0 ? below(32) : 0);
  return image;
}

std::vector<std::uint8_t> SequenceGenerator::data() {
  std::vector<std::uint8_t> bytes;
  while (bytes.size() < kDataBytes) {
    append(bytes, below(2) != 0 ? edge_value(random_) : edge_float(random_), 4);
  }
  return bytes;
}

std::uint32_t SequenceGenerator::random_encoding() {
  const std::uint32_t any = random_();
  const auto with = [&](std::uint32_t opcode) { return (any & ~0x7fU) | opcode; };
  const auto funct7 = [](std::uint32_t word, std::uint32_t value) {
    return (word & 0x01ffffff) | value << 25;
  };
  switch (extensions_[below(static_cast<std::uint32_t>(extensions_.size()))]) {
    case 'm':
      return funct7(with(kOp), 1);
    case 'a':
      return (with(kAmo) & ~0x000ff000U) | 2U << 12 | kAtomicPointer << 15;
    case 'f': {
      constexpr std::array<std::uint32_t, 12> kFunct{0x00, 0x04, 0x08, 0x0c, 0x10, 0x14,
                                                     0x2c, 0x50, 0x60, 0x68, 0x70, 0x78};
      std::uint32_t word = funct7(with(kOpFp), kFunct[below(kFunct.size())]);
      if (below(3) != 0) word |= 7U << 12;  // the dynamic mode
      const std::uint32_t five = word >> 27;
      // Square root, conversions, moves and classification have a selector in place of rs2.
      if (five == 0x0b || five >= 0x18) word = (word & ~(31U << 20)) | below(2) << 20;
      if (below(8) == 0) {
        const std::uint32_t base = kPointer << 15 | 2U << 12;
        return (with(below(2) != 0 ? kLoadFp : kStoreFp) & ~0x000ff000U) | base;
      }
      return word;
    }
    case 'c':
      return compressed();
    case 'b': {
      constexpr std::array<std::uint32_t, 8> kFunct{0x04, 0x05, 0x10, 0x14, 0x20, 0x24, 0x30, 0x34};
      return funct7(with(below(2) != 0 ? kOp : kOpImm), kFunct[below(kFunct.size())]);
    }
    default:
      break;
  }
  switch (below(8)) {
    case 0:
    case 1:
      return with(kOpImm);
    case 2:
    case 3:
      return funct7(with(kOp), below(4) == 0 ? 0x20 : 0);
    case 4:
      return with(below(2) != 0 ? kLui : kAuipc);
    case 5:
      return (funct7(with(kOpImm), below(2) != 0 ? 0x20 : 0) & ~0x7000U) |
             (below(2) != 0 ? 0x5000U : 0x1000U);  // shifts
    case 6:
      return (with(kLoadOp) & ~0x000f8000U) | kPointer << 15;
    default:
      return (with(kStoreOp) & ~0x000f8000U) | kPointer << 15;
  }
}

std::uint32_t SequenceGenerator::compressed() {
  std::uint32_t word = random_() & 0xffff;
  if ((word & 3) == 3) word ^= 1 + below(2);
  return word | (random_() << 16);
}

// One that runs on, leaves the pointers alone and accesses memory by them.
bool SequenceGenerator::can_judge(const Instruction& facts, const std::string& name) const {
  if (facts.is_branch() || facts.instruction_class == kSystemRegister ||
      facts.instruction_class == kWait || facts.instruction_class == kBarrier) {
    return false;
  }
  if ((facts.writes & kPinned).any() || (facts.address_reads & ~kPinned).any()) return false;
  return judges_extrema || (name != "FMIN_S" && name != "FMAX_S");
}

Piece SequenceGenerator::instruction() {
  for (;;) {
    const std::uint32_t encoding = random_encoding();
    std::vector<std::uint8_t> bytes;
    append(bytes, encoding, 4);
    const std::optional<Decoded> decoded = decoder_.next(0x1000, bytes);
    if (!decoded) continue;
    const std::string name(decoded->opcode->name);
    if (!can_judge(decoded->facts, name)) continue;
    // No judge has them: hand-computed cases do.
    const Feature feature = decoded->opcode->facts.feature;
    if (feature == Feature::kZcb || feature == Feature::kZcmp) continue;
    ++covered_[name];
    Piece piece;
    append(piece.bytes, encoding, decoded->facts.size);
    if (decoded->facts.instruction_class == kLoadExclusive) {
      // The store at once: Unicorn's fails when the value changed in between, ours when another SC
      // did.
      append(piece.bytes,
             kAmo | 3U << 27 | below(32) << 20 | kAtomicPointer << 15 | 2U << 12 | 5U << 7, 4);
      ++covered_["SC_W"];
    }
    return piece;
  }
}

// A branch, jump or call over `distance` bytes behind it.
Piece SequenceGenerator::branch(std::uint32_t distance) {
  Piece piece;
  // Neither a pointer nor x0.
  constexpr std::array<std::uint32_t, 6> kFree{1, 5, 6, 7, 10, 31};
  const std::uint32_t link = kFree[below(kFree.size())];
  const std::uint32_t scratch = kFree[below(kFree.size())];
  switch (below(short_forms_ ? 6 : 3)) {
    case 0: {
      constexpr std::array<std::uint32_t, 6> kFunct{0, 1, 4, 5, 6, 7};
      append(piece.bytes,
             kBranchOp | kFunct[below(6)] << 12 | below(32) << 15 | below(32) << 20 |
                 branch_offset(4 + distance),
             4);
      break;
    }
    case 1:
      append(piece.bytes, kJal | (below(2) != 0 ? link : 0) << 7 | jump_offset(4 + distance), 4);
      break;
    case 2:
      append(piece.bytes, kAuipc | scratch << 7, 4);
      append(piece.bytes, kJalr | link << 7 | scratch << 15 | (8 + distance) << 20, 4);
      break;
    case 3:  // C.J or C.JAL
      append(piece.bytes, (below(2) != 0 ? 0xa001U : 0x2001U) | short_jump_offset(2 + distance), 2);
      break;
    case 4:
      append(piece.bytes,
             0xc001 | below(2) << 13 | below(8) << 7 | short_branch_offset(2 + distance), 2);
      break;
    default:
      append(piece.bytes, kAuipc | scratch << 7, 4);
      append(piece.bytes, kOpImm | scratch << 7 | scratch << 15 | (10 + distance) << 20, 4);
      append(piece.bytes, 0x8002 | below(2) << 12 | scratch << 7, 2);  // C.JR or C.JALR
      break;
  }
  std::span<const std::uint8_t> rest = piece.bytes;
  while (!rest.empty()) {
    const std::optional<Decoded> decoded = decoder_.next(0x1000, rest);
    check(decoded.has_value(), "the branches written here are valid");
    ++covered_[std::string(decoded->opcode->name)];
    rest = rest.subspan(decoded->facts.size);
  }
  return piece;
}

Sequence SequenceGenerator::sequence(int pieces) {
  // Backwards, because a branch needs to know what it skips.
  std::vector<Piece> reversed;
  for (int i = 0; i < pieces; ++i) {
    if (i < 4 || below(8) != 0) {
      reversed.push_back(instruction());
      continue;
    }
    std::uint32_t distance = 0;
    const std::size_t skipped = below(4);
    for (std::size_t s = 0; s < skipped; ++s) {
      distance += static_cast<std::uint32_t>(reversed[reversed.size() - 1 - s].bytes.size());
    }
    reversed.push_back(branch(distance));
  }
  return {reversed.rbegin(), reversed.rend()};
}

Sequence SequenceGenerator::fused(const CoreImage& start, int pieces) {
  constexpr std::uint32_t kSources =
      28;  // results go to the registers above, whose values nobody reads
  Sequence sequence;
  while (sequence.size() < static_cast<std::size_t>(pieces)) {
    const std::uint32_t a = below(kSources), b = below(kSources), c = below(kSources);
    const bool zero_by_infinity = (is_zero(start.f[a]) && is_infinite(start.f[b])) ||
                                  (is_infinite(start.f[a]) && is_zero(start.f[b]));
    if (zero_by_infinity && is_quiet_nan(start.f[c])) continue;
    const std::uint32_t mode = below(2) != 0 ? 7 : below(5);
    const std::uint32_t result = kSources + below(32 - kSources);
    Piece piece;
    append(piece.bytes,
           (kMadd + 4 * below(4)) | result << 7 | mode << 12 | a << 15 | b << 20 | c << 27, 4);
    sequence.push_back(std::move(piece));
  }
  return sequence;
}

}  // namespace boardless::isa::riscv
