// A batch of cases run by our interpreter, at the addresses that QEMU runs them at.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "isa/arm/translator.h"
#include "sim/guest_memory.h"
#include "sim/interpreter.h"
#include "tests/isa/qemu_batch.h"

namespace boardless::isa {
namespace {

constexpr std::uint32_t kFpContextActive = 12;  // CONTROL.FPCA and, on Armv8-M, SFPA
constexpr std::uint32_t kFlags = 0xf80f0000;    // NZCVQ and GE

using Engine = sim::Interpreter<arm::Translator>;

void set_state(arm::State& state, const CoreImage& image) {
  std::copy(image.r.begin(), image.r.end(), state.r.begin());
  arm::set_xpsr(state, image.flags);
  state.s = image.s;
  state.fpscr = image.fpscr;
  state.vpr = image.vpr;
  state.control |= kFpContextActive;
  arm::note_predication(state);
  state.trap = arm::Trap::kNone;
}

CoreImage image_of(const arm::State& state) {
  CoreImage image;
  std::copy(state.r.begin(), state.r.begin() + 15, image.r.begin());
  image.flags = arm::xpsr(state) & kFlags;
  image.s = state.s;
  image.fpscr = state.fpscr;
  image.vpr = state.vpr;
  return image;
}

// Of an exception with the floating-point context, and its alignment (DDI 0553 B3.20).
constexpr std::uint32_t kFrameBytes = 0x70;

void run(Engine& engine, Outcome& outcome) {
  arm::State& state = engine.state();
  try {
    const sim::Stop stop = engine.run();
    if (stop == sim::Stop::kTrap && state.trap == arm::Trap::kSupervisorCall) {
      outcome.end = Outcome::End::kFinished;
    } else if (stop == sim::Stop::kTrap && state.trap == arm::Trap::kUndefined) {
      outcome.end = Outcome::End::kUndefined;
    } else if (stop == sim::Stop::kTrap && state.trap == arm::Trap::kInvalidState) {
      outcome.end = Outcome::End::kInvalidState;
    } else {
      outcome.end = Outcome::End::kOtherFault;
      outcome.note = fmt::format("trap {}", static_cast<int>(state.trap));
    }
  } catch (const MemoryFault& fault) {
    const bool stray = fault.kind != MemoryFault::Kind::kUnaligned;
    outcome.end = stray ? Outcome::End::kStray : Outcome::End::kUnaligned;
    outcome.note = fmt::format("{} bytes at 0x{:08x}", fault.bytes, fault.address);
  } catch (const NotModelled& error) {
    outcome.note = error.what();
  }
}

}  // namespace

std::vector<Outcome> QemuBatch::run_on_our_engine(const Variant& variant) const {
  using Access = sim::MemoryWindow::Access;
  sim::MemoryWindow code("code", board_.blob, blob_.size(), Access::kReadExecute);
  std::memcpy(code.bytes().data(), blob_.data(), blob_.size());
  sim::MemoryWindow data("data", window_.base, window_.pattern.size(), Access::kReadWrite);
  Engine engine(variant);
  engine.memory().map(code);
  engine.memory().map(data);
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    Outcome& outcome = outcomes.emplace_back();
    std::memcpy(data.bytes().data(), window_.pattern.data(), window_.pattern.size());
    set_state(engine.state(), cases_[i].start);
    engine.state().pc = code_[i].begin;
    run(engine, outcome);
    outcome.pc = engine.state().pc - code_[i].begin;
    outcome.image = image_of(engine.state());
    // The judge's exception at the end needs room below the stack pointer.
    const std::uint32_t stack = outcome.image.r[13] - window_.base;
    if (stack < kFrameBytes || stack > window_.pattern.size()) outcome.end = Outcome::End::kStray;
    for (std::uint32_t at = 0; at < window_.pattern.size(); at += 4) {
      std::uint32_t before = 0, after = 0;
      std::memcpy(&before, &window_.pattern[at], 4);
      std::memcpy(&after, &data.bytes()[at], 4);
      if (before != after) outcome.changed.emplace(at, after);
    }
  }
  return outcomes;
}

}  // namespace boardless::isa
