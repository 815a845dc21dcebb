// Assembles an instruction, and lets it run from every state that was recorded.
#include "tests/isa/recorded_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "tests/isa/assembler.h"

namespace boardless::isa {
namespace {

using Kind = StatePart::Kind;

constexpr std::size_t kMostDifferences = 20;
constexpr std::uint32_t kNzcv = 0xf0000000, kQ = 0x08000000, kGe = 0x000f0000;

// Why no M-profile core, or not this one, has the instruction; empty: it has.
std::string lacks(const Variant& variant, const RecordedInstruction& instruction) {
  constexpr unsigned kDoubles = 16;
  if (instruction.text.starts_with("crc32")) return "CRC32, of A-profile alone";
  const bool extended = std::ranges::any_of(instruction.parts, [](const StatePart& part) {
    return part.kind == Kind::kDouble && part.number >= kDoubles;
  });
  if (extended) return "D16 to D31, of A-profile alone";
  const bool is_double = instruction.text.find(".f64") != std::string::npos;
  if (is_double && !variant.has(Feature::kDouble)) return "double precision";
  return "";
}

std::string_view opposite(std::string_view condition) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kPairs{{{"eq", "ne"},
                                                                                 {"cs", "cc"},
                                                                                 {"mi", "pl"},
                                                                                 {"vs", "vc"},
                                                                                 {"hi", "ls"},
                                                                                 {"ge", "lt"},
                                                                                 {"gt", "le"}}};
  for (const auto& [one, other] : kPairs) {
    if (condition == one) return other;
    if (condition == other) return one;
  }
  throw InputError(fmt::format("'{}' is no condition", condition));
}

std::string with_condition(std::string text, std::string_view condition) {
  constexpr std::string_view kPlace = "<c>";
  const std::size_t at = text.find(kPlace);
  if (condition == "al") condition = "";
  return at == std::string::npos ? text : text.replace(at, kPlace.size(), condition);
}

// In an IT block; behind a branch where an IT block cannot hold it, as MULS, which sets no flags
// there.
std::vector<std::uint8_t> code_of(const Variant& variant, const RecordedInstruction& instruction) {
  constexpr const char* kEnd = "; bkpt #0";
  const std::string plain = with_condition(instruction.text, "al");
  if (instruction.condition == "al") return assemble(variant, plain + kEnd);
  try {
    return assemble(variant,
                    fmt::format("it {0}; {1}{2}", instruction.condition,
                                with_condition(instruction.text, instruction.condition), kEnd));
  } catch (const InputError&) {
    return assemble(variant,
                    fmt::format("b{} 1f; {}; 1:{}", opposite(instruction.condition), plain, kEnd));
  }
}

void set(arm::State& state, const StatePart& part, std::uint64_t value) {
  const auto word = static_cast<std::uint32_t>(value);
  const auto put = [&](std::uint32_t bits) {
    arm::set_xpsr(state, (arm::xpsr(state) & ~bits) | (word & bits));
  };
  switch (part.kind) {
    case Kind::kNzcv:
      return put(kNzcv);
    case Kind::kQ:
      return put(kQ);
    case Kind::kGe:
      return put(kGe);
    case Kind::kFpscr:  // hardware that records has no LTPSIZE
      state.fpscr = (word & ~arm::kLtpsizeMask) | (state.fpscr & arm::kLtpsizeMask);
      return;
    case Kind::kCore:
      state.r[part.number] = word;
      return;
    case Kind::kDouble:
      std::memcpy(&state.s[std::size_t{2} * part.number], &value, sizeof(value));
      return;
  }
}

std::uint64_t get(const arm::State& state, const StatePart& part) {
  switch (part.kind) {
    case Kind::kNzcv:
      return arm::xpsr(state) & kNzcv;
    case Kind::kQ:
      return arm::xpsr(state) & kQ;
    case Kind::kGe:
      return arm::xpsr(state) & kGe;
    case Kind::kFpscr:
      return state.fpscr & ~arm::kLtpsizeMask;
    case Kind::kCore:
      return state.r[part.number];
    case Kind::kDouble:
      break;
  }
  std::uint64_t value = 0;
  std::memcpy(&value, &state.s[std::size_t{2} * part.number], sizeof(value));
  return value;
}

std::string words(std::span<const std::uint64_t> state) {
  std::string text;
  for (const std::uint64_t word : state) text += fmt::format(" {:08x}", word);
  return text;
}

}  // namespace

RecordedComparison::Form& RecordedComparison::Form::operator+=(const Form& other) {
  instructions += other.instructions;
  vectors += other.vectors;
  equal += other.equal;
  for (const auto& [why, count] : other.skipped) skipped[why] += count;
  return *this;
}

RecordedComparison::Form RecordedComparison::total() const {
  Form all;
  for (const auto& [name, form] : forms_) all += form;
  return all;
}

RecordedComparison::RecordedComparison(const Variant& variant)
    : variant_(variant),
      code_("code", kCode, kCodeBytes, sim::MemoryWindow::Access::kReadExecute),
      interpreter_(variant) {
  interpreter_.memory().map(code_);
}

std::uint32_t RecordedComparison::place(const RecordedInstruction& instruction) {
  constexpr std::uint32_t kBreakpointBytes = 2;
  const std::vector<std::uint8_t> code = code_of(variant_, instruction);
  const std::uint32_t begin = next_;
  std::ranges::copy(code, code_.at(begin, code.size()).begin());
  next_ += static_cast<std::uint32_t>(code.size());
  end_ = next_ - kBreakpointBytes;
  return begin;
}

std::string RecordedComparison::difference(const RecordedInstruction& instruction,
                                           std::size_t vector, const Core& before) const {
  const arm::State& state = interpreter_.state();
  if (state.trap != arm::Trap::kBreakpoint || state.pc != end_) {
    return fmt::format("it ended at +0x{:x} with trap {}", state.pc - end_,
                       static_cast<int>(state.trap));
  }
  std::vector<std::uint64_t> ours;
  Core expected = before;  // what is not recorded does not change
  for (std::size_t i = 0; i < instruction.parts.size(); ++i) {
    const StatePart& part = instruction.parts[i];
    ours.push_back(get(state, part));
    if (part.kind == Kind::kCore) {
      expected[part.number] = static_cast<std::uint32_t>(instruction.result(vector)[i]);
    }
  }
  if (!std::ranges::equal(ours, instruction.result(vector))) return "ours" + words(ours);
  if (state.r != expected) return "another register than those that were recorded changed";
  return "";
}

std::string RecordedComparison::run(const RecordedInstruction& instruction, std::size_t vector,
                                    std::uint32_t begin) {
  constexpr std::uint32_t kFpContextActive = 12;  // CONTROL.FPCA and, on Armv8-M, SFPA
  arm::State& state = interpreter_.state();
  for (std::uint32_t i = 0; i < state.r.size(); ++i) state.r[i] = 0x5a000000 | i << 8;
  arm::set_xpsr(state, 0);
  state.fpscr &= arm::kLtpsizeMask;
  state.control |= kFpContextActive;
  for (std::size_t i = 0; i < instruction.parts.size(); ++i) {
    set(state, instruction.parts[i], instruction.input(vector)[i]);
  }
  arm::note_predication(state);
  state.pc = begin;
  state.trap = arm::Trap::kNone;
  const Core before = state.r;
  interpreter_.run();
  return difference(instruction, vector, before);
}

void RecordedComparison::add(const RecordedInstruction& instruction) {
  Form& form = forms_[instruction.form];
  if (const std::string why = lacks(variant_, instruction); !why.empty()) {
    form.skipped[why] += instruction.vectors();
    return;
  }
  ++form.instructions;
  form.vectors += instruction.vectors();
  const std::uint32_t begin = place(instruction);
  for (std::size_t i = 0; i < instruction.vectors(); ++i) {
    const std::string difference = run(instruction, i, begin);
    if (difference.empty()) {
      ++form.equal;
    } else if (differences_.size() < kMostDifferences) {
      differences_.push_back(fmt::format("{} ({}): from{}: recorded{}, {}",
                                         with_condition(instruction.text, instruction.condition),
                                         instruction.form, words(instruction.input(i)),
                                         words(instruction.result(i)), difference));
    }
  }
}

}  // namespace boardless::isa
