// Commands of the MLPerf Tiny protocol (mlcommons/tiny, benchmark/api) and the reading of its
// answers.
#include "validation/mlperf_protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <random>
#include <vector>

#include "base/error.h"

namespace boardless::validation {
namespace {

constexpr std::string_view kStart = "m-infer-start-";
constexpr std::string_view kEnd = "m-infer-done";
constexpr std::string_view kLap = "m-lap-us-";
constexpr std::string_view kRefusal = "e-[";
constexpr Bytes kBytesPerLoad =
    31;  // the official runner's; the firmware's line holds 80 characters

std::vector<std::uint64_t> time_stamps(std::string_view text) {
  std::vector<std::uint64_t> stamps;
  for (std::size_t at = text.find(kLap); at != text.npos; at = text.find(kLap, at + 1)) {
    const std::string_view digits = text.substr(at + kLap.size());
    std::uint64_t value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (result.ec == std::errc{}) stamps.push_back(value);
  }
  return stamps;
}

}  // namespace

SerialScript mlperf_script(Bytes input_bytes, std::uint32_t inferences) {
  SerialScript script;
  script.prompt = "m-ready";
  script.stop_text = kEnd;
  script.commands = fmt::format("db load {}%\n", input_bytes);
  std::mt19937 random(1);  // any bytes do: how long these networks take hardly depends on them
  for (Bytes done = 0; done < input_bytes;) {
    script.commands += "db ";
    const Bytes end = std::min(done + kBytesPerLoad, input_bytes);
    for (; done < end; ++done) script.commands += fmt::format("{:02x}", random() & 0xffU);
    script.commands += "%\n";
  }
  script.commands += fmt::format("infer {} 0%\n", inferences);
  return script;
}

double mlperf_latency_ms(std::string_view transcript, std::uint32_t inferences) {
  const std::size_t refusal = transcript.find(kRefusal);
  if (refusal != transcript.npos) {
    throw InputError(
        fmt::format("the firmware refused a command: {}", transcript.substr(refusal, 80)));
  }
  const std::size_t start = transcript.find(kStart);
  const std::size_t end = transcript.find(kEnd);
  if (start == transcript.npos || end == transcript.npos || end < start) {
    throw InputError("the firmware did not answer 'infer'");
  }
  const std::string_view answer = transcript.substr(start, end - start);
  const std::vector<std::uint64_t> stamps = time_stamps(answer);
  if (stamps.size() != 2 || stamps[1] <= stamps[0]) {
    throw InputError(
        fmt::format("the firmware's answer holds no two rising time stamps: {}", answer));
  }
  return static_cast<double>(stamps[1] - stamps[0]) / 1000 / inferences;
}

}  // namespace boardless::validation
