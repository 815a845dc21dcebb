// Laying out cases, both runs of them, and reading what they left.
#include "tests/isa/riscv_case_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/error.h"
#include "sim/counting_sink.h"
#include "sim/elf_image.h"
#include "sim/riscv_machine.h"
#include "tests/scratch_folder.h"

namespace boardless::isa::riscv {
namespace {

constexpr std::uint32_t kMemory = 0x80000000, kMemoryBytes = 0x2000000, kBlob = 0x80100000;
constexpr std::uint32_t kHeaderBytes = 0x1000, kPath = 0x100;
constexpr std::uint32_t kCaseBytes = 288;
constexpr std::uint32_t kEcall = 0x00000073;
constexpr std::uint32_t kPage = 0x1000;

std::string program() { return std::string(BOARDLESS_TEST_PROGRAMS_DIR) + "/riscv_cases.elf"; }

// As `variant` is, without what QEMU's core has beyond: supervisor mode, D, and the rest of Zb and
// Zk.
std::string qemu_core(const Variant& variant) {
  std::string core =
      "rv32,d=false,s=false,h=false,zbc=false,sstc=false,mmu=false,Zihintpause=false";
  const auto add = [&](const char* name, Feature feature) {
    core += fmt::format(",{}={}", name, variant.has(feature));
  };
  add("a", Feature::kAtomic);
  add("f", Feature::kFloat);
  add("zba", Feature::kZba);
  add("zbb", Feature::kZbb);
  add("zbs", Feature::kZbs);
  add("zbkb", Feature::kZbkb);
  return core;
}

std::vector<char> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string name_of(std::size_t word) {
  switch (word) {
    case Outcome::kCause:
      return "mcause";
    case Outcome::kPc:
      return "mepc";
    case Outcome::kValue:
      return "mtval";
    case Outcome::kStatus:
      return "mstatus";
    case Outcome::kEnabled:
      return "mie";
    case Outcome::kFcsr:
      return "fcsr";
    default:
      return word < Outcome::kPc ? fmt::format("x{}", word)
                                 : fmt::format("f{}", word - Outcome::kF0);
  }
}

// The privileged architecture gives AMOs the causes of stores (3.1.15), QEMU 7.2 those of loads.
Outcome with_amo_causes(Outcome outcome, const Case& one) {
  constexpr std::uint32_t kLoadMisaligned = 4, kLoadFault = 5, kToStores = 2;
  constexpr std::uint32_t kAmo = 0x2f, kLoadReserved = 2;
  std::uint32_t& cause = outcome.kept[Outcome::kCause];
  if (cause != kLoadMisaligned && cause != kLoadFault) return outcome;
  std::vector<std::uint8_t> code;
  for (const Piece& piece : one.sequence) {
    code.insert(code.end(), piece.bytes.begin(), piece.bytes.end());
  }
  const std::uint32_t pc = outcome.kept[Outcome::kPc];
  if (pc + 4 > code.size()) return outcome;
  std::uint32_t encoding = 0;
  std::memcpy(&encoding, &code[pc], sizeof(encoding));
  if ((encoding & 0x7f) == kAmo && encoding >> 27 != kLoadReserved) cause += kToStores;
  return outcome;
}

}  // namespace

std::string difference(const Outcome& ours, const Outcome& theirs) {
  std::string text;
  for (std::size_t i = 0; i < ours.kept.size(); ++i) {
    if (ours.kept[i] == theirs.kept[i]) continue;
    text += fmt::format("  {}: ours 0x{:08x}, QEMU's 0x{:08x}\n", name_of(i), ours.kept[i],
                        theirs.kept[i]);
  }
  const auto list = [&text](const char* whose, const Outcome& these, const Outcome& others) {
    for (const auto& [offset, word] : these.changed) {
      const auto found = others.changed.find(offset);
      if (found != others.changed.end() && found->second == word) continue;
      text += fmt::format("  word at data + 0x{:04x}: {} 0x{:08x}\n", offset, whose, word);
    }
  };
  list("ours", ours, theirs);
  list("QEMU's", theirs, ours);
  return text;
}

bool has_riscv_qemu() {
  static const bool has = std::system("qemu-system-riscv32 --version >/dev/null 2>&1") == 0;
  return has;
}

void CaseBatch::put(std::uint32_t address, std::uint32_t word) {
  const std::uint32_t at = address - kBlob;
  if (blob_.size() < at + sizeof(word)) blob_.resize(at + sizeof(word));
  std::memcpy(&blob_[at], &word, sizeof(word));
}

CaseBatch::CaseBatch(const Variant& variant, std::span<const std::uint8_t> pattern,
                     std::span<const Case> cases)
    : variant_(variant), cases_(cases) {
  check(pattern.size() == kDataBytes, "the pattern fills the window");
  const std::uint32_t table = kBlob + kHeaderBytes + kDataBytes;
  const auto count = static_cast<std::uint32_t>(cases.size());
  blob_.resize(kHeaderBytes);
  blob_.insert(blob_.end(), pattern.begin(), pattern.end());
  std::uint32_t next = table + count * kCaseBytes;
  next = (next + kPage - 1) & ~(kPage - 1);  // no code in a page that is written
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t at = table + i * kCaseBytes;
    const CoreImage& start = cases[i].start;
    for (const std::uint32_t word : start.x) {
      put(at, word);
      at += 4;
    }
    for (const std::uint32_t word : {next, cases[i].mstatus, start.fcsr, 0U}) {
      put(at, word);
      at += 4;
    }
    for (const std::uint32_t word : start.f) {
      put(at, word);
      at += 4;
    }
    blob_.resize(std::max<std::size_t>(blob_.size(), next - kBlob));
    std::vector<std::uint8_t> code;
    for (const Piece& piece : cases[i].sequence) {
      code.insert(code.end(), piece.bytes.begin(), piece.bytes.end());
    }
    for (int byte = 0; byte < 4; ++byte) code.push_back(kEcall >> 8 * byte & 0xff);
    code.resize((code.size() + 3) & ~std::size_t{3});
    blob_.resize(next - kBlob);
    blob_.insert(blob_.end(), code.begin(), code.end());
    next += static_cast<std::uint32_t>(code.size());
  }
  results_ = (next + kPage - 1) & ~(kPage - 1);
  blob_.resize(results_ - kBlob);
  constexpr std::uint32_t kMagic = 0x63617365;
  std::uint32_t at = kBlob;
  for (const std::uint32_t word :
       {kMagic, count, table, kBlob + kHeaderBytes, kWindow, kDataBytes, results_, kBlob + kPath}) {
    put(at, word);
    at += 4;
  }
}

std::vector<Outcome> CaseBatch::outcomes(std::span<const std::uint32_t> words,
                                         std::string_view whose) const {
  std::vector<Outcome> all;
  std::size_t at = 0;
  while (all.size() < cases_.size()) {
    Outcome& outcome = all.emplace_back();
    const bool has_state = at + Outcome::kWords < words.size();
    const std::size_t changed = has_state ? words[at + Outcome::kWords] : 0;
    if (!has_state || at + Outcome::kWords + 1 + 2 * changed > words.size()) {
      throw InputError(
          fmt::format("{} run of {} cases ended after {}", whose, cases_.size(), all.size()));
    }
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(at), Outcome::kWords,
                outcome.kept.begin());
    at += Outcome::kWords + 1;
    for (std::size_t i = 0; i < changed; ++i, at += 2) {
      outcome.changed.emplace(words[at], words[at + 1]);
    }
  }
  return all;
}

std::vector<Outcome> CaseBatch::run_in_qemu() const {
  const ScratchFolder folder;
  const std::string results = folder / "results", input = folder / "cases", log = folder / "log";
  std::vector<std::uint8_t> blob = blob_;
  check(kPath + results.size() < kHeaderBytes, "the result file's name has room");
  std::memcpy(&blob[kPath], results.data(), results.size());
  const auto length = static_cast<std::uint32_t>(results.size());
  std::memcpy(&blob[32], &length, sizeof(length));
  folder.write("cases", std::string(blob.begin(), blob.end()));
  const std::string command = fmt::format(
      "timeout 300 qemu-system-riscv32 -M virt -m 64 -bios none -cpu {} -display none -monitor "
      "none "
      "-serial none -semihosting-config enable=on,target=native -kernel '{}' "
      "-device loader,file='{}',addr=0x{:x},force-raw=on >'{}' 2>&1 </dev/null",
      qemu_core(variant_), program(), input, kBlob, log);
  const int status = std::system(command.c_str());
  const std::vector<char> bytes = read_file(results);
  if (status != 0 || bytes.empty()) {
    const std::vector<char> said = read_file(log);
    throw InputError(fmt::format("QEMU failed with status {}: {}\n{}", status, command,
                                 std::string_view(said.data(), said.size())));
  }
  std::vector<std::uint32_t> words(bytes.size() / 4);
  std::memcpy(words.data(), bytes.data(), words.size() * 4);
  std::vector<Outcome> all = outcomes(words, "QEMU's");
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = with_amo_causes(all[i], cases_[i]);
  return all;
}

std::vector<Outcome> CaseBatch::run_on_our_machine() const {
  sim::ElfImage image = sim::load_elf(program());
  image.segments.push_back({.address = kBlob, .bytes = blob_, .load_address = kBlob});
  sim::BoardSpec board;
  board.core_clock_hz = 100000000;
  board.memories = {{"ram", kMemory, kMemoryBytes, true, {}}};
  // As QEMU's core: it carries out unaligned accesses, and tells no address of a breakpoint.
  sim::RiscvSystem core;
  core.traps_unaligned = false;
  core.user_mode = true;
  core.trap_value.breakpoint = false;
  sim::SerialConsole console({});
  sim::Semihosting semihosting({});
  sim::RiscvMachine machine(variant_, core, board, console, semihosting);
  machine.boot(image);
  sim::CountingSink clock;
  machine.attach(clock, {});
  constexpr std::uint64_t kCyclesOfACase = 200000;
  const sim::RunEnd end =
      machine.run({.cycles = (cases_.size() + 1) * kCyclesOfACase, .until = {}});
  if (end.reason != sim::EndReason::kExit) {
    throw InputError(fmt::format("our run ends by {}: {}\n{}", end_reason_name(end.reason),
                                 end.message, end.report));
  }
  std::vector<std::uint32_t> words;
  for (std::uint32_t at = results_; at < kMemory + kMemoryBytes; at += 4) {
    words.push_back(machine.memory().load(at, 4));
  }
  return outcomes(words, "our");
}

}  // namespace boardless::isa::riscv
