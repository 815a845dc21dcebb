// Reading golden files: each section has its way of measuring.
#include "tests/cost_models/golden_rows.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/error.h"
#include "cost_models/pipeline_memo.h"
#include "cost_models/timing_run.h"
#include "isa/decoder.h"
#include "targets/yaml_reader.h"
#include "tests/cost_models/assemble.h"

namespace boardless::cost_models {
namespace {

using Measure = std::function<Cycles(const CoreModel&)>;

constexpr std::uint32_t kCodeAt = 0x1000, kTargetAt = 0x2000;

[[noreturn]] void fail(const YAML::Node& node, const std::string& message) {
  throw InputError(fmt::format("line {}: {}", node.Mark().line + 1, message));
}

// Assembles for one core.
class Code {
 public:
  explicit Code(const CoreModel& core) : variant_(variant_of(core)), decoder_(variant_) {}

  std::vector<isa::Instruction> at(std::uint32_t address, const std::string& text) {
    return decoder_.decode(address, assemble(variant_, text));
  }
  std::vector<isa::Instruction> of(const YAML::Node& row, std::uint32_t address = kCodeAt,
                                   const char* key = "code") {
    const YAML::Node text = row[key];
    if (!text) fail(row, fmt::format("'{}' is missing", key));
    try {
      return at(address, text.as<std::string>());
    } catch (const std::exception& error) {
      fail(text, error.what());
    }
  }
  // A jump to `target`, 32 bits wide.
  std::vector<isa::Instruction> jump(std::uint32_t address, std::uint32_t target) {
    const auto offset = static_cast<std::int32_t>(target - address);
    return at(address, is_riscv() ? fmt::format(".option norvc; j {}", offset)
                                  : fmt::format("b.w #{}", offset - 4));
  }
  bool is_riscv() const { return variant_.architecture == isa::Architecture::kRiscV; }

 private:
  const isa::Variant& variant_;
  isa::Decoder decoder_;
};

Cycles last_issue(const CoreModel& core, const std::vector<isa::Instruction>& code,
                  const PipelineState& entry = {}, Arrival arrival = Arrival::kSequential) {
  return BlockTimer(core, std::nullopt).explain(code, entry, arrival).back().issue;
}

std::uint32_t address_or(const YAML::Node& row, std::uint32_t otherwise) {
  return row["at"] ? row["at"].as<std::uint32_t>() : otherwise;
}

Measure issue(const YAML::Node& row, Code& code) {
  return [block = code.of(row, address_or(row, kCodeAt))](const CoreModel& core) {
    return last_issue(core, block);
  };
}

Measure cycles(const YAML::Node& row, Code& code) {
  return [block = code.of(row, address_or(row, kCodeAt))](const CoreModel& core) {
    return BlockTimer(core, std::nullopt).time(block, {}, Arrival::kSequential).cycles;
  };
}

Arrival arrival_of(const YAML::Node& row) {
  constexpr std::array<const char*, 5> kNames{"sequential", "taken", "unknown_target",
                                              "mispredicted", "mispredicted_taken"};
  const auto name = row["arrival"] ? row["arrival"].as<std::string>() : "taken";
  const auto* const found = std::ranges::find(kNames, name);
  if (found == kNames.end()) fail(row, fmt::format("'{}' is no arrival", name));
  return static_cast<Arrival>(found - kNames.begin());
}

Measure refill(const YAML::Node& row, Code& code) {
  const std::uint32_t target_at = address_or(row, kTargetAt);
  return [block = code.of(row), arrival = arrival_of(row),
          target = row["target"] ? code.of(row, target_at, "target")
                                 : code.at(target_at, "nop")](const CoreModel& core) {
    const BlockCost cost = BlockTimer(core, std::nullopt).time(block, {}, Arrival::kSequential);
    return last_issue(core, target, cost.exit, arrival);
  };
}

// Blocks that a core executes one after another, as its predictor sees them.
struct Program {
  std::vector<std::vector<isa::Instruction>> blocks;
  std::vector<std::uint32_t> visits;
  int rounds = 1;

  Cycles last_round(const CoreModel& core) const {
    isa::BlockTable table;
    for (const auto& block : blocks) table.add(block.front().address, block);
    PipelineMemo memo(core, std::nullopt, table);
    Cycles cycles = 0;
    std::uint32_t end = blocks[visits.front()].front().address;
    for (int round = 0; round < rounds; ++round) {
      cycles = 0;
      for (const std::uint32_t visit : visits) {
        const auto& block = blocks[visit];
        cycles += memo.execute(visit, block.front().address != end);
        end = block.back().end();
      }
    }
    return cycles;
  }
};

Measure program_rounds(const YAML::Node& row, Code& code) {
  Program program;
  for (const YAML::Node& block : row["blocks"]) {
    program.blocks.push_back(code.of(block, block["at"].as<std::uint32_t>()));
  }
  program.visits = row["visits"].as<std::vector<std::uint32_t>>();
  for (const std::uint32_t visit : program.visits) {
    if (visit >= program.blocks.size()) fail(row, "a visit names no block");
  }
  program.rounds = row["rounds"].as<int>();
  return [program](const CoreModel& core) { return program.last_round(core); };
}

Measure ring(const YAML::Node& row, Code& code) {
  constexpr std::uint32_t kApart = 16;
  Program program;
  program.rounds = 3;
  const auto jumps = row["jumps"].as<std::uint32_t>();
  for (std::uint32_t i = 0; i < jumps; ++i) {
    program.blocks.push_back(code.jump(kCodeAt + i * kApart, kCodeAt + (i + 1) % jumps * kApart));
    program.visits.push_back(i);
  }
  return [program](const CoreModel& core) { return program.last_round(core); };
}

// What a run of nothing but `happens` costs.
template <class Happens>
Cycles spent(const CoreModel& core, const Happens& happens) {
  const isa::BlockTable no_blocks;
  TimingRun run(no_blocks);
  run.add_target(core, MemorySystemModel{});
  happens(run);
  return run.take_costs().front().cycles;
}

Measure operand_timed(const YAML::Node& row, isa::OperandTimed operation) {
  const auto operands = row["operands"].as<std::array<std::uint32_t, 2>>();
  return [=](const CoreModel& core) {
    return spent(core,
                 [&](TimingRun& run) { run.on_operands(operation, operands[0], operands[1]); });
  };
}

Measure divide(const YAML::Node& row, Code& code) {
  const bool is_signed = row["signed"].as<bool>();
  const Measure more = operand_timed(
      row, is_signed ? isa::OperandTimed::kDivideSigned : isa::OperandTimed::kDivideUnsigned);
  return [more, block = code.at(kCodeAt, code.is_riscv() ? "divu a0,a1,a2" : "udiv r0,r1,r2")](
             const CoreModel& core) {
    return BlockTimer(core, std::nullopt).time(block, {}, Arrival::kSequential).cycles + more(core);
  };
}

Measure multiply(const YAML::Node& row, Code&) {
  return operand_timed(row, isa::OperandTimed::kMultiplyLong);
}

Measure unaligned(const YAML::Node& row, Code&) {
  const auto access = row["access"].as<std::string>();
  if (access != "load" && access != "store") fail(row, fmt::format("'{}' is no access", access));
  return [bytes = row["bytes"].as<std::uint32_t>(), address = row["address"].as<std::uint32_t>(),
          store = access == "store"](const CoreModel& core) {
    return spent(core, [&](TimingRun& run) {
      if (store) {
        run.on_write(address, bytes);
      } else {
        run.on_read(address, bytes);
      }
    });
  };
}

Measure exception(const YAML::Node& row, Code&) {
  const auto of = row["of"].as<std::string>();
  const auto read = [&](auto member) -> Measure {
    return [member](const CoreModel& core) -> Cycles { return (*core.exceptions).*member; };
  };
  if (of == "entry") return read(&ExceptionTiming::entry);
  if (of == "leave") return read(&ExceptionTiming::leave);
  if (of == "tail_chain") return read(&ExceptionTiming::tail_chain);
  if (of == "fp_frame") return read(&ExceptionTiming::fp_frame);
  if (of == "cpuid") return read(&ExceptionTiming::cpuid);
  fail(row, fmt::format("'{}' is nothing of exceptions", of));
}

struct Section {
  const char* name;
  Measure (*read)(const YAML::Node&, Code&);
  std::set<std::string> keys;  // beside `is`, `why` and `recorded`
};

const std::vector<Section>& sections() {
  static const std::vector<Section> all{
      {"issue", issue, {"code", "at"}},
      {"cycles", cycles, {"code", "at"}},
      {"refill", refill, {"code", "arrival", "target", "at"}},
      {"rounds", program_rounds, {"blocks", "visits", "rounds"}},
      {"rings", ring, {"jumps"}},
      {"divides", divide, {"signed", "operands"}},
      {"multiplies", multiply, {"operands"}},
      {"unaligned", unaligned, {"access", "bytes", "address"}},
      {"exceptions", exception, {"of"}},
  };
  return all;
}

std::string describe(const YAML::Node& row) {
  std::string text;
  for (const auto& entry : row) {
    const auto key = entry.first.as<std::string>();
    if (key == "is" || key == "why" || key == "recorded") continue;
    YAML::Emitter out;
    out << YAML::Flow << entry.second;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, out.c_str());
  }
  return text;
}

GoldenRow read_row(const Section& section, const YAML::Node& node, Code& code) {
  for (const auto& entry : node) {
    const auto key = entry.first.as<std::string>();
    if (key != "is" && key != "why" && key != "recorded" && !section.keys.contains(key)) {
      fail(node, fmt::format("'{}' is no key of section '{}'", key, section.name));
    }
  }
  if (!node["is"] || !node["why"] || node["why"].as<std::string>().empty()) {
    fail(node, "a row says what `is` and `why`");
  }
  GoldenRow row;
  row.what = fmt::format("{}: {}", section.name, describe(node));
  row.line = node.Mark().line + 1;
  row.position = static_cast<std::size_t>(node["is"].Mark().pos);
  row.expected = node["is"].as<Cycles>();
  row.recorded = node["recorded"] && node["recorded"].as<bool>();
  try {
    row.measure = section.read(node, code);
  } catch (const YAML::Exception& error) {
    fail(node, error.msg);
  }
  return row;
}

}  // namespace

std::filesystem::path golden_folder() {
  return std::filesystem::path(BOARDLESS_SOURCE_DIR) / "tests/cost_models/golden";
}

std::filesystem::path core_file(const std::string& core_name) {
  return std::filesystem::path(BOARDLESS_SOURCE_DIR) / "targets/cores" / (core_name + ".yaml");
}

std::vector<std::string> golden_cores() { return targets::yaml_names(golden_folder() / "cores"); }

std::vector<GoldenRow> read_golden_rows(const std::string& core_name) {
  const auto file = golden_folder() / "cores" / (core_name + ".yaml");
  const CoreModel core = load_core_model(core_file(core_name));
  Code code(core);
  std::vector<GoldenRow> rows;
  try {
    for (const auto& entry : YAML::LoadFile(file.string())) {
      const auto name = entry.first.as<std::string>();
      const auto section =
          std::ranges::find_if(sections(), [&](const Section& s) { return name == s.name; });
      if (section == sections().end()) fail(entry.first, fmt::format("no section '{}'", name));
      for (const YAML::Node& row : entry.second) rows.push_back(read_row(*section, row, code));
    }
  } catch (const std::exception& error) {
    throw InputError(fmt::format("{}: {}", file.string(), error.what()));
  }
  return rows;
}

}  // namespace boardless::cost_models
