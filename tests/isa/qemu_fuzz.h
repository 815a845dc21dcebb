// Random sequences in batches, our engine against QEMU.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/isa/qemu_batch.h"

namespace boardless::isa {

// A part of an instruction set that is judged on its own.
struct QemuGroup {
  std::string_view name;
  std::string_view machine;
  std::string_view variant;
  bool (*includes)(const Decoded& decoded, std::string_view opcode_name);
  void (*seed)(Random& random, CoreImage& image) = nullptr;  // S0-S31, FPSCR, VPR
  bool vectors = false;
  bool loops = false;
};

std::span<const QemuGroup> qemu_groups();
// Throws InputError naming the known groups.
const QemuGroup& find_qemu_group(std::string_view name);

struct QemuFuzzOptions {
  int instructions = 10000;
  std::uint32_t seed = 1;
  int samples = 3000000;     // random encodings to learn from, for groups of vectors
  int most_differences = 1;  // stops when so many were found, each with opcodes of its own
  std::string opcode;        // only opcode names that start so, and what sets up their operands
};

struct QemuFuzzReport {
  std::vector<std::string> differences;  // each shrunk and explained
  long instructions = 0;                 // in the cases compared
  int cases = 0, faults = 0;
  int strays = 0;                      // cases not compared: our engine left the data window,
  int deviations = 0;                  // or came to what QEMU is known not to do
  std::map<std::string, int> covered;  // opcode names generated
  std::set<std::string> not_modelled;  // opcode names without semantics
};

QemuFuzzReport fuzz_against_qemu(const QemuGroup& group, const QemuFuzzOptions& options);

}  // namespace boardless::isa
