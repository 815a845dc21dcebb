// Do our RISC-V semantics give what Unicorn's give, on random sequences of instructions?
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/isa/riscv_random_sequence.h"
#include "tests/parameter_name.h"

namespace boardless::isa::riscv {
namespace {

long number_from(const char* variable, long otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtol(text, nullptr, 0);
}

struct Mix {
  const char* variant;
  const char* extensions;
  std::size_t opcodes;  // that must have run, so that the generator does not starve some
};

// How GoogleTest prints it.
void PrintTo(const Mix& mix, std::ostream* stream) {
  *stream << mix.variant << ' ' << mix.extensions;
}

class RandomMix : public testing::TestWithParam<Mix> {};

// The sequence without what is not needed for it to differ.
Sequence shrink(DifferentialRunner& runner, Sequence sequence, const CoreImage& start,
                const std::vector<std::uint8_t>& data) {
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < sequence.size() && sequence.size() > 1; ++i) {
      Sequence shorter = sequence;
      // A short NOP of the same length keeps branches over it right.
      if (shorter[i].bytes[0] == 0x01 && shorter[i].bytes[1] == 0x00) continue;
      for (std::size_t b = 0; b < shorter[i].bytes.size(); b += 2) {
        shorter[i].bytes[b] = 0x01;
        shorter[i].bytes[b + 1] = 0x00;
      }
      runner.fill_data(data);
      if (runner.run(shorter, start).empty()) continue;
      sequence = std::move(shorter);
      again = true;
      break;
    }
  }
  return sequence;
}

std::string state_text(const CoreImage& image) {
  std::string text;
  for (std::size_t i = 0; i < 32; ++i) {
    text += fmt::format("  x{:<2} 0x{:08x}  f{:<2} 0x{:08x}{}", i, image.x[i], i, image.f[i],
                        i % 2 == 1 ? "\n" : "");
  }
  return text + fmt::format("  fcsr 0x{:02x}\n", image.fcsr);
}

constexpr int kPieces = 16;

// Runs `next` sequences until the instructions are used up; fails with the first that differs.
template <class Next>
void judge(const Variant& variant, SequenceGenerator& generator, std::uint32_t seed, Next next) {
  const long instructions = number_from("BOARDLESS_FUZZ_INSTRUCTIONS", 20000);
  DifferentialRunner runner(variant);
  std::vector<std::uint8_t> data = generator.data();
  runner.fill_data(data);
  for (long done = 0; done < instructions; done += kPieces) {
    const CoreImage start = generator.start();
    const Sequence sequence = next(start);
    data = runner.data();
    if (runner.run(sequence, start).empty()) continue;
    const Sequence small = shrink(runner, sequence, start, data);
    runner.fill_data(data);
    const std::string difference = runner.run(small, start);
    FAIL() << fmt::format("{}, seed {} (BOARDLESS_FUZZ_SEED), after {} instructions:\n{}from\n{}{}",
                          variant.name, seed, done, runner.disassembly(small), state_text(start),
                          difference);
  }
}

std::uint32_t seed_of_run() {
  return static_cast<std::uint32_t>(number_from("BOARDLESS_FUZZ_SEED", 20240607));
}

TEST_P(RandomMix, OnRandomSequences) {
  const Variant& variant = find_variant(GetParam().variant);
  const std::uint32_t seed = seed_of_run();
  SequenceGenerator generator(variant, GetParam().extensions, seed);
  judge(variant, generator, seed, [&](const CoreImage&) { return generator.sequence(kPieces); });
  std::cout << variant.name << ", " << GetParam().extensions << ": seed " << seed << ", "
            << generator.covered().size() << " opcodes\n";
  EXPECT_GE(generator.covered().size(), GetParam().opcodes);
}

TEST(DoBothRiscvEnginesAgree, OnFusedMultiplyAdds) {
  const Variant& variant = find_variant("rv32imafc");
  const std::uint32_t seed = seed_of_run();
  SequenceGenerator generator(variant, "f", seed);
  judge(variant, generator, seed,
        [&](const CoreImage& start) { return generator.fused(start, kPieces); });
  std::cout << variant.name << ", fused: seed " << seed << "\n";
}

INSTANTIATE_TEST_SUITE_P(DoBothRiscvEnginesAgree, RandomMix,
                         testing::Values(Mix{"rv32imc", "i", 37}, Mix{"rv32imc", "m", 8},
                                         Mix{"rv32imc", "c", 24}, Mix{"rv32imac", "a", 44},
                                         Mix{"rv32imafc", "f", 24}, Mix{"rv32imafc", "imafc", 140}),
                         [](const auto& test) {
                           return parameter_name(std::string(test.param.variant) + "_" +
                                                 test.param.extensions);
                         });

}  // namespace
}  // namespace boardless::isa::riscv
