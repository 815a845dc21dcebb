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
  void learn_from(std::uint32_t encoding);
  std::optional<Decoded> try_encoding(std::uint32_t encoding, Choice& choice);
  bool can_judge(const Decoded& decoded, std::string_view name, std::uint32_t encoding) const;
  bool stack_pointer_is_safe(const Decoded& decoded, std::string_view name) const;
  bool access_is_safe(const Decoded& decoded) const;
  // Registers with a purpose, which no instruction may change.
  RegisterMask kept() const {
    return pointers_ | register_bit(index_) |
           (options_.with_loops ? register_bit(loop_count_) : RegisterMask{}) |
           (in_loop_ ? register_bit(14) : RegisterMask{});
  }
  Choice choose();
  Piece it_block();
  Piece branch();

  // random_vector.cc
  bool opens_vpt_block(std::uint32_t encoding);
  bool can_judge_vector(const Decoded& decoded, std::string_view name,
                        std::uint32_t encoding) const;
  bool vector_access_is_safe(const Decoded& decoded, std::string_view name) const;
  bool writes_vectors_kept(const Decoded& decoded) const;
  std::uint32_t with_safe_registers(std::uint32_t encoding, std::string_view name);
  void keep_vectors(CoreImage& image);
  void keep_loop_count(CoreImage& image);
  Piece vpt_block();
  Piece write_of_vpr();
  Piece shift_to_48_bits();
  Piece loop();

  const Variant& variant_;
  const FuzzOptions& options_;
  Decoder decoder_;
  Random random_;
  // Encodings seen for each opcode: new ones are found by changing some of their bits.
  std::vector<std::vector<std::uint32_t>> pool_;
  std::vector<std::string> pool_names_;
  std::map<std::string, std::size_t, std::less<>> pool_index_;
  std::vector<std::uint32_t> vpt_pool_;  // VPST and VPT
  std::map<std::string, int> covered_;

  RegisterMask pointers_;  // always inside the data window
  int index_ = 0;          // holds a small number
  bool aligned_ = true;    // pointers stay multiples of 4
  bool q_spoilt_ = false;  // see Piece
  int loop_count_ = 12;    // holds how often a loop may run
  bool in_loop_ = false;   // whose counter is LR
  int offsets_ = 0;        // the Q register of offsets for gathers,
  int offset_bits_ = 32;   // in elements of so many bits,
  int addresses_ = 1;      // and that of addresses
};

std::vector<std::uint8_t> bytes_of(std::uint32_t encoding, std::size_t size);
bool spoils_q(std::string_view name);

}  // namespace boardless::isa
