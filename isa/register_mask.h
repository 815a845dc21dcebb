// Which registers an instruction touches: a small set of register numbers.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace boardless::isa {

// Numbers of registers, by architecture. Arm: 0-15 R0-R15, 16 APSR flags (NZCVQ and GE), 17 FPSCR,
// 18 VPR, 32-63 S0-S31, of which Q0-Q7 hold four each. RISC-V: 1-31 x1-x31 (x0 is never read or
// written), 32-63 f0-f31, 64-95 v0-v31.
constexpr int kFlagsRegister = 16;
constexpr int kFpscrRegister = 17;
constexpr int kVprRegister = 18;
constexpr int kFirstFpRegister = 32;
constexpr int kFirstVectorRegister = 64;
constexpr int kRegisterCount = 96;

class RegisterMask {
 public:
  constexpr RegisterMask() = default;
  static constexpr RegisterMask of(int number) {
    RegisterMask mask;
    mask.words_[word_of(number)] = std::uint64_t{1} << number % kWordBits;
    return mask;
  }
  // `count` registers, all within one register file.
  static constexpr RegisterMask range(int first, int count) {
    RegisterMask mask;
    for (int i = 0; i < count; ++i) mask |= of(first + i);
    return mask;
  }

  constexpr bool any() const { return (words_[0] | words_[1]) != 0; }
  constexpr bool none() const { return !any(); }
  constexpr bool has(int number) const { return (*this & of(number)).any(); }
  constexpr int count() const { return std::popcount(words_[0]) + std::popcount(words_[1]); }
  constexpr bool operator==(const RegisterMask&) const = default;

  constexpr RegisterMask& operator|=(RegisterMask other) {
    words_[0] |= other.words_[0];
    words_[1] |= other.words_[1];
    return *this;
  }
  constexpr RegisterMask& operator&=(RegisterMask other) {
    words_[0] &= other.words_[0];
    words_[1] &= other.words_[1];
    return *this;
  }
  friend constexpr RegisterMask operator|(RegisterMask a, RegisterMask b) { return a |= b; }
  friend constexpr RegisterMask operator&(RegisterMask a, RegisterMask b) { return a &= b; }
  constexpr RegisterMask operator~() const {
    RegisterMask mask;
    mask.words_ = {~words_[0], ~words_[1]};
    return mask;
  }

  // Visits register numbers in ascending order.
  class Iterator {
   public:
    constexpr explicit Iterator(std::array<std::uint64_t, 2> left) : left_(left) {}
    constexpr int operator*() const {
      return left_[0] != 0 ? std::countr_zero(left_[0]) : kWordBits + std::countr_zero(left_[1]);
    }
    constexpr Iterator& operator++() {
      std::uint64_t& word = left_[0] != 0 ? left_[0] : left_[1];
      word &= word - 1;
      return *this;
    }
    constexpr bool operator==(const Iterator&) const = default;

   private:
    std::array<std::uint64_t, 2> left_;
  };
  constexpr Iterator begin() const { return Iterator(words_); }
  constexpr Iterator end() const { return Iterator({}); }

  // For hashes.
  constexpr const std::array<std::uint64_t, 2>& words() const { return words_; }

 private:
  static constexpr int kWordBits = 64;
  static constexpr std::size_t word_of(int number) {
    return static_cast<std::size_t>(number / kWordBits);
  }
  std::array<std::uint64_t, 2> words_{};
};

constexpr RegisterMask register_bit(int number) { return RegisterMask::of(number); }
constexpr RegisterMask kPcBit = register_bit(15);  // Arm; RISC-V: see Instruction::writes_pc

}  // namespace boardless::isa
