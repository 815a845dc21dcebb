// What instructions did on hardware, as text that holds nothing but states before and after:
//
//   form NAME                                  of the instructions that follow
//   inputs NAME N                              and N lines, each a state before
//   instruction INPUTS PARTS CONDITION TEXT    and as many lines as INPUTS has, the states after
//
// A state is hexadecimal words, which stand for PARTS in their order, separated by commas: nzcv, q
// and ge as in APSR, fpscr, r0 to r14, d0 to d31. A register that is named twice has the last of
// its values. TEXT is UAL; "<c>" in it is the place of CONDITION, "al" for none. Inputs are those
// of the form. scripts/read_vixl_results.py writes it.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace boardless::isa {

struct StatePart {
  enum class Kind { kNzcv, kQ, kGe, kFpscr, kCore, kDouble };
  Kind kind = Kind::kCore;
  unsigned number = 0;  // of a register
};

struct RecordedInstruction {
  std::string form, condition, text;
  std::vector<StatePart> parts;
  // States after each other, a word for each part.
  std::vector<std::uint64_t> results;
  std::span<const std::uint64_t> inputs;  // as many; the reader's

  std::size_t vectors() const { return results.size() / parts.size(); }
  std::span<const std::uint64_t> input(std::size_t i) const {
    return inputs.subspan(i * parts.size(), parts.size());
  }
  std::span<const std::uint64_t> result(std::size_t i) const {
    return std::span(results).subspan(i * parts.size(), parts.size());
  }
};

class RecordedResults {
 public:
  explicit RecordedResults(std::istream& in) : in_(in) {}

  // The next instruction; false at the end. Throws InputError naming the line.
  bool next(RecordedInstruction& instruction);

 private:
  bool next_line();
  [[noreturn]] void refuse(std::string_view what) const;
  void read_words(std::size_t lines, std::vector<std::uint64_t>& words);

  std::istream& in_;
  std::string line_;
  std::size_t number_ = 0;
  std::string form_;
  struct Inputs {
    std::size_t states = 0;
    std::vector<std::uint64_t> words;
  };
  std::map<std::string, Inputs> inputs_;
};

}  // namespace boardless::isa
