// Batches until the cases are used up; what differs is made smaller and put into words.
#include "tests/isa/riscv_case_fuzz.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "isa/decoder.h"
#include "tests/isa/riscv_case_generator.h"

namespace boardless::isa::riscv {
namespace {

constexpr int kCasesInBatch = 2000;

constexpr std::array kMixes = std::to_array<CaseMix>({
    {"rv32imc", "imc"},
    {"rv32imac", "iac"},
    {"rv32imafc", "fc"},
    {"rv32imac-zb", "bic"},
});

// Short NOPs.
bool is_idle(const Piece& piece) {
  return piece.bytes.size() > 1 && piece.bytes[0] == 0x01 && piece.bytes[1] == 0x00;
}

std::string disassembly(const Variant& variant, const Sequence& sequence) {
  Decoder decoder(variant);
  std::string text;
  for (const Piece& piece : sequence) {
    std::span<const std::uint8_t> rest = piece.bytes;
    while (!rest.empty()) {
      std::string bytes;
      for (std::size_t i = std::min<std::size_t>(4, rest.size()); i > 0; --i) {
        bytes += fmt::format("{:02x}", rest[i - 1]);
      }
      const std::size_t size = std::min<std::size_t>((rest[0] & 3) == 3 ? 4 : 2, rest.size());
      if (!is_idle(piece)) text += fmt::format("  {}  {}\n", bytes, decoder.text(0, rest));
      rest = rest.subspan(size);
    }
  }
  return text;
}

// Short NOPs of the same length keep branches over a piece right.
void make_idle(Piece& piece) {
  for (std::size_t i = 0; i < piece.bytes.size(); ++i) piece.bytes[i] = i % 2 == 0 ? 0x01 : 0x00;
}

// Idles pieces that the case differs without as well; all tries of a round are a batch.
Case shrink(const Variant& variant, std::span<const std::uint8_t> pattern, Case one) {
  for (;;) {
    std::vector<Case> shorter;
    for (std::size_t i = 0; i < one.sequence.size(); ++i) {
      if (one.sequence[i].bytes.empty() || is_idle(one.sequence[i])) continue;
      make_idle(shorter.emplace_back(one).sequence[i]);
    }
    if (shorter.empty()) return one;
    const CaseBatch batch(variant, pattern, shorter);
    const std::vector<Outcome> ours = batch.run_on_our_machine(), theirs = batch.run_in_qemu();
    std::size_t i = 0;
    while (i < shorter.size() && difference(ours[i], theirs[i]).empty()) ++i;
    if (i == shorter.size()) return one;
    one = Case(shorter[i]);
  }
}

std::string explain(const Variant& variant, std::span<const std::uint8_t> pattern, const Case& one,
                    std::uint32_t seed) {
  const CaseBatch batch(variant, pattern, {&one, 1});
  std::string text =
      fmt::format("{}, seed {}:\n{}from mstatus 0x{:08x}, fcsr 0x{:02x}", variant.name, seed,
                  disassembly(variant, one.sequence), one.mstatus, one.start.fcsr);
  for (std::size_t i = 1; i < one.start.x.size(); ++i) {
    text += fmt::format("{}x{} {:08x}", i % 8 == 1 ? "\n  " : ", ", i, one.start.x[i]);
  }
  return text + "\n" + difference(batch.run_on_our_machine().front(), batch.run_in_qemu().front());
}

}  // namespace

std::span<const CaseMix> case_mixes() { return kMixes; }

CaseFuzzReport fuzz_cases(const CaseMix& mix, int cases, std::uint32_t seed,
                          std::size_t most_differences) {
  const Variant& variant = find_variant(mix.variant);
  CaseGenerator generator(variant, std::string(mix.extensions), seed);
  const std::vector<std::uint8_t> pattern = generator.pattern();
  CaseFuzzReport report;
  while (report.cases < cases && report.differences.size() < most_differences) {
    std::vector<Case> drawn;
    for (int i = std::min(kCasesInBatch, cases - report.cases); i > 0; --i) {
      drawn.push_back(generator.next());
    }
    const CaseBatch batch(variant, pattern, drawn);
    const std::vector<Outcome> ours = batch.run_on_our_machine(), theirs = batch.run_in_qemu();
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      ++report.cases;
      ++report.causes[ours[i].kept[Outcome::kCause]];
      if (difference(ours[i], theirs[i]).empty()) continue;
      const Case small = shrink(variant, pattern, drawn[i]);
      report.differences.push_back(explain(variant, pattern, small, seed));
      if (report.differences.size() == most_differences) break;
    }
  }
  report.covered = generator.covered();
  return report;
}

}  // namespace boardless::isa::riscv
