// Blocks' counts summed by what they belong to; hot blocks told again, one entry state at a time.
#include "profiling/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "profiling/line_table.h"
#include "profiling/viewer_formats.h"

namespace boardless::profiling {
namespace {

using cost_models::Arrival;
using cost_models::kStallCauses;
using cost_models::PipelineState;
using cost_models::StallCause;
using cost_models::StallCounts;

std::string cause_name(std::size_t cause) {
  return std::string(cost_models::stall_cause_name(static_cast<StallCause>(cause)));
}

// One block's share of the pipeline's cycles.
struct PipelineUse {
  Cycles cycles = 0;
  StallCounts stalls{};
};

std::vector<PipelineUse> pipeline_uses(const ProfileSources& from) {
  std::vector<PipelineUse> uses(from.blocks.size());
  from.timing.pipeline(0).for_each_edge([&](std::uint32_t block, const PipelineState&, Arrival,
                                            std::uint64_t count, Cycles cycles,
                                            const StallCounts& stalls) {
    uses[block].cycles += count * cycles;
    for (std::size_t i = 0; i < kStallCauses; ++i) uses[block].stalls[i] += count * stalls[i];
  });
  return uses;
}

Cycles beyond(Cycles whole, Cycles part) { return whole - std::min(whole, part); }

// What a block waited for memory, by cause; what is left of its cycles were unaligned accesses.
Causes memory_causes(const Profiler::BlockCounts& counts, Cycles pipeline_cycles) {
  Causes causes;
  Cycles known = pipeline_cycles + counts.paused + counts.by_operands;
  for (std::size_t i = 0; i < kStallCauses; ++i) {
    if (counts.memory[i] != 0) causes[cause_name(i)] = counts.memory[i];
    known += counts.memory[i];
  }
  const Cycles rest = beyond(counts.cycles, known);
  if (rest != 0) causes[cause_name(static_cast<std::size_t>(StallCause::kUnaligned))] += rest;
  return causes;
}

std::vector<FunctionProfile> functions_of(const Profiler& profiler, const CodeMap& code,
                                          const std::vector<PipelineUse>& uses) {
  std::vector<FunctionProfile> functions(code.functions());
  for (std::uint32_t i = 0; i < functions.size(); ++i) functions[i].name = code.name(i);
  const CallTree& tree = profiler.tree();
  const std::vector<Cycles> totals = tree.totals();
  for (std::uint32_t node = 1; node < tree.size(); ++node) {
    FunctionProfile& function = functions[tree[node].function];
    function.self += tree[node].self;
    function.calls += tree[node].calls;
    bool inside = false;  // of itself
    for (std::uint32_t up = tree[node].parent; up != CallTree::kRoot && !inside;
         up = tree[up].parent) {
      inside = tree[up].function == tree[node].function;
    }
    if (!inside) function.total += totals[node];
  }
  for (std::uint32_t block = 0; block < profiler.blocks().size(); ++block) {
    const Profiler::BlockCounts& counts = profiler.blocks()[block];
    if (counts.executions == 0) continue;
    Causes& causes = functions[profiler.function_of(block)].causes;
    for (std::size_t i = 0; i < kStallCauses; ++i) {
      if (uses[block].stalls[i] != 0) causes[cause_name(i)] += uses[block].stalls[i];
    }
    if (counts.by_operands != 0) causes["multi_cycle"] += counts.by_operands;
    for (const auto& [cause, cycles] : memory_causes(counts, uses[block].cycles)) {
      causes[cause] += cycles;
    }
    if (counts.paused != 0) causes["pause"] += counts.paused;
  }
  const Cycles outside = tree[CallTree::kRoot].self;
  if (outside != 0)
    functions.push_back({"(before the first instruction)", outside, outside, 0, {}});
  std::erase_if(functions, [](const auto& f) { return f.self == 0 && f.total == 0; });
  std::ranges::stable_sort(functions, std::ranges::greater{}, &FunctionProfile::self);
  return functions;
}

// Adds one entry's rows, `count` times over, to the block's sums.
void add_rows(const std::vector<cost_models::InstructionTiming>& rows, std::uint64_t count,
              std::vector<InstructionProfile>& sums) {
  const auto weight = static_cast<double>(count);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sums[i].issue += weight * static_cast<double>(rows[i].issue);
    for (std::size_t cause = 0; cause < kStallCauses; ++cause) {
      if (rows[i].stalls[cause] == 0) continue;
      const double cycles = weight * static_cast<double>(rows[i].stalls[cause]);
      sums[i].cycles += cycles;
      sums[i].causes[cause_name(cause)] += cycles;
    }
  }
}

// Cycles of each instruction of a block, over the whole run: exact, by the ways it was entered.
using Rows = std::map<std::uint32_t, std::vector<InstructionProfile>>;
Rows explain(const ProfileSources& from, const std::vector<bool>& wanted) {
  Rows rows;
  const cost_models::PipelineMemo& memo = from.timing.pipeline(0);
  memo.for_each_edge([&](std::uint32_t block, const PipelineState& entry, Arrival arrival,
                         std::uint64_t count, Cycles, const StallCounts&) {
    if (!wanted[block]) return;
    const std::vector<isa::Instruction>& code = from.blocks[block].instructions;
    std::vector<InstructionProfile>& sums = rows[block];
    sums.resize(code.size());
    add_rows(memo.timer().explain(code, entry, arrival), count, sums);
  });
  return rows;
}

std::vector<BlockProfile> hot_blocks_of(const Profiler& profiler, const ProfileSources& from,
                                        const std::vector<PipelineUse>& uses, std::size_t most) {
  std::vector<std::uint32_t> ids(profiler.blocks().size());
  std::iota(ids.begin(), ids.end(), 0U);
  // Time asleep does not make code hot.
  const auto busy = [&](std::uint32_t id) -> Cycles {
    if (profiler.blocks()[id].executions == 0) return 0;  // what passed before anything ran
    return beyond(profiler.blocks()[id].cycles, profiler.blocks()[id].paused);
  };
  std::ranges::stable_sort(ids, std::ranges::greater{}, busy);
  ids.resize(std::min(ids.size(), most));
  std::erase_if(ids, [&](std::uint32_t id) { return busy(id) == 0; });
  std::vector<bool> wanted(from.blocks.size());
  for (const std::uint32_t id : ids) wanted[id] = true;
  Rows rows = explain(from, wanted);
  std::vector<BlockProfile> hot;
  for (const std::uint32_t id : ids) {
    const isa::CodeBlock& block = from.blocks[id];
    const Profiler::BlockCounts& counts = profiler.blocks()[id];
    BlockProfile profile{block.address,      from.code.name(profiler.function_of(id)),
                         counts.executions,  counts.cycles,
                         uses[id].cycles,    counts.paused,
                         counts.by_operands, memory_causes(counts, uses[id].cycles),
                         std::move(rows[id])};
    profile.instructions.resize(block.instructions.size());
    const auto executions = static_cast<double>(counts.executions);
    for (std::size_t i = 0; i < profile.instructions.size(); ++i) {
      InstructionProfile& row = profile.instructions[i];
      row.address = block.instructions[i].address;
      const std::span<const std::uint8_t> bytes = from.bytes(from.memory, row.address);
      if (!bytes.empty()) row.text = from.decoder.text(row.address, bytes);
      row.issue /= executions;
      row.cycles /= executions;
      for (auto& [cause, cycles] : row.causes) cycles /= executions;
    }
    hot.push_back(std::move(profile));
  }
  return hot;
}

// Instructions' own cycles by line; what a block waited for besides goes to its first line.
std::vector<LineProfile> lines_of(const Profiler& profiler, const ProfileSources& from,
                                  const std::vector<PipelineUse>& uses, Profile& profile) {
  if (!from.debug_file) return {};
  std::vector<bool> met(from.blocks.size());
  std::fill_n(met.begin(), std::min(met.size(), profiler.blocks().size()), true);
  const Rows rows = explain(from, met);
  std::vector<std::uint32_t> addresses;
  for (const auto& [id, instructions] : rows) {
    for (const isa::Instruction& each : from.blocks[id].instructions) {
      addresses.push_back(each.address);
    }
  }
  const LineTable table = read_lines(*from.debug_file, addresses);
  if (!table.problem.empty()) profile.remarks.push_back("no lines: " + table.problem);
  if (table.lines.empty()) return {};
  std::map<SourceLine, double> sums;
  auto line = table.lines.begin();
  for (const auto& [id, instructions] : rows) {
    for (std::size_t i = 0; i < instructions.size(); ++i, ++line) {
      const Cycles more = i == 0 ? beyond(profiler.blocks()[id].cycles, uses[id].cycles) : 0;
      if (*line) sums[**line] += instructions[i].cycles + static_cast<double>(more);
    }
  }
  std::vector<LineProfile> lines;
  for (const auto& [place, cycles] : sums) {
    lines.push_back({place.file, place.line, static_cast<Cycles>(cycles)});
  }
  std::ranges::stable_sort(lines, std::ranges::greater{}, &LineProfile::cycles);
  return lines;
}

// What the profile does not show, and why.
void add_remarks(const Profiler& profiler, Profile& profile) {
  if (profiler.tree().is_cut()) {
    profile.remarks.push_back(
        fmt::format("calls more than {} deep, or on more than {} paths, are shown without their "
                    "callers",
                    CallTree::kMostDepth, CallTree::kMostPaths));
  }
  if (profiler.unfollowed_calls() != 0) {
    profile.remarks.push_back(
        fmt::format("{} calls were nested too deep to be followed", profiler.unfollowed_calls()));
  }
}

// Paths as the tree has them, where it was asked when they were on.
void add_paths(const Profiler& profiler, const CodeMap& code, Profile& profile) {
  if (profiler.samples().steps().empty()) return;
  const CallTree& tree = profiler.tree();
  for (std::uint32_t i = 0; i < code.functions(); ++i) {
    profile.path_functions.push_back(code.name(i));
  }
  for (std::uint32_t node = 0; node < tree.size(); ++node) {
    profile.paths.push_back({tree[node].parent, tree[node].function, tree[node].self});
  }
  for (const Profiler::PathSample& sample : profiler.samples().steps()) {
    profile.samples.push_back(sample.node);
  }
  profile.sample_cycles = profiler.samples().step_cycles();
}

}  // namespace

Profile make_profile(const Profiler& profiler, const ProfileSources& from, std::size_t hot_blocks) {
  const std::vector<PipelineUse> uses = pipeline_uses(from);
  const CallTree& tree = profiler.tree();
  Profile profile;
  profile.cycles = from.timing.now();
  profile.functions = functions_of(profiler, from.code, uses);
  profile.lines = lines_of(profiler, from, uses, profile);
  profile.hot_blocks = hot_blocks_of(profiler, from, uses, hot_blocks);
  std::uint32_t deepest = CallTree::kRoot;
  for (std::uint32_t node = 1; node < tree.size(); ++node) {
    if (tree[node].lowest_stack < tree[deepest].lowest_stack) deepest = node;
  }
  if (tree[deepest].lowest_stack <= profiler.stack_top()) {
    profile.stack_bytes = profiler.stack_top() - tree[deepest].lowest_stack;
    for (const std::uint32_t function : tree.path(deepest)) {
      profile.deepest_path.push_back(from.code.name(function));
    }
  }
  add_paths(profiler, from.code, profile);
  profile.folded = folded_stacks(tree, from.code);
  profile.dropped_events = profiler.dropped_events();
  add_remarks(profiler, profile);
  return profile;
}

}  // namespace boardless::profiling
