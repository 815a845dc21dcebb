// Batches until the instructions are used up; what differs is shrunk and put into words.
#include "tests/isa/qemu_fuzz.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "isa/arm/semantics.h"
#include "isa/opcode.h"
#include "tests/isa/qemu_deviation.h"
#include "tests/isa/random_sequence.h"
#include "tests/isa/vector_values.h"

namespace boardless::isa {
namespace {

constexpr int kPieces = 12;
constexpr std::size_t kCasesInBatch = 3000;
constexpr std::uint32_t kDataBase = 0x20000000;
constexpr std::size_t kDataBytes = 0x4000;

std::string difference_of(const Outcome& ours, const Outcome& theirs) {
  if (ours.end == Outcome::End::kStray) return {};
  return difference(ours, theirs);
}

class Fuzzer {
 public:
  Fuzzer(const QemuGroup& group, const QemuFuzzOptions& options)
      : group_(group),
        options_(options),
        board_(find_qemu_board(group.machine)),
        variant_(find_variant(group.variant)),
        decoder_(variant_),
        random_(options.seed) {
    fuzz_.allowed = [this](const Decoded& d, std::string_view name) { return allows(d, name); };
    fuzz_.seed_floating_point = group.seed;
    fuzz_.seed = options.seed;
    fuzz_.with_vectors = group.vectors;
    fuzz_.with_loops = group.loops;
    // Vector instructions are not allowed in IT blocks.
    fuzz_.with_it_blocks = !group.vectors || group.loops;
    fuzz_.data_base = kDataBase;
    fuzz_.data_bytes = kDataBytes;
    if (group.vectors) {
      fuzz_.samples = options.samples;
      // VPST; VMSR and VMRS of P0, VPR and FPSCR_nzcvqc; LCTP; VCTP; shifts of core registers;
      // VREV.
      fuzz_.examples = {0x0f4dfe71, 0x0a10eefd, 0x0a10eefc, 0x0a10eeed, 0x0a10eef2, 0x0a10eee2,
                        0xe001f00f, 0xe801f000, 0xe801f010, 0xe801f020, 0xe801f030, 0x210dea50,
                        0x1f0dea50, 0x0fefea50, 0x1f1fea51, 0x1f7fea52, 0x0f4fea50, 0x1f2dea50,
                        0x212dea50, 0x01cfea50, 0x01dfea50, 0x01efea50, 0x21adea51, 0x212dea51,
                        0x218dea51, 0x113fea51, 0x112fea51, 0x110fea51, 0x111fea51, 0x0142ffb0,
                        0x00c2ffb4};
    }
    window_ = {kDataBase, edge_pattern(random_, kDataBytes)};
  }

  QemuFuzzReport run();

 private:
  bool allows(const Decoded& d, std::string_view name);
  std::vector<Case> more_cases(SequenceGenerator& generator);
  void compare(const std::vector<Case>& cases, const std::vector<Outcome>& ours,
               const std::vector<Outcome>& theirs);
  Case shrink(Case one);
  bool ends_in_unaligned_vector(const Case& one, const Outcome& ours);
  std::string opcodes_of(const Sequence& sequence);
  std::string explain(const Case& one, const std::string& in_company);

  const QemuGroup& group_;
  const QemuFuzzOptions& options_;
  const QemuBoard& board_;
  const Variant& variant_;
  Decoder decoder_;
  Random random_;
  FuzzOptions fuzz_;
  DataWindow window_;
  QemuFuzzReport report_;
  std::set<std::string> seen_;  // opcodes of the differences so far
};

bool Fuzzer::allows(const Decoded& d, std::string_view name) {
  if (!group_.includes(d, name)) return false;
  if (!options_.opcode.empty() && !name.starts_with(options_.opcode) &&
      !name.starts_with("MVE_VPST")) {
    return false;
  }
  if (find_qemu_deviation(d, name) != nullptr) return false;
  if (d.opcode->build.arm == nullptr) {
    report_.not_modelled.emplace(name);
    return false;
  }
  return true;
}

std::vector<Case> Fuzzer::more_cases(SequenceGenerator& generator) {
  std::vector<Case> cases;
  const long wanted = options_.instructions - report_.instructions;
  long have = 0;
  while (have < wanted && cases.size() < kCasesInBatch) {
    Case& one = cases.emplace_back();
    one.start = generator.start();
    one.sequence = generator.sequence(kPieces);
    have += instructions_in(one.sequence);
  }
  return cases;
}

// Leaves out pieces as long as the rest still differs: each round tries all in one batch.
Case Fuzzer::shrink(Case one) {
  while (one.sequence.size() > 1) {
    std::vector<Case> shorter;
    const std::size_t size = one.sequence.size();
    const auto without = [&](std::size_t begin, std::size_t end) {
      Case& next = shorter.emplace_back(one);
      next.sequence.erase(next.sequence.begin() + static_cast<std::ptrdiff_t>(begin),
                          next.sequence.begin() + static_cast<std::ptrdiff_t>(end));
    };
    for (std::size_t i = 0; i < size; ++i) {  // all but one, all but a few, one less
      if (size > 2) {
        without(i + 1, size);
        if (i > 0) without(0, i);
      }
    }
    for (std::size_t i = 0; i < size; ++i) without(i, i + 1);
    const QemuBatch batch(board_, window_, shorter);
    const auto ours = batch.run_on_our_engine(variant_);
    const auto theirs = batch.run_in_qemu();
    const Case* best = nullptr;
    for (std::size_t i = 0; i < shorter.size(); ++i) {
      if (shorter[i].sequence.empty() || difference_of(ours[i], theirs[i]).empty() ||
          ends_in_unaligned_vector(shorter[i], ours[i])) {
        continue;
      }
      if (best == nullptr || shorter[i].sequence.size() < best->sequence.size()) {
        best = &shorter[i];
      }
    }
    if (best == nullptr) break;
    one = Case(*best);
  }
  return one;
}

std::string Fuzzer::opcodes_of(const Sequence& sequence) {
  const std::vector<std::uint8_t> code = assemble(sequence);
  const std::span<const std::uint8_t> all(code);
  std::string names;
  for (std::size_t at = 0; at < code.size();) {
    decoder_.restart();
    const auto decoded = decoder_.next(0, all.subspan(at));
    if (!decoded) break;
    names += fmt::format("{}{}", names.empty() ? "" : " ", decoded->opcode->name);
    at += decoded->facts.size;
  }
  return names;
}

// See unaligned_vector_deviation().
bool Fuzzer::ends_in_unaligned_vector(const Case& one, const Outcome& ours) {
  if (ours.end != Outcome::End::kUnaligned) return false;
  const std::vector<std::uint8_t> code = assemble(one.sequence);
  decoder_.restart();
  const auto decoded = decoder_.next(0, std::span(code).subspan(ours.pc));
  return decoded && decoded->opcode->name.starts_with("MVE_V");
}

// `in_company`: how the case that was shrunk differed among others.
std::string Fuzzer::explain(const Case& one, const std::string& in_company) {
  const QemuBatch batch(board_, window_, {&one, 1});
  const auto ours = batch.run_on_our_engine(variant_);
  const auto theirs = batch.run_in_qemu();
  std::string text = difference_of(ours[0], theirs[0]);
  if (text.empty()) text = "  only among other cases, where\n" + in_company;
  return fmt::format("{}, {} on {}, seed {}: {}\n{}from\n{}{}", group_.name, variant_.name,
                     board_.machine, options_.seed, opcodes_of(one.sequence),
                     disassembly(decoder_, one.sequence), image_text(one.start), text);
}

void Fuzzer::compare(const std::vector<Case>& cases, const std::vector<Outcome>& ours,
                     const std::vector<Outcome>& theirs) {
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (static_cast<int>(report_.differences.size()) >= options_.most_differences) return;
    if (ours[i].end == Outcome::End::kStray) {
      ++report_.strays;
      continue;
    }
    if (ends_in_unaligned_vector(cases[i], ours[i])) {
      ++report_.deviations;
      continue;
    }
    ++report_.cases;
    report_.instructions += instructions_in(cases[i].sequence);
    if (ours[i].end != Outcome::End::kFinished) ++report_.faults;
    const std::string text = difference(ours[i], theirs[i]);
    if (text.empty()) continue;
    // One difference an opcode is enough: the same again is not shrunk.
    const std::string all = fmt::format(" {} ", opcodes_of(cases[i].sequence));
    const bool known = std::any_of(seen_.begin(), seen_.end(), [&](const std::string& names) {
      return all.find(fmt::format(" {} ", names)) != std::string::npos;
    });
    if (known) continue;
    const Case small = shrink(cases[i]);
    if (seen_.insert(opcodes_of(small.sequence)).second) {
      report_.differences.push_back(explain(small, text));
    }
  }
}

QemuFuzzReport Fuzzer::run() {
  SequenceGenerator generator(variant_, fuzz_);
  while (report_.instructions < options_.instructions &&
         static_cast<int>(report_.differences.size()) < options_.most_differences) {
    // What leaves the data window could stop QEMU, and with it the cases behind. Addresses differ
    // from batch to batch, so what is left runs on our engine again.
    const std::vector<Case> drawn = more_cases(generator);
    const auto first = QemuBatch(board_, window_, drawn).run_on_our_engine(variant_);
    std::vector<Case> cases;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      if (first[i].end == Outcome::End::kStray) {
        ++report_.strays;
      } else {
        cases.push_back(drawn[i]);
      }
    }
    const QemuBatch batch(board_, window_, cases);
    compare(cases, batch.run_on_our_engine(variant_), batch.run_in_qemu());
  }
  report_.covered = generator.covered();
  return std::move(report_);
}

}  // namespace

QemuFuzzReport fuzz_against_qemu(const QemuGroup& group, const QemuFuzzOptions& options) {
  return Fuzzer(group, options).run();
}

}  // namespace boardless::isa
