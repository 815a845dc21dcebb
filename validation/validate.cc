// One program after the other: what is missing, build, run, read.
#include "validation/validate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "targets/target.h"

namespace boardless::validation {
namespace {

namespace fs = std::filesystem;

constexpr char kInterrupted[] = "interrupted";

void take_cost(Row& row, MarkedCost cost) {
  row.cycles = cost.cycles;
  row.instructions = cost.instructions;
  row.stalls = std::move(cost.stalls);
  row.functions = std::move(cost.functions);
}

// Throws InputError when the program says that its own answer is wrong.
void check_answer(const Program& program, const MarkedRun& run) {
  if (run.exit_status != 0) {
    throw InputError(
        fmt::format("the program ended with status {}: its own check failed", run.exit_status));
  }
  if (!program.expect_text.empty() && run.text.find(program.expect_text) == std::string::npos) {
    throw InputError(fmt::format("the program did not write '{}'", program.expect_text));
  }
  if (!program.refuse_text.empty() && run.text.find(program.refuse_text) != std::string::npos) {
    throw InputError(fmt::format("the program wrote '{}'", program.refuse_text));
  }
}

double reading(const Measure& measure, Cycles cycles) {
  const auto count = static_cast<double>(cycles);
  return measure.kind == Measure::Kind::kCycles ? count / measure.per
                                                : measure.iterations * 1e6 / count;
}

void run_marked(const Program& program, const fs::path& file, const targets::Target& target,
                Runner& runner, Row& row) {
  MarkedRun run = runner.run_marked(file, target, program.measure.from, program.measure.to);
  check_answer(program, run);
  if (run.cost.cycles == 0) throw InputError("no cycle passed between the two markers");
  row.predicted = reading(program.measure, run.cost.cycles);
  take_cost(row, std::move(run.cost));
}

void run_script(const Program& program, const fs::path& file, const targets::Target& target,
                Runner& runner, Row& row) {
  const Measure& measure = program.measure;
  MarkedRun run =
      runner.run_script(file, target, mlperf_script(measure.input_bytes, measure.inferences));
  row.predicted = mlperf_latency_ms(run.text, measure.inferences);
  take_cost(row, std::move(run.cost));
}

void run_library(const Program& program, const KernelLibrary& library,
                 const targets::Target& target, const Places& places, Runner& runner, Row& row) {
  LibraryRun run = runner.run_library(places.sources / program.folder, library,
                                      places.sources / library.model, target, places.output);
  row.compiler = std::move(run.compiler);
  row.flags = std::move(run.flags);
  row.predicted = run.latency_ms;
  take_cost(row, std::move(run.cost));
}

void run_program(const Program& program, const targets::Target& target, const Places& places,
                 Runner& runner, Row& row) {
  if (const KernelLibrary* library = std::get_if<KernelLibrary>(&program.what)) {
    run_library(program, *library, target, places, runner, row);
    row.status = Row::Status::kDone;
    return;
  }
  fs::path file;
  if (const Build* build = std::get_if<Build>(&program.what)) {
    const BuiltProgram built = build_program(program, *build, target, places);
    file = built.file;
    row.compiler = built.compiler;
    row.flags = built.flags;
  } else {
    file = places.sources / program.folder / std::get<Image>(program.what).file;
  }
  if (program.measure.kind == Measure::Kind::kReportedLatency) {
    run_script(program, file, target, runner, row);
  } else {
    run_marked(program, file, target, runner, row);
  }
  row.status = Row::Status::kDone;
}

// Empty, with a line more in `missing`, when the target or its core is not described.
std::optional<targets::Target> find_target(const Program& program,
                                           std::vector<std::string>& missing) {
  const std::vector<std::string> known = targets::target_names();
  if (std::find(known.begin(), known.end(), program.target) == known.end()) {
    missing.push_back(fmt::format("target {}", program.target));
    return std::nullopt;
  }
  try {
    const targets::Target target = targets::load_target(program.target);
    return program.clock_hz ? targets::with_clock(target, *program.clock_hz) : target;
  } catch (const InputError& error) {
    missing.push_back(fmt::format("target {} ({})", program.target, error.what()));
    return std::nullopt;
  }
}

void fail(Row& row, Row::Status status, const char* reason) {
  row.status = status;
  row.reason = reason;
}

}  // namespace

Row planned_row(const Program& program) {
  Row row;
  row.program = program.full_name();
  row.target = program.target;
  row.clock_hz = program.clock_hz.value_or(0);
  row.basis = program.basis;
  row.unit = program.measure.unit();
  row.published = program.published;
  row.note = program.note;
  return row;
}

std::vector<Row> validate(const std::vector<Program>& programs, const Places& places,
                          Runner& runner, const Progress& progress, const Stop& stop) {
  std::vector<Row> rows;
  for (const Program& program : programs) {
    if (progress) progress(rows.size(), programs.size(), program.full_name());
    Row& row = rows.emplace_back(planned_row(program));
    if (stop && stop()) {
      fail(row, Row::Status::kSkipped, kInterrupted);
      continue;
    }
    std::vector<std::string> missing = missing_parts(program, places);
    const std::optional<targets::Target> target = find_target(program, missing);
    if (!missing.empty()) {
      row.reason = fmt::format("missing: {}", fmt::join(missing, ", "));
      continue;
    }
    try {
      row.clock_hz = target->clock_hz;
      run_program(program, *target, places, runner, row);
    } catch (const GuestFault& error) {
      fail(row, Row::Status::kFault, error.what());
    } catch (const NotModelled& error) {
      fail(row, Row::Status::kNotModelled, error.what());
    } catch (const InputError& error) {
      fail(row, Row::Status::kWrong, error.what());
    }
    // Whatever it did not do is not its fault then.
    const bool failed = row.status != Row::Status::kDone;
    if (failed && stop && stop()) fail(row, Row::Status::kSkipped, kInterrupted);
  }
  return rows;
}

}  // namespace boardless::validation
