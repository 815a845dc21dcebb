// What counts as a difference between two outcomes.
#include "tests/isa/case.h"

#include <fmt/format.h>

#include <utility>

namespace boardless::isa {
namespace {

constexpr std::uint32_t kFrameBytes = 36;  // eight words, and one that may align them

const char* name_of(Outcome::End end) {
  switch (end) {
    case Outcome::End::kFinished:
      return "finished";
    case Outcome::End::kUndefined:
      return "undefined instruction";
    case Outcome::End::kUnaligned:
      return "unaligned access";
    case Outcome::End::kInvalidState:
      return "invalid state";
    case Outcome::End::kOtherFault:
      return "another fault";
    case Outcome::End::kStray:
      return "outside the data window";
    case Outcome::End::kNotRun:
      break;
  }
  return "not run";
}

void compare(std::string& text, const std::string& what, std::uint32_t ours, std::uint32_t theirs) {
  if (ours == theirs) return;
  text += fmt::format("  {}: ours 0x{:08x}, theirs 0x{:08x}\n", what, ours, theirs);
}

}  // namespace

std::string difference(const Outcome& ours, const Outcome& theirs) {
  std::string text;
  if (ours.end != theirs.end || ours.pc != theirs.pc) {
    return fmt::format("  ours: {} at +0x{:x} {}, theirs: {} at +0x{:x} {}\n", name_of(ours.end),
                       ours.pc, ours.note, name_of(theirs.end), theirs.pc, theirs.note);
  }
  for (std::size_t i = 0; i < ours.image.r.size(); ++i) {
    compare(text, fmt::format("r{}", i), ours.image.r[i], theirs.image.r[i]);
  }
  compare(text, "flags", ours.image.flags, theirs.image.flags);
  compare(text, "fpscr", ours.image.fpscr, theirs.image.fpscr);
  compare(text, "vpr", ours.image.vpr, theirs.image.vpr);
  // How much of a load or store happens before its fault is up to the implementation (DDI 0553
  // B3.16: a vector instruction may have executed some of its beats).
  if (ours.end != Outcome::End::kFinished) return text;
  for (std::size_t i = 0; i < ours.image.s.size(); ++i) {
    compare(text, fmt::format("s{} (q{}[{}])", i, i / 4, i % 4), ours.image.s[i],
            theirs.image.s[i]);
  }
  const std::uint32_t stack = theirs.image.r[13] & 0xffff;  // windows are aligned to that
  const auto in_frame = [&](std::uint32_t offset) {
    return offset < stack && stack - offset <= kFrameBytes;
  };
  constexpr std::uint32_t kUnchanged = 0;
  std::map<std::uint32_t, std::pair<const std::uint32_t*, const std::uint32_t*>> words;
  for (const auto& [offset, value] : ours.changed) words[offset].first = &value;
  for (const auto& [offset, value] : theirs.changed) words[offset].second = &value;
  for (const auto& [offset, pair] : words) {
    if (in_frame(offset)) continue;
    const auto& [mine, other] = pair;
    if (mine != nullptr && other != nullptr && *mine == *other) continue;
    text +=
        fmt::format("  word at data + 0x{:04x}: ours {}0x{:08x}, theirs {}0x{:08x}\n", offset,
                    mine == nullptr ? "unchanged " : "", mine == nullptr ? kUnchanged : *mine,
                    other == nullptr ? "unchanged " : "", other == nullptr ? kUnchanged : *other);
  }
  return text;
}

std::string image_text(const CoreImage& image) {
  std::string text;
  for (std::size_t i = 0; i < image.r.size(); ++i) {
    text += fmt::format("  r{:<2} 0x{:08x}{}", i, image.r[i], i % 4 == 3 ? "\n" : "");
  }
  text += fmt::format("  flags 0x{:08x}\n", image.flags);
  for (std::size_t i = 0; i < image.s.size(); ++i) {
    text += i % 4 == 0 ? fmt::format("  q{}", i / 4) : "";
    text += fmt::format(" {:08x}{}", image.s[i], i % 4 == 3 ? "\n" : "");
  }
  text += fmt::format("  fpscr 0x{:08x}  vpr 0x{:08x}\n", image.fpscr, image.vpr);
  return text;
}

}  // namespace boardless::isa
