// Facts of targets as JSON and CSV.
#include "reports/target_document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "reports/csv_text.h"
#include "reports/json_text.h"
#include "targets/target_numbers.h"

namespace boardless::reports {
namespace {

using Json = nlohmann::ordered_json;
using cost_models::AcceleratorModel;
using targets::Target;

std::string dumped(const Json& json) { return json_text(json, 2) + "\n"; }

template <class T>
Json value_or_null(const std::optional<targets::Sourced<T>>& number) {
  return number ? Json(number->value()) : Json(nullptr);
}

// Adds `key` with its value, and the key to `estimates` when the value is one.
template <class T>
void add(Json& json, const char* key, const T& value, bool is_estimate) {
  json[key] = value;
  if (is_estimate) json["estimates"].push_back(key);
}

Json summary(const Target& target) {
  const MemorySum sram = memory_sum(target, true), flash = memory_sum(target, false);
  const targets::Memory& code = target.memory(target.placement.code);
  Json json{{"name", target.name},       {"description", target.description},
            {"vendor", target.vendor},   {"availability", availability_name(target.availability)},
            {"core", target.core},       {"fpu", target.fpu},
            {"estimates", Json::array()}};
  add(json, "clock_hz", target.clock_hz.value(), target.clock_hz.is_estimate());
  add(json, "sram_bytes", sram.bytes, sram.is_estimate);
  add(json, "flash_bytes", flash.bytes, flash.is_estimate);
  add(json, "wait_states", code.wait_states.value(), code.wait_states.is_estimate());
  add(json, "run_ua_per_mhz", target.power.run_ua_per_mhz.value(),
      target.power.run_ua_per_mhz.is_estimate());
  add(json, "supply_v", target.power.supply_v.value(), target.power.supply_v.is_estimate());
  add(json, "price_usd", value_or_null(target.price_usd),
      target.price_usd && target.price_usd->is_estimate());
  return json;
}

Json summary(const AcceleratorModel& model) {
  Json json{{"name", model.name},     {"description", model.description},
            {"vendor", model.vendor}, {"availability", availability_name(model.availability)},
            {"family", model.family}, {"estimates", Json::array()}};
  add(json, "clock_hz", model.clock_hz.value(), model.clock_hz.is_estimate());
  json["peak_macs_per_second"] =
      static_cast<double>(model.peak_macs_per_cycle()) * model.clock_hz.value();
  add(json, "on_chip_bytes", model.memory.bytes.value(), model.memory.bytes.is_estimate());
  json["on_chip_holds_weights"] = model.memory.holds_weights;
  json["weight_bits"] = model.weights.bit_widths();
  json["links"] = Json::array();
  for (const cost_models::Link& link : model.links) json["links"].push_back(link.name);
  json["weight_sources"] = Json::array();
  for (const auto& source : model.weight_sources) json["weight_sources"].push_back(source.name);
  add(json, "compute_mw", model.power.compute_mw.value(), model.power.compute_mw.is_estimate());
  add(json, "price_usd", value_or_null(model.price_usd),
      model.price_usd && model.price_usd->is_estimate());
  return json;
}

Json numbers_json(const std::vector<targets::TargetNumber>& numbers) {
  Json json = Json::array();
  for (const targets::TargetNumber& number : numbers) {
    json.push_back({{"key", number.key},
                    {"value", number.value},
                    {"source", number.source},
                    {"is_estimate", number.is_estimate}});
  }
  return json;
}

Json opened(const char* schema, const std::string& version) {
  return {{"schema", schema}, {"version", version}};
}

std::string cell(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return "";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

}  // namespace

MemorySum memory_sum(const Target& target, bool ram) {
  MemorySum sum;
  for (const targets::Memory& memory : target.memories) {
    if (memory.is_writable() != ram || !memory.view_of.empty()) continue;
    sum.bytes += memory.size_bytes.value();
    sum.is_estimate = sum.is_estimate || memory.size_bytes.is_estimate();
  }
  return sum;
}

std::string targets_json(const std::vector<Target>& mcus,
                         const std::vector<AcceleratorModel>& accelerators,
                         const std::string& version) {
  Json json = opened("boardless.targets/1", version);
  json["targets"] = Json::array();
  for (const Target& target : mcus) json["targets"].push_back(summary(target));
  json["accelerators"] = Json::array();
  for (const AcceleratorModel& model : accelerators) json["accelerators"].push_back(summary(model));
  return dumped(json);
}

std::string targets_csv(const std::vector<Target>& mcus,
                        const std::vector<AcceleratorModel>& accelerators) {
  constexpr const char* kKeys[] = {"name",
                                   "description",
                                   "vendor",
                                   "core",
                                   "fpu",
                                   "family",
                                   "clock_hz",
                                   "sram_bytes",
                                   "flash_bytes",
                                   "wait_states",
                                   "run_ua_per_mhz",
                                   "supply_v",
                                   "peak_macs_per_second",
                                   "on_chip_bytes",
                                   "compute_mw",
                                   "price_usd"};
  std::vector<std::string> header{"kind"};
  header.insert(header.end(), std::begin(kKeys), std::end(kKeys));
  header.emplace_back("estimates");
  std::string text = csv_line(header);
  const auto add_line = [&](const char* kind, const Json& json) {
    std::vector<std::string> cells{kind};
    for (const char* key : kKeys) cells.push_back(cell(json, key));
    cells.push_back(
        fmt::format("{}", fmt::join(json.at("estimates").get<std::vector<std::string>>(), " ")));
    text += csv_line(cells);
  };
  for (const Target& target : mcus) add_line("microcontroller", summary(target));
  for (const AcceleratorModel& model : accelerators) add_line("accelerator", summary(model));
  return text;
}

std::string target_json(const Target& target, const std::string& version) {
  Json json = opened("boardless.target/1", version);
  json["kind"] = "microcontroller";
  json.update(summary(target));
  json["placement"] = {{"code", target.placement.code},
                       {"constants", target.placement.constants},
                       {"arena", target.placement.arena},
                       {"stack", target.placement.stack}};
  json["numbers"] = numbers_json(targets::target_numbers(target));
  json["notes"] = target.notes;
  return dumped(json);
}

std::string target_json(const AcceleratorModel& model, const std::string& version) {
  Json json = opened("boardless.target/1", version);
  json["kind"] = "accelerator";
  json.update(summary(model));
  json["types"] = model.types;
  json["single_cut"] = model.single_cut;
  json["operators"] = Json::array();
  for (const cost_models::OperatorRule& rule : model.operators) {
    json["operators"].push_back({{"op", rule.op}, {"constraints", rule.constraints}});
  }
  json["rules_source"] = model.rules_source;
  json["numbers"] = numbers_json(targets::all_numbers(model.numbers));
  json["notes"] = model.notes;
  return dumped(json);
}

std::string numbers_csv(const std::vector<targets::TargetNumber>& numbers) {
  std::string text = csv_line({"key", "value", "source", "is_estimate"});
  for (const targets::TargetNumber& number : numbers) {
    text +=
        csv_line({number.key, number.value, number.source, number.is_estimate ? "true" : "false"});
  }
  return text;
}

}  // namespace boardless::reports
