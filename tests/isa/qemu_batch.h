// Many test cases laid out in a board's memory, for one run of QEMU and for our engine at the same
// addresses. tests/programs/cases.S runs them in QEMU and describes the records.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/isa/case.h"

namespace boardless::isa {

struct QemuBoard {
  std::string_view machine;  // QEMU's name
  std::string_view program;  // file name of the program that runs the cases
  std::uint32_t blob;        // where that program looks for them
};

// Throws InputError naming the known boards.
const QemuBoard& find_qemu_board(std::string_view machine);

// Whether qemu-system-arm can be started.
bool has_qemu();

class QemuBatch {
 public:
  // All are kept by reference.
  QemuBatch(const QemuBoard& board, const DataWindow& window, std::span<const Case> cases);

  std::vector<Outcome> run_in_qemu() const;
  std::vector<Outcome> run_on_our_engine(const Variant& variant) const;

 private:
  struct Code {
    std::uint32_t begin = 0, end = 0;
  };
  void put(std::uint32_t address, std::uint32_t word);
  Outcome outcome_at(std::span<const std::uint32_t> words, std::size_t& at, Code code) const;

  const QemuBoard& board_;
  const DataWindow& window_;
  std::span<const Case> cases_;
  std::vector<std::uint8_t> blob_;
  std::vector<Code> code_;
};

}  // namespace boardless::isa
