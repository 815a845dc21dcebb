// Runs on our interpreter what was recorded on hardware, and compares.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "isa/arm/translator.h"
#include "isa/variant.h"
#include "sim/guest_memory.h"
#include "sim/interpreter.h"
#include "tests/isa/recorded_results.h"

namespace boardless::isa {

class RecordedComparison {
 public:
  struct Form {
    std::size_t instructions = 0, vectors = 0, equal = 0;  // that were run
    std::map<std::string, std::size_t> skipped;            // vectors, by why
    Form& operator+=(const Form& other);
  };

  explicit RecordedComparison(const Variant& variant);

  // Throws InputError for an instruction that the variant should have and that does not assemble.
  void add(const RecordedInstruction& instruction);

  const std::map<std::string, Form>& forms() const { return forms_; }
  Form total() const;
  // The first few that differ, in words.
  const std::vector<std::string>& differences() const { return differences_; }

 private:
  static constexpr std::uint32_t kCode = 0x10000, kCodeBytes = 0x400000;
  using Core = std::array<std::uint32_t, 16>;

  // Where its code begins; BKPT #0 is at `end_`.
  std::uint32_t place(const RecordedInstruction& instruction);
  // Empty when both are the same.
  std::string run(const RecordedInstruction& instruction, std::size_t vector, std::uint32_t begin);
  std::string difference(const RecordedInstruction& instruction, std::size_t vector,
                         const Core& before) const;

  const Variant& variant_;
  sim::MemoryWindow code_;
  sim::Interpreter<arm::Translator> interpreter_;
  std::uint32_t next_ = kCode, end_ = kCode;
  std::map<std::string, Form> forms_;
  std::vector<std::string> differences_;
};

}  // namespace boardless::isa
