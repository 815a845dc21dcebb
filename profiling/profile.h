// Why a run took its cycles: by function, by line, by hot block and instruction; and how deep its
// stack went.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "isa/decoder.h"
#include "profiling/code_map.h"
#include "profiling/memory_traffic.h"
#include "profiling/profiler.h"

namespace boardless::profiling {

// Cycles by cause name (cost_models::stall_cause_name), and one more: "pause" (exception entry and
// return, sleep).
using Causes = std::map<std::string, Cycles>;

struct FunctionProfile {
  std::string name;
  Cycles self = 0;
  Cycles total = 0;  // with what it called; counted once where it calls itself
  std::uint64_t calls = 0;
  Causes causes;  // of self
};

struct LineProfile {
  std::string file;
  std::uint32_t line = 0;
  Cycles cycles = 0;
};

// Averages over all executions of the block.
struct InstructionProfile {
  std::uint32_t address = 0;
  std::string text;
  double issue = 0;   // cycle of the block in which it issues
  double cycles = 0;  // charged to it
  std::map<std::string, double> causes;
};

struct BlockProfile {
  std::uint32_t address = 0;
  std::string function;
  std::uint64_t executions = 0;
  Cycles cycles = 0;
  Cycles pipeline_cycles = 0;  // the instructions' cycles times executions sum to these
  Cycles paused = 0;
  Cycles by_operands = 0;  // beyond the pipeline's: divisions and the like, by their operands
  Causes memory;           // beyond the pipeline's: waits for memory, unaligned accesses
  std::vector<InstructionProfile> instructions;
};

// A function as it was called on one path.
struct PathProfile {
  std::uint32_t parent = 0;    // its place; of the first, which is no function, its own
  std::uint32_t function = 0;  // its place among the profile's path_functions
  Cycles self = 0;
};

struct Profile {
  Cycles cycles = 0;                       // of the run
  std::vector<FunctionProfile> functions;  // by self, most first; self sums to cycles
  std::vector<LineProfile> lines;          // by cycles; empty without debug information
  std::vector<BlockProfile> hot_blocks;    // by cycles
  std::vector<MemoryUse> memories;         // empty unless accesses were counted
  // The calls in progress where the stack pointer was lowest at the beginning of a block.
  std::vector<std::string> deepest_path;
  std::uint32_t stack_bytes = 0;  // from where it was at reset
  // Empty unless samples were kept.
  std::vector<PathProfile> paths;  // a parent before its children
  std::vector<std::string> path_functions;
  std::vector<std::uint32_t> samples;  // over time, the path at the beginning of each step
  Cycles sample_cycles = 0;            // of a step
  std::string folded;                  // viewer_formats.h
  std::string trace;                   // empty unless events were kept
  std::uint64_t dropped_events = 0;
  std::vector<std::string> remarks;  // what is not shown, and why
};

// What a profile takes its instructions' text from; bytes may be empty.
using CodeBytes = std::span<const std::uint8_t> (*)(void* memory, std::uint32_t address);

// Of a finished profiler, before its timing's costs are taken. `hot_blocks`: how many to explain.
struct ProfileSources {
  const cost_models::TimingRun& timing;
  const isa::BlockTable& blocks;
  const CodeMap& code;
  isa::Decoder& decoder;
  void* memory = nullptr;
  CodeBytes bytes = nullptr;
  std::optional<std::filesystem::path> debug_file;  // an ELF file: lines, where it has them
};
Profile make_profile(const Profiler& profiler, const ProfileSources& from, std::size_t hot_blocks);

}  // namespace boardless::profiling
