// The judge of our semantics: random instruction sequences run on our interpreter and on Unicorn,
// and registers, flags and memory compared afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isa/decoder.h"
#include "isa/variant.h"
#include "tests/isa/sequence.h"

namespace boardless::isa {

// std::mt19937, whose results are 64 bits wide here.
using Random =
    std::mersenne_twister_engine<std::uint32_t, 32, 624, 397, 31, 0x9908b0df, 11, 0xffffffff, 7,
                                 0x9d2c5680, 15, 0xefc60000, 18, 1812433253>;

// What a program sees of a core. xpsr: the flags NZCVQ and GE only.
struct CoreImage {
  std::array<std::uint32_t, 15> r{};  // R0-R12, SP, LR
  std::uint32_t flags = 0;            // as in xPSR
  std::array<std::uint32_t, 32> s{};  // S0-S31
  std::uint32_t fpscr = 0;
  std::uint32_t vpr = 0;
  bool operator==(const CoreImage&) const = default;
};

// Runs a sequence on both engines from the same state. Data memory is kept from one run to the
// next.
class DifferentialRunner {
 public:
  static constexpr std::uint32_t kDataBase = 0x20000000;
  static constexpr std::uint32_t kDataBytes = 0x20000;

  // With `floating_point`, S0-S31 and FPSCR are set and compared as well.
  DifferentialRunner(const Variant& variant, bool floating_point);
  ~DifferentialRunner();

  void fill_data(std::span<const std::uint8_t> data);
  std::vector<std::uint8_t> data() const;  // as our interpreter left it

  // Empty when both engines agree; otherwise says where not.
  std::string run(const Sequence& sequence, const CoreImage& start);

  // The sequence as text, one instruction a line.
  std::string disassembly(const Sequence& sequence);

 private:
  struct Engines;
  void renew();

  const Variant& variant_;
  bool floating_point_;
  std::unique_ptr<Engines> engines_;
  std::uint32_t next_code_ = 0;
};

struct FuzzOptions {
  // Chooses instructions. Those that cannot be judged (unpredictable, writing the PC, accessing
  // memory outside the data window) never reach it.
  std::function<bool(const Decoded&, std::string_view opcode_name)> allowed;
  // Sets S0-S31 and FPSCR before a sequence; null: no floating point.
  std::function<void(Random&, CoreImage&)> seed_floating_point;
  int instructions = 20000;  // default_instructions() in tests that run everywhere
  std::uint32_t seed = 1;
  bool with_it_blocks = true;  // ignored on cores that have none
  bool with_branches = true;
  bool with_vectors = false;  // VPT blocks, and Q registers that hold offsets and addresses
  bool with_loops = false;    // low-overhead loops
  // Where pointers point; accesses stay inside most of the time.
  std::uint32_t data_base = DifferentialRunner::kDataBase;
  std::uint32_t data_bytes = DifferentialRunner::kDataBytes;
  // Encodings, the first halfword in the lower half, that random ones hardly ever are.
  std::vector<std::uint32_t> examples;
  int samples = 400000;  // how many random encodings to learn from
};

// BOARDLESS_FUZZ_INSTRUCTIONS when it is set, else as many as this build has time for.
int default_instructions(int otherwise);
// BOARDLESS_FUZZ_SEED when it is set, or `otherwise`.
std::uint32_t default_seed(std::uint32_t otherwise);

// Empty when both engines agreed on everything; otherwise the smallest sequence found that shows a
// difference, the state before it, and the difference. `covered`, when not null, gets the opcode
// names that ran.
std::string fuzz(const Variant& variant, const FuzzOptions& options,
                 std::vector<std::string>* covered = nullptr);

// A value at or near an edge, or any.
std::uint32_t edge_value(Random& random);

}  // namespace boardless::isa
