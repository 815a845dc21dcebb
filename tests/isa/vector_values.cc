// The edges of each element type.
#include "tests/isa/vector_values.h"

#include <array>
#include <bit>
#include <cstring>

namespace boardless::isa {
namespace {

constexpr std::uint32_t kNoTailPredication = 4U << 16;  // FPSCR.LTPSIZE

template <std::size_t N>
std::uint32_t pick(Random& random, const std::array<std::uint32_t, N>& values) {
  return values[random() % N];
}

std::uint32_t edge_byte(Random& random) {
  constexpr std::array<std::uint32_t, 10> kEdges{0, 1, 0xff, 0x80, 0x7f, 0x81, 0x40, 0xc0, 8, 7};
  return random() % 3 == 0 ? random() & 0xff : pick(random, kEdges);
}

std::uint32_t edge_half(Random& random) {
  constexpr std::array<std::uint32_t, 12> kEdges{0,      1,      0xffff, 0x8000, 0x7fff, 0x8001,
                                                 0x4000, 0xc000, 0x00ff, 0xff00, 15,     16};
  switch (random() % 4) {
    case 0:
      return random() & 0xffff;
    case 1:
      return (pick(random, kEdges) + random() % 3 - 1) & 0xffff;
    default:
      return pick(random, kEdges);
  }
}

// Zero, denormals, ends of ranges, infinities, NaNs of both kinds, halfway cases, integers.
std::uint32_t edge_float16(Random& random) {
  constexpr std::array<std::uint32_t, 20> kEdges{
      0x0000, 0x0001, 0x03ff, 0x0400, 0x0401, 0x7bff, 0x7c00, 0x7c01, 0x7e00, 0x7fff,
      0x7d00, 0x3c00, 0x3c01, 0x3800, 0x3e00, 0x6400, 0x6bff, 0x7800, 0x1400, 0x4100};
  const std::uint32_t sign = random() & 0x8000;
  switch (random() % 4) {
    case 0:
      return random() & 0xffff;
    case 1:  // near 1: results that cancel or stay in range
      return sign | (11 + random() % 8) << 10 | (random() & random() & 0x3ff);
    default:
      return sign | pick(random, kEdges);
  }
}

std::uint32_t edge_float32(Random& random) {
  constexpr std::array<std::uint32_t, 26> kEdges{
      0x00000000, 0x00000001, 0x007fffff, 0x00800000, 0x00800001, 0x7f7fffff, 0x7f800000,
      0x7f800001, 0x7fc00000, 0x7fffffff, 0x7fa00000, 0x3f800000, 0x3f800001, 0x3f000000,
      0x3fc00000, 0x40200000, 0x4effffff, 0x4f000000, 0x4f800000, 0x4b000000, 0x33800000,
      0x387fc000, 0x477fe000, 0x477ff000, 0x33000000, 0x38801000};
  const std::uint32_t sign = random() & 0x80000000;
  switch (random() % 4) {
    case 0:
      return random();
    case 1:
      return sign | (120 + random() % 16) << 23 | (random() & random() & 0x7fffff);
    default:
      return sign | pick(random, kEdges);
  }
}

enum class Lanes { kByte, kHalf, kWord, kFloat16, kFloat32, kCount };

std::uint32_t word_of(Random& random, Lanes lanes) {
  switch (lanes) {
    case Lanes::kByte:
      return edge_byte(random) | edge_byte(random) << 8 | edge_byte(random) << 16 |
             edge_byte(random) << 24;
    case Lanes::kHalf:
      return edge_half(random) | edge_half(random) << 16;
    case Lanes::kFloat16:
      return edge_float16(random) | edge_float16(random) << 16;
    case Lanes::kFloat32:
      return edge_float32(random);
    default:
      return edge_value(random);
  }
}

Lanes some_lanes(Random& random) {
  return static_cast<Lanes>(random() % static_cast<std::uint32_t>(Lanes::kCount));
}

// Sequences keep one mode, unless a VMSR in them changes it.
std::uint32_t random_fpscr(Random& random) {
  std::uint32_t fpscr = random() & 0xf0000000;
  if (random() % 2 == 0) fpscr |= random() & 0x07c00000;  // AHP, DN, FZ, RMode
  if (random() % 4 == 0) fpscr |= random() & 0x9f;        // cumulative exceptions
  return fpscr;
}

}  // namespace

void seed_vectors(Random& random, CoreImage& image) {
  // Most often all registers hold the same type, so that operands of one instruction do.
  const bool alike = random() % 4 != 0;
  Lanes lanes = some_lanes(random);
  for (std::size_t i = 0; i < image.s.size(); ++i) {
    if (!alike && i % 4 == 0) lanes = some_lanes(random);
    image.s[i] = word_of(random, lanes);
  }
  image.fpscr = random_fpscr(random) | kNoTailPredication;
  constexpr std::uint32_t kInLoop = 12, kMost = 20;
  if (random() % kInLoop == 0) {  // as if in a loop with tail predication
    image.fpscr = (image.fpscr & ~(7U << 16)) | (random() % 4) << 16;
    image.r[14] = random() % kMost;
  }
  if (random() % 2 == 0) image.fpscr |= random() & (1U << 27 | 1U << 19);  // QC, FZ16
  constexpr std::array<std::uint32_t, 14> kPredicates{0,      0xffff, 0x000f, 0xf000, 0x00ff,
                                                      0xff00, 0x5555, 0xaaaa, 0x3333, 0x0ff0,
                                                      0x8000, 0x0001, 0xf0f0, 0xfffe};
  image.vpr = random() % 3 == 0 ? random() & 0xffff : pick(random, kPredicates);
}

void seed_singles(Random& random, CoreImage& image) {
  for (std::uint32_t& s : image.s) s = edge_float32(random);
  image.fpscr = random_fpscr(random);
}

std::vector<std::uint8_t> edge_pattern(Random& random, std::size_t bytes) {
  std::vector<std::uint8_t> pattern(bytes);
  constexpr std::size_t kRun = 64;
  Lanes lanes = Lanes::kWord;
  for (std::size_t i = 0; i < bytes; i += 4) {
    if (i % kRun == 0) lanes = some_lanes(random);
    const std::uint32_t word = word_of(random, lanes);
    std::memcpy(&pattern[i], &word, sizeof(word));
  }
  return pattern;
}

}  // namespace boardless::isa
