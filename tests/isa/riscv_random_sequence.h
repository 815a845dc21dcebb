// Random RV32 instruction sequences that two engines can be compared on: valid encodings only,
// short forward branches, memory accesses inside the data window.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "isa/decoder.h"
#include "tests/isa/riscv_differential.h"

namespace boardless::isa::riscv {

// std::mt19937, whose results are 64 bits wide here.
using Random =
    std::mersenne_twister_engine<std::uint32_t, 32, 624, 397, 31, 0x9908b0df, 11, 0xffffffff, 7,
                                 0x9d2c5680, 15, 0xefc60000, 18, 1812433253>;

class SequenceGenerator {
 public:
  // `extensions`: letters of those that instructions are taken from, "imafcb"; b: Zba, Zbb, Zbs and
  // Zbkb.
  SequenceGenerator(const Variant& variant, std::string extensions, std::uint32_t seed);

  CoreImage start();
  Sequence sequence(int pieces);
  // Fused multiply-adds of values in `start`, without infinity times zero plus a quiet NaN:
  // Unicorn 2.0.1 does not raise invalid for it, the manual wants it (11.6).
  Sequence fused(const CoreImage& start, int pieces);
  std::vector<std::uint8_t> data();

  // FMIN and FMAX of Unicorn 2.0.1 are those of IEEE 754-2008: hand-computed cases judge ours
  // there.
  bool judges_extrema = false;

  // How often each opcode appeared.
  const std::map<std::string, int>& covered() const { return covered_; }

 private:
  std::uint32_t below(std::uint32_t bound) { return random_() % bound; }
  std::uint32_t random_encoding();
  std::uint32_t compressed();
  bool can_judge(const Instruction& facts, const std::string& name) const;
  Piece instruction();
  Piece branch(std::uint32_t distance);

  std::string extensions_;
  bool short_forms_;
  Decoder decoder_;
  Random random_;
  std::map<std::string, int> covered_;
};

// A value at or near an edge, or any.
std::uint32_t edge_value(Random& random);
// Likewise for single precision: zeros, subnormals, the ends of the range, NaNs, near neighbours.
std::uint32_t edge_float(Random& random);

}  // namespace boardless::isa::riscv
