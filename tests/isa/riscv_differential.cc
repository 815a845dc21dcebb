// The two engines side by side, and the comparison of what they left.
#include "tests/isa/riscv_differential.h"

#include <fmt/format.h>
#include <unicorn/unicorn.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "isa/riscv/translator.h"
#include "sim/guest_memory.h"
#include "sim/interpreter.h"

namespace boardless::isa::riscv {
namespace {

constexpr std::uint32_t kCodeBase = 0x00100000;
constexpr std::uint32_t kCodeBytes = 0x00100000;
constexpr std::uint32_t kRoom = 0x1000;  // no sequence is longer
constexpr std::array<std::uint8_t, 4> kEbreak{0x73, 0x00, 0x10, 0x00};
// Unicorn's core has D as well: single precision is boxed in ones.
constexpr std::uint64_t kBox = 0xffffffff00000000;

void require(uc_err error, const char* what) { check(error == UC_ERR_OK, what); }

struct CloseUnicorn {
  void operator()(uc_engine* engine) const { uc_close(engine); }
};

std::string differences(const CoreImage& ours, const CoreImage& theirs) {
  std::string text;
  for (std::size_t i = 0; i < ours.x.size(); ++i) {
    if (ours.x[i] == theirs.x[i]) continue;
    text += fmt::format("  x{}: ours 0x{:08x}, Unicorn's 0x{:08x}\n", i, ours.x[i], theirs.x[i]);
  }
  for (std::size_t i = 0; i < ours.f.size(); ++i) {
    if (ours.f[i] == theirs.f[i]) continue;
    text += fmt::format("  f{}: ours 0x{:08x}, Unicorn's 0x{:08x}\n", i, ours.f[i], theirs.f[i]);
  }
  if (ours.fcsr != theirs.fcsr) {
    text += fmt::format("  fcsr: ours 0x{:02x}, Unicorn's 0x{:02x}\n", ours.fcsr, theirs.fcsr);
  }
  return text;
}

}  // namespace

struct DifferentialRunner::Engines {
  explicit Engines(const Variant& variant)
      : code("code", kCodeBase, kCodeBytes, sim::MemoryWindow::Access::kReadExecute),
        data("data", kDataBase, kDataBytes, sim::MemoryWindow::Access::kReadWrite),
        their_data(kDataBytes / 8),
        interpreter(variant) {
    interpreter.memory().map(code);
    interpreter.memory().map(data);
    reset(interpreter.state(), variant);
    interpreter.state().traps_unaligned = false;  // as Unicorn
    uc_engine* engine = nullptr;
    require(uc_open(UC_ARCH_RISCV, UC_MODE_RISCV32, &engine), "Unicorn opens");
    unicorn.reset(engine);
    require(uc_mem_map_ptr(engine, kCodeBase, kCodeBytes, UC_PROT_READ | UC_PROT_EXEC,
                           code.bytes().data()),
            "Unicorn maps code");
    require(uc_mem_map_ptr(engine, kDataBase, kDataBytes, UC_PROT_READ | UC_PROT_WRITE,
                           their_data.data()),
            "Unicorn maps data");
  }

  std::string run_ours(const CoreImage& start, std::uint32_t begin, std::uint32_t end,
                       CoreImage& after) {
    State& state = interpreter.state();
    std::copy(start.x.begin(), start.x.end(), state.x.begin());
    state.f = start.f;
    state.fflags = start.fcsr & 0x1f;
    state.frm = start.fcsr >> 5;
    state.mstatus |= kMstatusFs;
    state.reserved = false;
    state.pc = begin;
    state.trap = Trap::kNone;
    const sim::Stop stop = interpreter.run();
    if (stop != sim::Stop::kTrap || state.trap != Trap::kBreakpoint || state.pc != end) {
      return fmt::format("  our run stopped at 0x{:08x}, trap {}, not at 0x{:08x}\n", state.pc,
                         static_cast<int>(state.trap), end);
    }
    std::copy_n(state.x.begin(), after.x.size(), after.x.begin());
    after.f = state.f;
    after.fcsr = state.frm << 5 | state.fflags;
    return {};
  }

  std::string run_theirs(const CoreImage& start, std::uint32_t begin, std::uint32_t end, bool fpu,
                         CoreImage& after) {
    uc_engine* engine = unicorn.get();
    for (int i = 1; i < 32; ++i) {
      require(uc_reg_write(engine, UC_RISCV_REG_X0 + i, &start.x[static_cast<std::size_t>(i)]),
              "Unicorn has x registers");
    }
    for (int i = 0; fpu && i < 32; ++i) {
      const std::uint64_t boxed = kBox | start.f[static_cast<std::size_t>(i)];
      require(uc_reg_write(engine, UC_RISCV_REG_F0 + i, &boxed), "Unicorn has f registers");
    }
    const uc_err error = uc_emu_start(engine, begin, end, 0, 0);
    std::uint32_t pc = 0;
    require(uc_reg_read(engine, UC_RISCV_REG_PC, &pc), "Unicorn has a pc");
    if (error != UC_ERR_OK || pc != end) {
      return fmt::format("  Unicorn stopped at 0x{:08x} ({}), not at 0x{:08x}\n", pc,
                         uc_strerror(error), end);
    }
    for (int i = 1; i < 32; ++i) {
      require(uc_reg_read(engine, UC_RISCV_REG_X0 + i, &after.x[static_cast<std::size_t>(i)]),
              "Unicorn has x registers");
    }
    for (int i = 0; fpu && i < 32; ++i) {
      std::uint64_t boxed = 0;
      require(uc_reg_read(engine, UC_RISCV_REG_F0 + i, &boxed), "Unicorn has f registers");
      after.f[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(boxed);
    }
    return {};
  }

  sim::MemoryWindow code, data;
  std::vector<std::uint64_t> their_data;
  sim::Interpreter<Translator> interpreter;
  std::unique_ptr<uc_engine, CloseUnicorn> unicorn;
};

DifferentialRunner::DifferentialRunner(const Variant& variant) : variant_(variant) { renew(); }
DifferentialRunner::~DifferentialRunner() = default;

// Engines forget code that was overwritten at a cost; new ones start at the beginning of the
// window.
void DifferentialRunner::renew() {
  const std::vector<std::uint8_t> kept = engines_ ? data() : std::vector<std::uint8_t>(kDataBytes);
  engines_ = std::make_unique<Engines>(variant_);
  next_code_ = kCodeBase;
  fill_data(kept);
}

void DifferentialRunner::fill_data(std::span<const std::uint8_t> data) {
  check(data.size() == kDataBytes, "data fill the window");
  std::ranges::copy(data, engines_->data.bytes().begin());
  std::memcpy(engines_->their_data.data(), data.data(), data.size());
}

std::vector<std::uint8_t> DifferentialRunner::data() const {
  const std::span<const std::uint8_t> bytes = engines_->data.bytes();
  return {bytes.begin(), bytes.end()};
}

std::string DifferentialRunner::run(const Sequence& sequence, const CoreImage& start) {
  if (next_code_ + kRoom > kCodeBase + kCodeBytes) renew();
  // fcsr and mstatus.FS cannot be set from outside in Unicorn 2.0.1: instructions before and after
  // do it, by way of x31 and x30, on both engines.
  std::vector<std::uint8_t> code;
  const auto append = [&](std::uint32_t word) {
    for (int i = 0; i < 4; ++i) code.push_back(static_cast<std::uint8_t>(word >> 8 * i));
  };
  if (variant_.has(Feature::kFloat)) {
    append(0x00006f37);  // lui x30, 6: FS
    append(0x300f2073);  // csrs mstatus, x30
    append(0x003f9073);  // csrw fcsr, x31
  }
  for (const Piece& piece : sequence) {
    code.insert(code.end(), piece.bytes.begin(), piece.bytes.end());
  }
  if (variant_.has(Feature::kFloat)) append(0x00302ff3);  // csrr x31, fcsr
  const std::uint32_t begin = next_code_;
  const std::uint32_t end = begin + static_cast<std::uint32_t>(code.size());
  check(code.size() + kEbreak.size() <= kRoom, "a sequence fits its room");
  code.insert(code.end(), kEbreak.begin(), kEbreak.end());
  std::ranges::copy(code, engines_->code.at(begin, code.size()).begin());
  next_code_ += kRoom / 8;
  while (next_code_ < end + 16) next_code_ += kRoom / 8;

  CoreImage from = start;
  if (variant_.has(Feature::kFloat)) from.x[31] = start.fcsr;
  CoreImage ours, theirs;
  std::string difference = engines_->run_ours(from, begin, end, ours);
  difference += engines_->run_theirs(from, begin, end, variant_.has(Feature::kFloat), theirs);
  if (!difference.empty()) {
    renew();  // whatever state they are in
    return difference;
  }
  ours.fcsr = theirs.fcsr = 0;  // compared as x31
  if (!variant_.has(Feature::kFloat)) theirs.f = ours.f = {};
  difference = differences(ours, theirs);
  const std::span<const std::uint8_t> data = engines_->data.bytes();
  const auto* their = reinterpret_cast<const std::uint8_t*>(engines_->their_data.data());
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] == their[i]) continue;
    difference += fmt::format("  byte at 0x{:08x}: ours 0x{:02x}, Unicorn's 0x{:02x}\n",
                              kDataBase + i, data[i], their[i]);
  }
  return difference;
}

std::string DifferentialRunner::disassembly(const Sequence& sequence) {
  std::string text;
  Decoder& decoder = engines_->interpreter.decoder();
  std::uint32_t address = 0;
  for (const Piece& piece : sequence) {
    std::span<const std::uint8_t> rest = piece.bytes;
    while (!rest.empty()) {
      const std::optional<Decoded> decoded = decoder.next(address, rest);
      const std::size_t size = decoded ? decoded->facts.size : rest.size();
      text += fmt::format("  {:4x}: {}\n", address, decoder.text(address, rest));
      address += static_cast<std::uint32_t>(size);
      rest = rest.subspan(size);
    }
  }
  return text;
}

}  // namespace boardless::isa::riscv
