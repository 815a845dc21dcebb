#include "tests/gate/subjects.h"

#include <utility>

namespace boardless::gate_test {

gate::Part layer(int index, const std::string& op, const std::string& name, std::uint64_t issue,
                 std::uint64_t flash_data) {
  gate::Part part{index, op, name, "dsp_kernel", {}, {}};
  part.figures.cycles.emplace(issue + flash_data);
  part.figures.instructions.emplace(issue);
  part.figures.latency_ms.emplace(static_cast<double>(issue + flash_data) * 1e3 / 100e6);
  part.stalls["issue"] = issue;
  if (flash_data > 0) part.stalls["flash_data"] = flash_data;
  return part;
}

gate::Subject subject(const std::string& model, const std::string& target,
                      std::vector<gate::Part> parts) {
  gate::Subject subject;
  subject.model = model;
  subject.target = target;
  subject.clock_hz = 100'000'000;
  subject.basis.version = "0.1.0";
  subject.basis.compiler = "gcc 12";
  subject.output_sha256 = std::string(64, 'a');
  std::uint64_t cycles = 0;
  for (const gate::Part& part : parts) {
    cycles += *part.figures.cycles;
    for (const auto& [cause, count] : part.stalls) subject.stalls[cause] += count;
  }
  subject.figures.cycles.emplace(cycles);
  subject.figures.latency_ms.emplace(static_cast<double>(cycles) * 1e3 / 100e6);
  subject.figures.sram_bytes.emplace(1000);
  subject.parts = std::move(parts);
  return subject;
}

}  // namespace boardless::gate_test
