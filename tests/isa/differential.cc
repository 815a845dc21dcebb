// The two engines side by side, and the comparison of what they left.
#include "tests/isa/differential.h"

#include <fmt/format.h>
#include <unicorn/unicorn.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "isa/arm/translator.h"
#include "sim/guest_memory.h"
#include "sim/interpreter.h"

namespace boardless::isa {
namespace {

constexpr std::uint32_t kCodeBase = 0x00100000;
constexpr std::uint32_t kCodeBytes = 0x00100000;
// Literal loads reach 4 KiB either way.
constexpr std::uint32_t kFirstCode = kCodeBase + 0x2000;
constexpr std::uint32_t kLastCode = kCodeBase + kCodeBytes - 0x4000;
constexpr std::uint16_t kBreakpoint = 0xbe00;
constexpr std::uint32_t kFpContextActive = 12;  // CONTROL.FPCA and, on Armv8-M, SFPA
constexpr std::uint32_t kFlags = 0xf80f0000;    // NZCVQ and GE

void require(uc_err error, const char* what) { check(error == UC_ERR_OK, what); }

int cpu_model(const Variant& variant) {
  // Unicorn has no Cortex-M23; what a Cortex-M33 has of Armv8-M Baseline does the same there.
  if (variant.has(Feature::kArmv8)) return UC_CPU_ARM_CORTEX_M33;
  if (!variant.has(Feature::kMainline)) return UC_CPU_ARM_CORTEX_M0;
  if (!variant.has(Feature::kDsp)) return UC_CPU_ARM_CORTEX_M3;
  return variant.has(Feature::kDouble) ? UC_CPU_ARM_CORTEX_M7 : UC_CPU_ARM_CORTEX_M4;
}

struct CloseUnicorn {
  void operator()(uc_engine* engine) const { uc_close(engine); }
};

std::string differences(const CoreImage& ours, const CoreImage& theirs) {
  std::string text;
  for (std::size_t i = 0; i < ours.r.size(); ++i) {
    if (ours.r[i] == theirs.r[i]) continue;
    text += fmt::format("  r{}: ours 0x{:08x}, Unicorn's 0x{:08x}\n", i, ours.r[i], theirs.r[i]);
  }
  if (ours.flags != theirs.flags) {
    text += fmt::format("  flags: ours 0x{:08x}, Unicorn's 0x{:08x}\n", ours.flags, theirs.flags);
  }
  for (std::size_t i = 0; i < ours.s.size(); ++i) {
    if (ours.s[i] == theirs.s[i]) continue;
    text += fmt::format("  s{}: ours 0x{:08x}, Unicorn's 0x{:08x}\n", i, ours.s[i], theirs.s[i]);
  }
  if (ours.fpscr != theirs.fpscr) {
    text += fmt::format("  fpscr: ours 0x{:08x}, Unicorn's 0x{:08x}\n", ours.fpscr, theirs.fpscr);
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
    interpreter.state().traps_unaligned = !variant.has(Feature::kMainline);
    uc_engine* engine = nullptr;
    // Thumb alone: UC_MODE_MCLASS would make every core a Cortex-M33.
    require(uc_open(UC_ARCH_ARM, UC_MODE_THUMB, &engine), "Unicorn opens");
    unicorn.reset(engine);
    require(uc_ctl_set_cpu_model(engine, cpu_model(variant)), "Unicorn knows the core");
    require(uc_mem_map_ptr(engine, kCodeBase, kCodeBytes, UC_PROT_READ | UC_PROT_EXEC,
                           code.bytes().data()),
            "Unicorn maps code");
    require(uc_mem_map_ptr(engine, kDataBase, kDataBytes, UC_PROT_READ | UC_PROT_WRITE,
                           their_data.data()),
            "Unicorn maps data");
  }

  std::string run_ours(std::uint32_t begin, std::uint32_t end, CoreImage& image, bool fp);
  std::string run_theirs(std::uint32_t begin, std::uint32_t end, CoreImage& image, bool fp);
  std::string compare_data();

  sim::MemoryWindow code, data;
  std::vector<std::uint64_t> their_data;
  std::unique_ptr<uc_engine, CloseUnicorn> unicorn;
  sim::Interpreter<arm::Translator> interpreter;
};

std::string DifferentialRunner::Engines::run_ours(std::uint32_t begin, std::uint32_t end,
                                                  CoreImage& image, bool fp) {
  arm::State& state = interpreter.state();
  std::copy(image.r.begin(), image.r.end(), state.r.begin());
  arm::set_xpsr(state, image.flags);
  if (fp) {
    state.s = image.s;
    state.fpscr = image.fpscr;
    state.control |= kFpContextActive;
  }
  state.trap = arm::Trap::kNone;
  state.pc = begin;
  try {
    const sim::Stop stop = interpreter.run();
    if (stop != sim::Stop::kTrap || state.trap != arm::Trap::kBreakpoint || state.pc != end) {
      return fmt::format("  ours stopped at 0x{:08x}, trap {}\n", state.pc,
                         static_cast<int>(state.trap));
    }
  } catch (const MemoryFault& fault) {
    return fmt::format("  ours faults at 0x{:08x}: {} bytes at 0x{:08x}, kind {}\n", state.pc,
                       fault.bytes, fault.address, static_cast<int>(fault.kind));
  } catch (const NotModelled& error) {
    return fmt::format("  ours: {}\n", error.what());
  }
  std::copy(state.r.begin(), state.r.begin() + 15, image.r.begin());
  image.flags = arm::xpsr(state) & kFlags;
  if (fp) {
    image.s = state.s;
    image.fpscr = state.fpscr;
  }
  return {};
}

std::string DifferentialRunner::Engines::run_theirs(std::uint32_t begin, std::uint32_t end,
                                                    CoreImage& image, bool fp) {
  uc_engine* engine = unicorn.get();
  const auto core_register = [](std::size_t i) {
    if (i < 13) return UC_ARM_REG_R0 + static_cast<int>(i);
    return static_cast<int>(i == 13 ? UC_ARM_REG_SP : UC_ARM_REG_LR);
  };
  for (std::size_t i = 0; i < image.r.size(); ++i) {
    uc_reg_write(engine, core_register(i), &image.r[i]);
  }
  const std::uint32_t xpsr = image.flags | 1U << 24;
  uc_reg_write(engine, UC_ARM_REG_XPSR, &xpsr);  // which leaves GE alone
  uc_reg_write(engine, UC_ARM_REG_APSR_NZCVQG, &xpsr);
  if (fp) {
    for (int i = 0; i < 16; ++i) {
      std::uint64_t value = 0;
      std::memcpy(&value, &image.s[2 * static_cast<std::size_t>(i)], sizeof(value));
      uc_reg_write(engine, UC_ARM_REG_D0 + i, &value);
    }
    uc_reg_write(engine, UC_ARM_REG_FPSCR, &image.fpscr);
    // Otherwise the first FP instruction would start a context, which changes FPSCR.
    const std::uint32_t control = kFpContextActive;
    uc_reg_write(engine, UC_ARM_REG_CONTROL, &control);
  }
  const uc_err error = uc_emu_start(engine, begin | 1U, end, 0, 0);
  std::uint32_t pc = 0;
  uc_reg_read(engine, UC_ARM_REG_PC, &pc);
  if (error != UC_ERR_OK || pc != end) {
    return fmt::format("  Unicorn stopped at 0x{:08x}: {}\n", pc, uc_strerror(error));
  }
  for (std::size_t i = 0; i < image.r.size(); ++i) {
    uc_reg_read(engine, core_register(i), &image.r[i]);
  }
  uc_reg_read(engine, UC_ARM_REG_XPSR, &image.flags);
  image.flags &= kFlags;
  if (fp) {
    for (int i = 0; i < 16; ++i) {
      std::uint64_t value = 0;
      uc_reg_read(engine, UC_ARM_REG_D0 + i, &value);
      std::memcpy(&image.s[2 * static_cast<std::size_t>(i)], &value, sizeof(value));
    }
    uc_reg_read(engine, UC_ARM_REG_FPSCR, &image.fpscr);
  }
  return {};
}

std::string DifferentialRunner::Engines::compare_data() {
  const std::span<std::uint8_t> ours = data.bytes();
  const auto* theirs = reinterpret_cast<const std::uint8_t*>(their_data.data());
  if (std::memcmp(ours.data(), theirs, kDataBytes) == 0) return {};
  std::string text;
  int shown = 0;
  for (std::uint32_t i = 0; i < kDataBytes && shown < 8; ++i) {
    if (ours[i] == theirs[i]) continue;
    text += fmt::format("  byte at 0x{:08x}: ours 0x{:02x}, Unicorn's 0x{:02x}\n", kDataBase + i,
                        ours[i], theirs[i]);
    ++shown;
  }
  return text;
}

DifferentialRunner::DifferentialRunner(const Variant& variant, bool floating_point)
    : variant_(variant), floating_point_(floating_point) {
  renew();
}

DifferentialRunner::~DifferentialRunner() = default;

// Every run has code addresses of its own, so that neither engine can take a block for another;
// when they are used up, both start afresh.
void DifferentialRunner::renew() {
  auto fresh = std::make_unique<Engines>(variant_);
  if (engines_ != nullptr) {
    std::memcpy(fresh->data.bytes().data(), engines_->data.bytes().data(), kDataBytes);
    std::memcpy(fresh->their_data.data(), engines_->data.bytes().data(), kDataBytes);
  }
  engines_ = std::move(fresh);
  next_code_ = kFirstCode;
}

void DifferentialRunner::fill_data(std::span<const std::uint8_t> data) {
  check(data.size() == kDataBytes, "the data window is filled whole");
  std::memcpy(engines_->data.bytes().data(), data.data(), kDataBytes);
  std::memcpy(engines_->their_data.data(), data.data(), kDataBytes);
}

std::vector<std::uint8_t> DifferentialRunner::data() const {
  const auto bytes = engines_->data.bytes();
  return {bytes.begin(), bytes.end()};
}

std::string DifferentialRunner::run(const Sequence& sequence, const CoreImage& start) {
  std::vector<std::uint8_t> code = assemble(sequence);
  const auto bytes = static_cast<std::uint32_t>(code.size());
  if (next_code_ + bytes + 2 > kLastCode) renew();
  const std::uint32_t begin = next_code_;
  const std::uint32_t end = begin + bytes;
  const std::span<std::uint8_t> at = engines_->code.at(begin, bytes + 2);
  std::copy(code.begin(), code.end(), at.begin());
  std::memcpy(at.data() + bytes, &kBreakpoint, sizeof(kBreakpoint));
  next_code_ = (end + 2 + 3) & ~3U;

  CoreImage ours = start, theirs = start;
  std::string text = engines_->run_ours(begin, end, ours, floating_point_);
  text += engines_->run_theirs(begin, end, theirs, floating_point_);
  constexpr std::uint32_t kQ = 1U << 27;
  if (std::any_of(sequence.begin(), sequence.end(), [](const Piece& p) { return p.spoils_q; })) {
    ours.flags |= kQ;
    theirs.flags |= kQ;
  }
  if (text.empty() && ours != theirs) text = differences(ours, theirs);
  text += engines_->compare_data();
  return text;
}

std::string DifferentialRunner::disassembly(const Sequence& sequence) {
  return isa::disassembly(engines_->interpreter.decoder(), sequence);
}

}  // namespace boardless::isa
