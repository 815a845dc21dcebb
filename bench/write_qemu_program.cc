// Writes a network of the zoo as the memory contents that bench/qemu/repeat.c runs:
//
//   write_qemu_program NETWORK IMAGE FOLDER      (kws v7e-m-fp build/bench/qemu)
//
// FOLDER/program.bin belongs at BQ_PROGRAM_BASE, FOLDER/constants.bin at BQ_CONSTANTS_BASE, the
// number of inferences at BQ_INFERENCES; the kernel image goes where it is linked. Prints the
// instructions of one inference.
#include <fmt/format.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/output_file.h"
#include "bench/qemu/program.h"
#include "bench/repeatable_run.h"
#include "kernels/memory_map.h"

namespace boardless::bench {
namespace {

static_assert(BQ_CONSTANTS_BASE + BQ_CONSTANTS_BYTES <= BQ_PROGRAM_BASE,
              "the constants end below the program");

// Constants move from their own window to where the board has memory; all else keeps its address.
std::uint32_t on_board(std::uint32_t address) {
  const bool constant =
      address >= kernels::kConstantsBase && address < kernels::kConstantsBase + BQ_CONSTANTS_BYTES;
  return constant ? address - kernels::kConstantsBase + BQ_CONSTANTS_BASE : address;
}

class ProgramWriter {
 public:
  explicit ProgramWriter(RepeatableRun& run) : run_(run) {
    const std::span<std::uint8_t> constants = run.machine().constants().bytes();
    constants_.assign(constants.begin(), constants.end());
  }

  void add_calls(const prediction::Workload& workload) {
    check(run_.calls().size() <= BQ_MAX_CALLS, "the program has room for every call");
    for (std::size_t i = 0; i < run_.calls().size(); ++i) {
      const sim::KernelCall& call = run_.calls()[i];
      move_operands(call.operands, workload.prepared.operators[i].operands.size());
      program_.call[program_.calls++] = {run_.image().find(call.function)->address | 1U,
                                         on_board(call.params), on_board(call.operands),
                                         call.scratch};
    }
  }

  void add_data(const prediction::Workload& workload) {
    if (workload.graph.inputs.size() != 1 || workload.graph.outputs.size() != 1) {
      throw InputError("only networks with one input and one output can be written");
    }
    const std::vector<std::uint8_t>& input = workload.inputs_of(0).front();
    const std::span<const std::uint8_t> output = workload.expected.output(workload.graph);
    program_.input = run_.layout().tensor_address(workload.graph.inputs.front());
    program_.input_source = append(input);
    program_.input_bytes = static_cast<std::uint32_t>(input.size());
    program_.output = run_.layout().tensor_address(workload.graph.outputs.front());
    program_.expected_output = append(output);
    program_.output_bytes = static_cast<std::uint32_t>(output.size());
  }

  void write(const std::filesystem::path& folder) const {
    check(constants_.size() <= BQ_CONSTANTS_BYTES, "the constants fit into the board's memory");
    check(run_.layout().arena().plan.bytes <= BQ_ARENA_BYTES,
          "the arena fits into the board's memory");
    write_file(folder / "constants.bin",
               {reinterpret_cast<const char*>(constants_.data()), constants_.size()});
    write_file(folder / "program.bin", {reinterpret_cast<const char*>(&program_), sizeof program_});
  }

 private:
  void move_operands(std::uint32_t list, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      std::uint8_t* const entry =
          &constants_[list - kernels::kConstantsBase + i * sizeof(std::uint32_t)];
      std::uint32_t address = 0;
      std::memcpy(&address, entry, sizeof address);
      address = on_board(address);
      std::memcpy(entry, &address, sizeof address);
    }
  }

  std::uint32_t append(std::span<const std::uint8_t> bytes) {
    const auto address = static_cast<std::uint32_t>(BQ_CONSTANTS_BASE + constants_.size());
    constants_.insert(constants_.end(), bytes.begin(), bytes.end());
    return address;
  }

  RepeatableRun& run_;
  std::vector<std::uint8_t> constants_;
  bq_program program_{};
};

void write_program(const std::string& network, const std::string& image,
                   const std::filesystem::path& folder) {
  const prediction::Workload workload = zoo_workload(network);
  RepeatableRun run(workload, isa::find_variant(image));
  ProgramWriter writer(run);
  writer.add_calls(workload);
  writer.add_data(workload);
  writer.write(folder);
  fmt::print("{}\n", count_instructions(run));
}

}  // namespace
}  // namespace boardless::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: write_qemu_program NETWORK IMAGE FOLDER\n", stderr);
    return 2;
  }
  try {
    boardless::bench::write_program(argv[1], argv[2], argv[3]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "write_qemu_program: %s\n", error.what());
    return 2;
  }
}
