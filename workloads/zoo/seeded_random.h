// Random numbers that a seed fixes on every platform and standard library: xoshiro256++ seeded by
// splitmix64, and a normal variate from integer sums.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace boardless::workloads {

class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      seed += 0x9e3779b97f4a7c15U;
      std::uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
      word = z ^ (z >> 31);
    }
  }

  std::uint64_t bits() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  std::int8_t int8() { return static_cast<std::int8_t>(static_cast<int>(bits() >> 56) - 128); }

  // Mean 0, variance 1: the sum of the four 16-bit quarters of one draw, within 3.47 of the mean.
  double normal() {
    const std::uint64_t draw = bits();
    const auto sum = static_cast<std::int64_t>((draw & 0xffff) + ((draw >> 16) & 0xffff) +
                                               ((draw >> 32) & 0xffff) + (draw >> 48));
    constexpr std::int64_t kTwiceMean = 4 * 65535;
    constexpr double kHalfInverseDeviation = 0.5 / 37837.2272;  // sqrt(4 (65536^2 - 1) / 12)
    return static_cast<double>(2 * sum - kTwiceMean) * kHalfInverseDeviation;
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace boardless::workloads
