// One test case of a differential test, and what an engine makes of it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tests/isa/differential.h"

namespace boardless::isa {

struct Case {
  CoreImage start;
  Sequence sequence;  // followed by an SVC
};

// Where each case's data memory begins and what it holds before every case.
struct DataWindow {
  std::uint32_t base = 0;
  std::vector<std::uint8_t> pattern;
};

struct Outcome {
  enum class End {
    kFinished,
    kUndefined,     // UsageFault, UNDEFINSTR
    kUnaligned,     // UsageFault, UNALIGNED
    kInvalidState,  // UsageFault, INVSTATE
    kOtherFault,    // `note` says which
    kStray,         // our engine left the data window: no judge can say what is right
    kNotRun,        // `note` says why
  };
  End end = End::kNotRun;
  std::string note;
  std::uint32_t pc = 0;  // from the start of the code
  CoreImage image;
  std::map<std::uint32_t, std::uint32_t> changed;  // words of data memory, by offset
};

// Empty when both are the same. `theirs` took an exception, which wrote its frame below the stack
// pointer: memory is not compared there.
std::string difference(const Outcome& ours, const Outcome& theirs);

std::string image_text(const CoreImage& image);

}  // namespace boardless::isa
