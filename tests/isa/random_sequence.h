// Random instruction sequences that two engines can be compared on: no unpredictable encodings, no
// writes to the PC but short forward branches, memory accesses inside the data window only.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/isa/differential.h"

namespace boardless::isa {

class SequenceGenerator {
 public:
  SequenceGenerator(const Variant& variant, const FuzzOptions& options);

  // Chooses which registers are pointers, and gives all registers values.
  CoreImage start();
  // For the registers chosen last.
  Sequence sequence(int pieces);

  // What sequences so far held.
  const std::map<std::string, int>& covered() const { return covered_; }

 private:
  struct Choice {
    std::vector<std::uint8_t> bytes;
    std::string name;
  };
  void learn(int samples);
  std::optional<Decoded> try_encoding(std::uint32_t encoding, Choice& choice);
  bool can_judge(const Decoded& decoded, std::string_view name, std::uint32_t encoding) const;
  bool stack_pointer_is_safe(const Decoded& decoded, std::string_view name) const;
  bool access_is_safe(const Decoded& decoded) const;
  Choice choose();
  Piece it_block();
  Piece branch();

  const Variant& variant_;
  const FuzzOptions& options_;
  Decoder decoder_;
  Random random_;
  // Encodings seen for each opcode: new ones are found by changing some of their bits.
  std::vector<std::vector<std::uint32_t>> pool_;
  std::map<std::string, std::size_t, std::less<>> pool_index_;
  std::map<std::string, int> covered_;

  RegisterMask pointers_ = 0;  // always inside the data window
  int index_ = 0;              // holds a small number
  bool aligned_ = true;        // pointers stay multiples of 4
  bool q_spoilt_ = false;      // see Piece
};

}  // namespace boardless::isa
