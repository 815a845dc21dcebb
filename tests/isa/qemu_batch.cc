// Laying out cases, QEMU's run of them, and reading what it wrote.
#include "tests/isa/qemu_batch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/error.h"

namespace boardless::isa {
namespace {

constexpr std::uint32_t kPath = 0x100;
constexpr std::uint32_t kPattern = 0x1000;
constexpr std::uint32_t kCaseBytes = 256;
constexpr std::uint32_t kLiteralReach = 0x2000;  // literal loads reach 4 KiB either way
constexpr std::uint16_t kSupervisorCall = 0xdf00;
constexpr std::uint32_t kFlags = 0xf80f0000;  // NZCVQ and GE
constexpr std::uint32_t kFrameBytes = 32;

constexpr std::array kBoards = std::to_array<QemuBoard>({
    {"mps2-an386", "cases-m4.elf", 0x21000000},
    {"mps2-an505", "cases-m33.elf", 0x80000000},
    {"mps3-an547", "cases-m55.elf", 0x60000000},
});

// A folder that is gone afterwards.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "boardless-XXXXXX").string();
    check(mkdtemp(name.data()) != nullptr, "a temporary folder can be made");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::vector<char> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Outcome::End end_of(std::uint32_t exception, std::uint32_t fault_status) {
  constexpr std::uint32_t kSvCall = 11, kUsageFault = 6;
  if (exception == kSvCall) return Outcome::End::kFinished;
  if (exception == kUsageFault && fault_status == 1U << 16) return Outcome::End::kUndefined;
  if (exception == kUsageFault && fault_status == 1U << 24) return Outcome::End::kUnaligned;
  if (exception == kUsageFault && fault_status == 1U << 17) return Outcome::End::kInvalidState;
  return Outcome::End::kOtherFault;
}

}  // namespace

const QemuBoard& find_qemu_board(std::string_view machine) {
  std::string known;
  for (const QemuBoard& board : kBoards) {
    if (board.machine == machine) return board;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", board.machine);
  }
  throw InputError(fmt::format("unknown board '{}'; known: {}", machine, known));
}

bool has_qemu() {
  static const bool has = std::system("qemu-system-arm --version >/dev/null 2>&1") == 0;
  return has;
}

void QemuBatch::put(std::uint32_t address, std::uint32_t word) {
  const std::uint32_t at = address - board_.blob;
  if (blob_.size() < at + sizeof(word)) blob_.resize(at + sizeof(word));
  std::memcpy(&blob_[at], &word, sizeof(word));
}

QemuBatch::QemuBatch(const QemuBoard& board, const DataWindow& window, std::span<const Case> cases)
    : board_(board), window_(window), cases_(cases) {
  const std::uint32_t base = board.blob;
  const auto pattern_bytes = static_cast<std::uint32_t>(window.pattern.size());
  const std::uint32_t table = base + kPattern + pattern_bytes;
  const auto count = static_cast<std::uint32_t>(cases.size());
  blob_.resize(kPattern + window.pattern.size());
  std::memcpy(blob_.data() + kPattern, window.pattern.data(), window.pattern.size());
  std::uint32_t next = table + count * kCaseBytes;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::vector<std::uint8_t> code = assemble(cases[i].sequence);
    const std::uint32_t end = next + static_cast<std::uint32_t>(code.size());
    code.push_back(kSupervisorCall & 0xff);
    code.push_back(kSupervisorCall >> 8);
    code.resize((code.size() + 3) & ~std::size_t{3});
    code_.push_back({next, end});
    blob_.resize(next - base);
    blob_.insert(blob_.end(), code.begin(), code.end());
    next += static_cast<std::uint32_t>(code.size());

    const CoreImage& start = cases[i].start;
    const std::uint32_t record = table + i * kCaseBytes;
    std::uint32_t at = record;
    for (const std::uint32_t r : start.r) put(std::exchange(at, at + 4), r);
    for (const std::uint32_t word : {start.flags, code_.back().begin | 1, start.fpscr, start.vpr}) {
      put(std::exchange(at, at + 4), word);
    }
    at += 4;
    for (const std::uint32_t s : start.s) put(std::exchange(at, at + 4), s);
  }
  next += kLiteralReach;
  blob_.resize(next - base);
  std::uint32_t at = base;
  constexpr std::uint32_t kMagic = 0x63617365;
  for (const std::uint32_t word :
       {kMagic, count, table, base + kPattern, window.base, pattern_bytes, next, base + kPath}) {
    put(std::exchange(at, at + 4), word);
  }
}

Outcome QemuBatch::outcome_at(std::span<const std::uint32_t> words, std::size_t& at,
                              Code code) const {
  constexpr std::size_t kFixedWords = 21 + 32 + 1;
  Outcome outcome;
  if (words.size() < at + kFixedWords) {
    outcome.note = "QEMU left no result";
    return outcome;
  }
  CoreImage& image = outcome.image;
  for (std::uint32_t& r : image.r) r = words[at++];
  const std::uint32_t xpsr = words[at++];
  outcome.pc = words[at++] - code.begin;
  const std::uint32_t exception = words[at++], fault_status = words[at++];
  image.fpscr = words[at++];
  image.vpr = words[at++];
  for (std::uint32_t& s : image.s) s = words[at++];
  constexpr std::uint32_t kAligned = 1U << 9;  // the frame is below a word that aligns it
  image.r[13] += kFrameBytes + ((xpsr & kAligned) != 0 ? 4 : 0);
  image.flags = xpsr & kFlags;
  outcome.end = end_of(exception, fault_status);
  if (outcome.end == Outcome::End::kOtherFault) {
    outcome.note = fmt::format("exception {}, CFSR 0x{:08x}", exception, fault_status);
  }
  const std::uint32_t count = words[at++];
  for (std::uint32_t i = 0; i < count && at + 1 < words.size(); ++i, at += 2) {
    outcome.changed.emplace(words[at], words[at + 1]);
  }
  return outcome;
}

std::vector<Outcome> QemuBatch::run_in_qemu() const {
  const ScratchFolder folder;
  const std::string results = folder.file("results"), input = folder.file("cases");
  std::vector<std::uint8_t> blob = blob_;
  check(kPath + results.size() < kPattern, "the result file's name has room");
  std::memcpy(&blob[kPath], results.data(), results.size());
  const auto length = static_cast<std::uint32_t>(results.size());
  std::memcpy(&blob[32], &length, sizeof(length));
  {
    std::ofstream stream(input, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(blob.data()),
                 static_cast<std::streamsize>(blob.size()));
  }
  const std::string command = fmt::format(
      "timeout 300 qemu-system-arm -M {} -display none -monitor none -serial none "
      "-semihosting-config enable=on,target=native -kernel '{}/{}' "
      "-device loader,file='{}',addr=0x{:x},force-raw=on >'{}' 2>&1 </dev/null",
      board_.machine, BOARDLESS_TEST_PROGRAMS_DIR, board_.program, input, board_.blob,
      folder.file("log"));
  const int status = std::system(command.c_str());
  const std::vector<char> bytes = read_file(results);
  if (status != 0 || bytes.empty()) {
    const std::vector<char> log = read_file(folder.file("log"));
    throw InputError(fmt::format("QEMU failed with status {}: {}\n{}", status, command,
                                 std::string_view(log.data(), log.size())));
  }
  std::vector<std::uint32_t> words(bytes.size() / 4);
  std::memcpy(words.data(), bytes.data(), words.size() * 4);
  std::vector<Outcome> outcomes;
  std::size_t at = 0;
  for (const Code& code : code_) outcomes.push_back(outcome_at(words, at, code));
  return outcomes;
}

}  // namespace boardless::isa
