// One reader for each format, chosen by its name.
#include "gate/document.h"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "base/sha256.h"
#include "base/visible_text.h"
#include "reports/document_fields.h"
#include "reports/field_reader.h"
#include "reports/views.h"

namespace boardless::gate {
namespace {

using reports::JsonNode;

[[noreturn]] void contradiction(const std::string& place, const std::string& what) {
  throw InputError(fmt::format("{}: {}: the document is not what boardless wrote", place, what));
}

void require_sum(const prediction::StallCycles& stalls, const Figures& figures,
                 const std::string& place) {
  if (stalls.empty() || !figures.cycles) return;
  Cycles sum = 0;
  for (const auto& [cause, cycles] : stalls) sum += cycles;
  if (sum == *figures.cycles) return;
  contradiction(place,
                fmt::format("its causes sum to {} cycles, and it has {}", sum, *figures.cycles));
}

void require_time(const Figures& figures, std::uint32_t clock_hz, const std::string& place) {
  if (!figures.cycles || !figures.latency_ms) return;
  const double expected = static_cast<double>(*figures.cycles) * 1e3 / clock_hz;
  if (std::abs(expected - *figures.latency_ms) <= 1e-9 * expected) return;
  contradiction(place, fmt::format("{} cycles at {} Hz are not {} ms", *figures.cycles, clock_hz,
                                   *figures.latency_ms));
}

ReadDocument read_predictions(const std::string& text, const std::string& source_name) {
  const prediction::Document document = reports::from_json(text, source_name);
  ReadDocument result{source_name, document.version, {}, {}};
  for (std::size_t i = 0; i < document.predictions.size(); ++i) {
    Subject subject = subject_of(document.predictions[i], document.version);
    const std::string place = fmt::format("{}: 'predictions[{}]'", source_name, i);
    // An accelerator's layers overlap, and each has its own clock.
    if (!document.predictions[i].accelerator) {
      require_sums(subject, place);
      require_time(subject.figures, subject.clock_hz, place);
    }
    result.subjects.push_back(std::move(subject));
  }
  for (const prediction::Unanswered& each : document.unanswered) {
    result.not_answered.push_back({each.model, each.target, each.reason});
  }
  return result;
}

template <class T>
T field(const JsonNode& node, const std::string& name) {
  if (!node.json.is_object()) node.expected("an object");
  if (!node.json.contains(name)) node.fail(fmt::format("field '{}' is missing", name));
  T value{};
  reports::read_field(node.key(name), value);
  return value;
}

template <class Each>
void for_each_item(const JsonNode& list, const Each& each) {
  if (!list.json.is_array()) list.expected("an array");
  for (std::size_t i = 0; i < list.json.size(); ++i) each(list.item(i));
}

JsonNode child(const JsonNode& node, const std::string& name) {
  if (!node.json.is_object() || !node.json.contains(name)) {
    node.fail(fmt::format("field '{}' is missing", name));
  }
  return node.key(name);
}

Part read_function(const JsonNode& node, int index, std::uint32_t clock_hz) {
  Part part{index, "", field<std::string>(node, "name"), "", {}, {}};
  part.figures.cycles.emplace(field<std::uint64_t>(node, "self_cycles"));
  part.figures.latency_ms.emplace(static_cast<double>(*part.figures.cycles) / clock_hz * 1e3);
  part.stalls = field<prediction::StallCycles>(node, "causes");
  return part;
}

void read_memory(const JsonNode& memory, Figures& figures) {
  const auto bytes = [&](const char* name) { return field<std::uint64_t>(memory, name); };
  figures.sram_bytes.emplace(bytes("ram_bytes"));
  figures.flash_bytes.emplace(bytes("flash_bytes"));
  figures.code_bytes.emplace(bytes("code_bytes"));
  figures.stack_bytes.emplace(bytes("stack_bytes"));
  if (memory.json.contains("heap_bytes")) figures.heap_bytes.emplace(bytes("heap_bytes"));
}

Subject read_run(const JsonNode& root, const std::string& version) {
  Subject subject;
  subject.model = field<std::string>(root, "firmware");
  subject.target = field<std::string>(root, "target");
  subject.clock_hz = field<std::uint32_t>(root, "clock_hz");
  if (subject.clock_hz == 0) root.fail("'clock_hz' is 0");
  subject.basis.version = version;
  const std::string clock_model = field<std::string>(root, "clock_model");
  if (clock_model != "model") subject.options = clock_model;
  subject.figures.cycles.emplace(field<std::uint64_t>(root, "cycles"));
  subject.figures.instructions.emplace(field<std::uint64_t>(root, "instructions"));
  subject.figures.latency_ms.emplace(field<double>(root, "simulated_ms"));
  subject.stalls = field<prediction::StallCycles>(root, "stalls");
  const std::string printed =
      field<std::string>(root, "serial_output") + field<std::string>(root, "semihosting_output");
  subject.output_sha256 =
      sha256_hex({reinterpret_cast<const std::uint8_t*>(printed.data()), printed.size()});
  // Documents of before have no memory.
  if (root.json.contains("memory")) read_memory(root.key("memory"), subject.figures);
  if (root.json.contains("regions")) {
    for_each_item(root.key("regions"), [&](const JsonNode& region) {
      if (field<std::uint64_t>(region, "passes") == 0) return;
      subject.parts.push_back(
          region_part(field<std::string>(region, "name"), static_cast<int>(subject.parts.size()),
                      field<std::uint64_t>(region, "max_cycles"), subject.clock_hz));
    });
  }
  if (root.json.contains("profile")) {
    const JsonNode profile = root.key("profile");
    for_each_item(child(profile, "functions"), [&](const JsonNode& function) {
      subject.parts.push_back(
          read_function(function, static_cast<int>(subject.parts.size()), subject.clock_hz));
    });
  }
  require_sum(subject.stalls, subject.figures, root.source);
  require_time(subject.figures, subject.clock_hz, root.source);
  return subject;
}

ReadDocument read_runs(const JsonNode& root) {
  ReadDocument result{root.source, field<std::string>(root, "version"), {}, {}};
  for_each_item(child(root, "runs"), [&](const JsonNode& run) {
    result.subjects.push_back(read_run(run, result.version));
  });
  for_each_item(child(root, "unanswered"), [&](const JsonNode& each) {
    result.not_answered.push_back({field<std::string>(each, "firmware"),
                                   field<std::string>(each, "target"),
                                   field<std::string>(each, "reason")});
  });
  return result;
}

// Fields by which points of one space differ besides model, target and clock.
std::string point_options(const JsonNode& fields) {
  std::string options;
  for (const auto& [name, value] : fields.json.items()) {
    constexpr std::string_view kOptions[] = {
        "kernels",     "kernel_flags", "kernel_compiler", "runtime",     "planner",
        "invocations", "place",        "without",         "link",        "devices",
        "device_use",  "weights_in",   "voltage_range",   "weight_bits", "input_range"};
    if (std::ranges::find(kOptions, name) == std::end(kOptions)) continue;
    options += fmt::format("{}{} {}", options.empty() ? "" : ", ", name,
                           value.is_string() ? value.get<std::string>() : value.dump());
  }
  return visible(options);
}

Subject read_point(const JsonNode& point, const std::string& version) {
  const JsonNode fields = child(point, "fields");
  Subject subject;
  subject.model = field<std::string>(fields, "model");
  subject.target = field<std::string>(fields, "target");
  subject.clock_hz = static_cast<std::uint32_t>(
      std::clamp(field<double>(fields, "clock_hz"), 0.0,
                 static_cast<double>(std::numeric_limits<std::uint32_t>::max())));
  subject.options = point_options(fields);
  subject.fits = field<bool>(fields, "fits");
  subject.basis.version = version;
  subject.basis.model_sha256 = field<std::string>(point, "model_sha256");
  subject.basis.kernels = field<std::string>(point, "kernels_run");
  const auto whole = [&](const char* name) {
    const auto value = field<double>(fields, name);
    if (value < 0 || value > 9e15) fields.fail(fmt::format("'{}' is {}", name, value));
    return static_cast<std::uint64_t>(value);
  };
  subject.figures.latency_ms.emplace(field<double>(fields, "latency_ms"));
  subject.figures.energy_uj.emplace(field<double>(fields, "energy_uj"));
  subject.figures.cycles.emplace(whole("cycles"));
  subject.figures.sram_bytes.emplace(whole("sram_bytes"));
  subject.figures.arena_bytes.emplace(whole("arena_bytes"));
  subject.figures.flash_bytes.emplace(whole("flash_bytes"));
  return subject;
}

ReadDocument read_sweep(const JsonNode& root) {
  ReadDocument result{root.source, field<std::string>(root, "version"), {}, {}};
  for_each_item(child(root, "points"), [&](const JsonNode& point) {
    const std::string state = field<std::string>(point, "state");
    if (state == "answered") {
      result.subjects.push_back(read_point(point, result.version));
    } else {
      const JsonNode fields = child(point, "fields");
      result.not_answered.push_back(
          {field<std::string>(fields, "model"), field<std::string>(fields, "target"), state});
    }
  });
  return result;
}

}  // namespace

void require_sums(const Subject& subject, const std::string& place) {
  require_sum(subject.stalls, subject.figures, place);
  Cycles sum = 0;
  bool all_have_cycles = !subject.parts.empty() && subject.figures.cycles.has_value();
  for (const Part& part : subject.parts) {
    require_sum(part.stalls, part.figures, fmt::format("{}: '{}'", place, visible(part.name)));
    all_have_cycles = all_have_cycles && part.figures.cycles.has_value();
    sum += part.figures.cycles.value_or(0);
  }
  if (!all_have_cycles || sum == *subject.figures.cycles) return;
  contradiction(place, fmt::format("its layers sum to {} cycles, and it has {}", sum,
                                   *subject.figures.cycles));
}

ReadDocument read_document(const std::string& text, const std::string& source_name) {
  const nlohmann::ordered_json json = reports::parse_json(text, source_name);
  const JsonNode root{json, source_name, {}};
  if (!json.is_object()) root.expected("a document of boardless, which is an object");
  const auto schema = json.find("schema");
  const std::string name =
      schema != json.end() && schema->is_string() ? schema->get<std::string>() : std::string();
  if (name == reports::kSchema) return read_predictions(text, source_name);
  if (name == "boardless.run/1") {
    const std::string version = field<std::string>(root, "version");
    return {source_name, version, {read_run(root, version)}, {}};
  }
  if (name == "boardless.runs/1") return read_runs(root);
  if (name == "boardless.sweep/1") return read_sweep(root);
  root.fail(
      fmt::format("\"schema\" is {}; compared are boardless.prediction/1, boardless.run/1, "
                  "boardless.runs/1 and boardless.sweep/1",
                  schema == json.end() ? "missing" : visible(schema->dump())));
}

}  // namespace boardless::gate
