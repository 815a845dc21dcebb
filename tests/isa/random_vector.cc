// Random vector instructions: which ones can be judged, VPT blocks, and low-overhead loops.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "base/error.h"
#include "isa/opcode.h"
#include "tests/isa/random_sequence.h"

namespace boardless::isa {
namespace {

using Kind = MachineOperand::Kind;

constexpr int kWordBits = 32;

bool is_gather(std::string_view name) {
  return name.find("_rq") != std::string_view::npos || name.find("_qi") != std::string_view::npos;
}

bool is_interleaved(std::string_view name) {
  return name.size() > 8 && (name.substr(4, 3) == "VLD" || name.substr(4, 3) == "VST") &&
         (name[7] == '2' || name[7] == '4');
}

bool is_vector_access(std::string_view name) {
  return name.starts_with("MVE_VLDR") || name.starts_with("MVE_VSTR") || is_interleaved(name);
}

// Bytes of one element in memory: 8 is for doublewords, which are two words.
int memory_bytes(std::string_view name) {
  if (is_interleaved(name)) {
    const std::size_t bits = name.find('_', 4);
    return name[bits + 1] == '8' ? 1 : name[bits + 1] == '1' ? 2 : 4;
  }
  switch (name[8]) {
    case 'B':
      return 1;
    case 'H':
      return 2;
    default:
      return 4;
  }
}

// The bits of one element: what the digits after the type say, as in MVE_VLDRBU16_rq.
int element_bits(std::string_view name) {
  int bits = 0;
  for (const char c : name.substr(std::string_view("MVE_VLDRB").size())) {
    if (c >= '0' && c <= '9') {
      bits = bits * 10 + (c - '0');
    } else if (bits != 0) {
      break;
    }
  }
  return bits;
}

void set_lane(CoreImage& image, int quad, int bits, int lane, std::uint32_t value) {
  auto* bytes = reinterpret_cast<std::uint8_t*>(&image.s[4 * static_cast<std::size_t>(quad)]);
  for (int i = 0; i < bits / 8; ++i) {
    bytes[lane * bits / 8 + i] = static_cast<std::uint8_t>(i < 4 ? value >> 8 * i : 0);
  }
}

// The mask field of VPST and VPT, bits 22 and 15:13 (C2.4.461).
std::uint32_t vpt_mask(std::uint32_t encoding) { return (encoding >> 6 & 1) << 3 | encoding >> 29; }
std::uint32_t with_vpt_mask(std::uint32_t encoding, std::uint32_t mask) {
  return (encoding & 0x1fffffbf) | (mask >> 3) << 6 | (mask & 7) << 29;
}

}  // namespace

// Names the registers that accesses may use, in an encoding of `name`.
std::uint32_t SequenceGenerator::with_safe_registers(std::uint32_t encoding,
                                                     std::string_view name) {
  if (!is_vector_access(name)) return encoding;
  const auto put = [&](std::uint32_t low, std::uint32_t mask, int value) {
    encoding = (encoding & ~(mask << low)) | static_cast<std::uint32_t>(value) << low;
  };
  constexpr std::uint32_t kBase = 0, kQuadInBase = 1, kOffsets = 17;  // where fields are
  if (name.find("_qi") != std::string_view::npos) {
    put(kQuadInBase, 7, addresses_);
    return encoding;
  }
  std::array<int, 16> bases{};
  std::size_t count = 0;
  // Extending and narrowing accesses have three bits for their base.
  const bool narrow = !is_gather(name) && !is_interleaved(name) && (encoding >> 12 & 1) == 0;
  for (int r = 0; r < (narrow ? 8 : 14); ++r) {
    if ((pointers_ | register_bit(13)).has(r)) bases[count++] = r;
  }
  put(kBase, narrow ? 7 : 15, bases[random_() % count]);
  if (name.find("_rq") != std::string_view::npos) put(kOffsets, 7, offsets_);
  return encoding;
}

bool SequenceGenerator::opens_vpt_block(std::uint32_t encoding) {
  if ((encoding & 0xef00) != 0xee00 || vpt_mask(encoding) == 0) return false;
  bool opens = false;
  try {
    const auto decoded = decoder_.next(0, bytes_of(encoding, 4));
    if (!decoded) return false;
    const std::string_view name = decoded->opcode->name;
    opens = name.starts_with("MVE_VPST") || name.starts_with("MVE_VPT");
    if (opens) decoder_.restart();
    opens = opens && !decoded->unpredictable && options_.allowed(*decoded, name);
  } catch (const NotModelled&) {
    return false;
  }
  return opens;
}

bool SequenceGenerator::writes_vectors_kept(const Decoded& d) const {
  const auto words = [](int quad) { return RegisterMask::range(kFirstFpRegister + 4 * quad, 4); };
  return (d.facts.writes & (words(offsets_) | words(addresses_))).any();
}

bool SequenceGenerator::can_judge_vector(const Decoded& d, std::string_view name,
                                         std::uint32_t encoding) const {
  const Instruction& i = d.facts;
  if (d.unpredictable || i.is_branch()) return false;
  for (const char* loop : {"MVE_DLSTP", "MVE_WLSTP", "MVE_LETP"}) {
    if (name.starts_with(loop)) return false;  // see loop()
  }
  if (writes_vectors_kept(d) && !name.ends_with("_qi_pre")) return false;
  if (name == "MVE_VMOV_rr_q" && d.operands[0].value == d.operands[1].value) return false;
  const bool access = is_vector_access(name);
  for (std::size_t k = 0; k < d.operands.size(); ++k) {
    const MachineOperand& o = d.operands[k];
    const bool kept = o.kind == Kind::kQuad && (o.value == offsets_ || o.value == addresses_);
    // Only as the offsets or addresses of an access, which vector_access_is_safe() looks at.
    if (kept && (!is_gather(name) || k == 0) && !name.ends_with("_pre")) return false;
  }
  if (is_interleaved(name)) {  // two or four registers, from Qd
    const int first = static_cast<int>(encoding >> 29);
    const int last = first + (name[7] == '2' ? 1 : 3);
    if (last > 7) return false;
    for (const int quad : {offsets_, addresses_}) {
      if (quad >= first && quad <= last) return false;
    }
  }
  if (access) return vector_access_is_safe(d, name);
  return (i.writes & (kept() | register_bit(13))).none();
}

bool SequenceGenerator::vector_access_is_safe(const Decoded& d, std::string_view name) const {
  const bool by_addresses = name.find("_qi") != std::string_view::npos;
  const bool by_offsets = name.find("_rq") != std::string_view::npos;
  const bool updates = name.ends_with("_pre") || name.ends_with("_post") || name.ends_with("_wb");
  if (!aligned_ && memory_bytes(name) > 1) return false;
  int bases = 0;
  std::int64_t base = -1;
  std::vector<std::int64_t> quads;
  std::int64_t immediate = 0;
  for (const MachineOperand& o : d.operands) {
    if (o.kind == Kind::kCore) {
      if (!(pointers_ | register_bit(13)).has(static_cast<int>(o.value))) return false;
      ++bases;
      base = o.value;
    }
    if (o.kind == Kind::kQuad) quads.push_back(o.value);
    if (o.kind == Kind::kImmediate) immediate = o.value;
  }
  // A base that is not a multiple of 4 stays as rare as start() wants it.
  constexpr std::int64_t kStackPointer = 13;
  if (updates && !by_addresses && !is_interleaved(name) && (aligned_ || base == kStackPointer) &&
      immediate % 4 != 0) {
    return false;
  }
  if (by_addresses) {
    // Results come first: a write-back's addresses, then loaded data, which differ.
    const auto uses = std::count(quads.begin(), quads.end(), addresses_);
    const auto wrong = std::count(quads.begin(), quads.end(), offsets_);
    const std::size_t others = quads.size() - static_cast<std::size_t>(uses);
    return bases == 0 && wrong == 0 && uses == (updates ? 2 : 1) && others == 1;
  }
  if (bases == 0) return false;
  if (!by_offsets) return true;
  return quads.size() == 2 && quads[1] == offsets_ && quads[0] != offsets_ &&
         quads[0] != addresses_ && element_bits(name) == offset_bits_;
}

// VPR from a core register, without bits 31:24, which QEMU keeps, and without a VPT block that
// would begin in the middle of what the generator chose.
Piece SequenceGenerator::write_of_vpr() {
  int r = 0;
  do {
    r = static_cast<int>(random_() % 8);
  } while (kept().has(r));
  const auto reg = static_cast<std::uint32_t>(r);
  Piece piece;
  piece.bytes = bytes_of(0xb280 | reg << 3 | reg, 2);  // uxth r, r
  const std::vector<std::uint8_t> write = bytes_of(0x0a10eeec | reg << 28, 4);
  piece.bytes.insert(piece.bytes.end(), write.begin(), write.end());
  ++covered_["VMSR_VPR"];
  return piece;
}

// SQRSHRL or UQRSHLL that saturates to 48 bits, by -32 to 31: QEMU cannot judge every amount.
Piece SequenceGenerator::shift_to_48_bits() {
  std::uint32_t low = 0, amount = 0;
  do {
    low = random_() % 4 * 2;
  } while ((kept() & RegisterMask::range(static_cast<int>(low), 2)).any());
  do {
    amount = random_() % 13;
  } while (amount / 2 == low / 2 || kept().has(static_cast<int>(amount)));
  const bool is_signed = random_() % 2 == 0;
  Piece piece;
  piece.bytes = bytes_of(0x0005f340 | amount << 24 | amount, 4);  // sbfx amount, amount, #0, #6
  const std::uint32_t shift = (is_signed ? 0x00adU : 0x008dU) | (low + 1) << 8 | amount << 12;
  const std::vector<std::uint8_t> bytes = bytes_of(shift << 16 | 0xea51 | low, 4);
  piece.bytes.insert(piece.bytes.end(), bytes.begin(), bytes.end());
  ++covered_[is_signed ? "MVE_SQRSHRL" : "MVE_UQRSHLL"];
  return piece;
}

// Gives two Q registers offsets and addresses that gathers and scatters can use.
void SequenceGenerator::keep_vectors(CoreImage& image) {
  offsets_ = static_cast<int>(random_() % 8);
  addresses_ = (offsets_ + 1 + static_cast<int>(random_() % 7)) % 8;
  offset_bits_ = 8 << random_() % 4;
  const bool misaligned = random_() % 64 == 0;
  for (int lane = 0; lane < 128 / offset_bits_; ++lane) {
    const std::uint32_t offset = random_() & 0xff;
    set_lane(image, offsets_, offset_bits_, lane,
             offset_bits_ == 8 || misaligned ? offset : offset & ~7U);
  }
  for (int lane = 0; lane < 4; ++lane) {
    const std::uint32_t address = options_.data_base + options_.data_bytes / 4 +
                                  random_() % (options_.data_bytes / 2) / 4 * 4;
    set_lane(image, addresses_, kWordBits, lane, address + (misaligned ? random_() % 4 : 0));
  }
}

void SequenceGenerator::keep_loop_count(CoreImage& image) {
  do {
    loop_count_ = 8 + static_cast<int>(random_() % 5);
  } while (pointers_.has(loop_count_));
  constexpr std::uint32_t kMany = 100;
  image.r[static_cast<std::size_t>(loop_count_)] =
      random_() % 8 == 0 ? random_() % kMany : random_() % 20;
  // What LCTP and tail predication outside a loop see.
  if (random_() % 2 == 0) image.r[14] = random_() % 20;
}

// VPST or VPT and the instructions that it governs.
Piece SequenceGenerator::vpt_block() {
  check(!vpt_pool_.empty(), "some VPT or VPST is allowed");
  for (;;) {
    std::uint32_t encoding = vpt_pool_[random_() % vpt_pool_.size()];
    encoding = with_vpt_mask(encoding, 1 + random_() % 15);
    Piece piece;
    piece.bytes = bytes_of(encoding, 4);
    const int length = 4 - std::countr_zero(vpt_mask(encoding));
    std::vector<std::string> names;
    for (int i = 0; i < length; ++i) {
      Choice choice;
      do {
        choice = choose();
      } while (!choice.name.starts_with("MVE_"));
      piece.bytes.insert(piece.bytes.end(), choice.bytes.begin(), choice.bytes.end());
      names.push_back(choice.name);
    }
    decoder_.restart();
    bool good = true;
    const std::span<const std::uint8_t> all(piece.bytes);
    std::string opening;
    for (std::size_t at = 0; good && at < all.size();) {
      try {
        const auto d = decoder_.next(static_cast<std::uint32_t>(at), all.subspan(at));
        good = d && !d->unpredictable;
        if (!good) break;
        const std::string_view name = d->opcode->name;
        if (at == 0) {
          opening = name;
        } else {
          // Some instructions cannot be predicated: their Decoded says nothing of it, LLVM does.
          good = name == names[at / 4 - 1];
        }
        at += d->facts.size;
      } catch (const NotModelled&) {
        good = false;
      }
    }
    decoder_.restart();
    if (!good) continue;
    ++covered_[opening];
    for (const std::string& name : names) ++covered_[name];
    return piece;
  }
}

// DLS, WLS, DLSTP or WLSTP, a few instructions, and the LE or LETP that goes with it.
Piece SequenceGenerator::loop() {
  const bool tail_predicated = options_.with_vectors && random_() % 4 != 0;
  const bool while_loop = random_() % 2 == 0;
  std::vector<std::uint8_t> body;
  const int pieces = 1 + static_cast<int>(random_() % 3);
  in_loop_ = true;
  for (int i = 0; i < pieces; ++i) {
    if (options_.with_vectors && random_() % 4 == 0) {
      const Piece block = vpt_block();
      body.insert(body.end(), block.bytes.begin(), block.bytes.end());
      continue;
    }
    for (;;) {
      const Choice choice = choose();
      decoder_.restart();
      const auto d = decoder_.next(0, choice.bytes);
      decoder_.restart();
      const bool moves_pointer = choice.name.ends_with("_pre") || choice.name.ends_with("_post") ||
                                 choice.name.ends_with("_wb") ||
                                 (d->facts.writes & (kept() | register_bit(13))).any();
      if (moves_pointer && random_() % 4 != 0) continue;
      ++covered_[choice.name];
      body.insert(body.end(), choice.bytes.begin(), choice.bytes.end());
      break;
    }
  }
  in_loop_ = false;
  const auto count = static_cast<std::uint32_t>(loop_count_);
  const std::uint32_t size = random_() % 4;
  // C2.4.54 (DLS), C2.4.274 (WLS), C2.4.103 (LE): offsets count halfwords, the lowest bit apart.
  const auto label = [](std::size_t bytes) {
    const auto halfwords = static_cast<std::uint32_t>(bytes / 2);
    return (halfwords & 1) << 27 | (halfwords >> 1) << 17;
  };
  std::uint32_t begin = 0xf000 | count | (tail_predicated ? size << 4 : 0x40);
  begin |= while_loop ? 0xc0010000 | label(body.size() + 4) : 0xe0010000;
  const std::uint32_t end =
      (tail_predicated ? 0xf01f : 0xf00f) | 0xc0010000 | label(body.size() + 4);
  std::string opening = while_loop ? "t2WLS" : "t2DLS";
  if (tail_predicated) {
    opening = (while_loop ? "MVE_WLSTP_" : "MVE_DLSTP_") + std::to_string(8 << size);
  }
  ++covered_[opening];
  ++covered_[tail_predicated ? "MVE_LETP" : "t2LEUpdate"];
  Piece piece;
  piece.bytes = bytes_of(begin, 4);
  piece.bytes.insert(piece.bytes.end(), body.begin(), body.end());
  const std::vector<std::uint8_t> tail = bytes_of(end, 4);
  piece.bytes.insert(piece.bytes.end(), tail.begin(), tail.end());
  return piece;
}

}  // namespace boardless::isa
