// Judges our RISC-V machine by QEMU on random cases, from the command line:
//   build/release/bin/fuzz_riscv_against_qemu --cases 1000000 --differences 20
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "base/error.h"
#include "tests/isa/riscv_case_fuzz.h"

int main(int argc, char** argv) {
  using namespace boardless;
  CLI::App app(
      "Runs random programs on our RISC-V machine and in qemu-system-riscv32, and compares");
  int cases = 10000;
  std::uint32_t seed = 1;
  std::size_t differences = 1;
  std::string variant;
  app.add_option("--cases", cases, "How many, for each instruction set");
  app.add_option("--seed", seed, "Another seed, other cases");
  app.add_option("--differences", differences, "Stop after so many differences");
  app.add_option("--variant", variant, "Only this instruction set");
  CLI11_PARSE(app, argc, argv);
  bool good = true;
  try {
    for (const isa::riscv::CaseMix& mix : isa::riscv::case_mixes()) {
      if (!variant.empty() && variant != mix.variant) continue;
      const isa::riscv::CaseFuzzReport report =
          isa::riscv::fuzz_cases(mix, cases, seed, differences);
      for (const std::string& difference : report.differences) std::cout << difference << '\n';
      std::string causes;
      for (const auto& [cause, count] : report.causes) {
        causes += fmt::format(" {}: {}", cause, count);
      }
      std::cout << fmt::format(
          "{}: seed {}: {} cases compared, {} opcodes, {} differences shown; by mcause:{}\n",
          mix.variant, seed, report.cases, report.covered.size(), report.differences.size(),
          causes);
      good = good && report.differences.empty();
    }
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
  return good ? 0 : 1;
}
