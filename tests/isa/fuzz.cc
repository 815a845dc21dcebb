// The loop of a differential test: sequences until the instructions are used up, and shrinking the
// first that differs.
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>

#include "tests/isa/random_sequence.h"
#include "tests/slow_build.h"

namespace boardless::isa {
namespace {

// Leaves out pieces as long as the rest still differs.
Sequence shrink(DifferentialRunner& runner, Sequence sequence, const CoreImage& start,
                const std::vector<std::uint8_t>& data) {
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < sequence.size() && sequence.size() > 1; ++i) {
      Sequence shorter = sequence;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
      runner.fill_data(data);
      if (runner.run(shorter, start).empty()) continue;
      sequence = std::move(shorter);
      again = true;
      break;
    }
  }
  return sequence;
}

std::string image_text(const CoreImage& image, bool floating_point) {
  std::string text;
  for (std::size_t i = 0; i < image.r.size(); ++i) {
    text += fmt::format("  r{:<2} 0x{:08x}{}", i, image.r[i], i % 4 == 3 ? "\n" : "");
  }
  text += fmt::format("  flags 0x{:08x}\n", image.flags);
  for (std::size_t i = 0; floating_point && i < image.s.size(); ++i) {
    text += fmt::format("  s{:<2} 0x{:08x}{}", i, image.s[i], i % 4 == 3 ? "\n" : "");
  }
  if (floating_point) text += fmt::format("  fpscr 0x{:08x}\n", image.fpscr);
  return text;
}

std::optional<long> number_from(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return std::nullopt;
  return std::strtol(text, nullptr, 0);
}

}  // namespace

int default_instructions(int otherwise) {
  return static_cast<int>(number_from("BOARDLESS_FUZZ_INSTRUCTIONS").value_or(drawn(otherwise)));
}

std::uint32_t default_seed(std::uint32_t otherwise) {
  return static_cast<std::uint32_t>(number_from("BOARDLESS_FUZZ_SEED").value_or(otherwise));
}

std::string fuzz(const Variant& variant, const FuzzOptions& options,
                 std::vector<std::string>* covered) {
  constexpr int kPieces = 16;
  const bool floating_point = options.seed_floating_point != nullptr;
  SequenceGenerator generator(variant, options);
  DifferentialRunner runner(variant, floating_point);
  Random random(options.seed);
  std::vector<std::uint8_t> data(DifferentialRunner::kDataBytes);
  for (std::size_t i = 0; i < data.size(); i += 4) {
    const std::uint32_t value = edge_value(random);
    std::memcpy(&data[i], &value, sizeof(value));
  }
  runner.fill_data(data);
  for (int done = 0; done < options.instructions; done += kPieces) {
    const CoreImage start = generator.start();
    const Sequence sequence = generator.sequence(kPieces);
    data = runner.data();
    if (runner.run(sequence, start).empty()) continue;
    const Sequence small = shrink(runner, sequence, start, data);
    runner.fill_data(data);
    const std::string difference = runner.run(small, start);
    return fmt::format("{}, seed {} (BOARDLESS_FUZZ_SEED), after {} instructions:\n{}from\n{}{}",
                       variant.name, options.seed, done, runner.disassembly(small),
                       image_text(start, floating_point), difference);
  }
  if (covered != nullptr) {
    for (const auto& [name, times] : generator.covered()) covered->push_back(name);
  }
  return {};
}

}  // namespace boardless::isa
