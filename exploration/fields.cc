// One row for each name.
#include "exploration/fields.h"

#include <limits>

namespace boardless::exploration {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double real(Bytes bytes) { return static_cast<double>(bytes); }
Value text(const std::string& value) { return Value::of_text(value); }
Value at_least(double bound) { return Value::between(bound, kInfinity); }

// What only accelerators have, and of them those that have a choice.
Value chosen(const std::string& value, const char* name) {
  return value.empty() ? Value::absent(ValueType::kText, name) : text(value);
}

// What accelerators do not heed.
Value of_mcu(const FieldSource& s, const char* name, const Value& value) {
  return s.device.is_accelerator ? Value::absent(value.type, name) : value;
}

Value capacity(const FieldSource& s, Bytes of_device, Bytes Figures::* of_figures) {
  if (s.figures != nullptr) return Value::number(real(s.figures->*of_figures));
  return s.device.is_accelerator ? at_least(0) : Value::number(real(of_device));
}

Value figure(const FieldSource& s, double Figures::* figure, double bound, double scale = 1) {
  return s.figures != nullptr ? Value::number(s.figures->*figure * scale) : at_least(bound * scale);
}

Value bytes(const FieldSource& s, Bytes Figures::* figure, double bound) {
  return s.figures != nullptr ? Value::number(real(s.figures->*figure)) : at_least(bound);
}

// Of a network that takes no less than a time, no more than so many go in a second; several
// accelerators share the work.
Value rate(const FieldSource& s) {
  if (s.figures != nullptr) return Value::number(s.figures->inferences_per_second);
  const bool is_bound = s.bounds.latency_ms > 0 && !s.device.is_accelerator;
  return Value::between(0, is_bound ? 1e3 / s.bounds.latency_ms : kInfinity);
}

Value exact(const FieldSource& s) {
  if (s.figures == nullptr) return Value::unknown_truth();
  return s.figures->bit_exact ? Value::truth(*s.figures->bit_exact)
                              : Value::absent(ValueType::kTruth, "bit_exact");
}

}  // namespace

const std::vector<BuiltInField>& built_in_fields() {
  using S = const FieldSource&;
  constexpr ValueType kNumber = ValueType::kNumber, kText = ValueType::kText,
                      kTruth = ValueType::kTruth;
  static const std::vector<BuiltInField> fields{
      {"model", kText, false, "the model as the space names it",
       [](S s) { return text(s.model.argument); }},
      {"network", kText, false, "the network of the zoo without its parameters, or the file's stem",
       [](S s) { return text(s.model.network); }},
      {"macs", kNumber, false, "multiply-accumulates of the model",
       [](S s) { return Value::number(static_cast<double>(s.model.macs)); }},
      {"parameters", kNumber, false, "weights and biases of the model",
       [](S s) { return Value::number(static_cast<double>(s.model.parameter_count)); }},
      {"target", kText, false, "the target's name", [](S s) { return text(s.device.target); }},
      {"vendor", kText, false, "who makes the target", [](S s) { return text(s.device.vendor); }},
      {"core", kText, false, "the core of a microcontroller, the family of an accelerator",
       [](S s) { return text(s.device.core); }},
      {"accelerator", kTruth, false, "the target is an accelerator",
       [](S s) { return Value::truth(s.device.is_accelerator); }},
      {"fpu", kTruth, false, "the microcontroller has a floating-point unit",
       [](S s) { return Value::truth(s.device.fpu); }},
      {"clock_hz", kNumber, false, "the clock",
       [](S s) { return Value::number(s.device.clock_hz); }},
      {"clock_mhz", kNumber, false, "the clock in megahertz",
       [](S s) { return Value::number(s.device.clock_hz / 1e6); }},
      {"voltage_range", kText, false, "the regulator's range, of chips that have several",
       [](S s) { return chosen(s.device.voltage_range, "voltage_range"); }},
      {"price_usd", kNumber, false, "the target's price",
       [](S s) {
         return s.device.price_usd ? Value::number(*s.device.price_usd)
                                   : Value::absent(kNumber, "price_usd");
       }},
      {"sram_capacity", kNumber, false, "bytes of the memory that holds the arena",
       [](S s) { return capacity(s, s.device.sram_capacity, &Figures::sram_capacity); }},
      {"flash_capacity", kNumber, false, "bytes of the memory that holds the weights",
       [](S s) { return capacity(s, s.device.flash_capacity, &Figures::flash_capacity); }},
      {"kernels", kText, false, "the kernels asked for: auto, reference, optimized, a folder",
       [](S s) { return of_mcu(s, "kernels", text(s.options.kernels.kernels)); }},
      {"kernel_flags", kText, false, "compiler flags of a kernel library",
       [](S s) { return of_mcu(s, "kernel_flags", text(s.options.kernels.flags)); }},
      {"kernel_compiler", kText, false, "compiler of a kernel library",
       [](S s) { return of_mcu(s, "kernel_compiler", text(s.options.kernels.compiler)); }},
      {"runtime", kText, false, "what surrounds the kernels",
       [](S s) { return of_mcu(s, "runtime", text(s.options.runtime)); }},
      {"planner", kText, false,
       "who lays out the arena: auto, greedy_by_size, greedy_in_order, overlapped",
       [](S s) { return of_mcu(s, "planner", text(s.options.planner)); }},
      {"invocations", kNumber, false, "how often the model is invoked",
       [](S s) { return of_mcu(s, "invocations", Value::number(s.options.invocations)); }},
      {"input", kText, false, "the file of the input",
       [](S s) { return of_mcu(s, "input", text(s.options.input)); }},
      {"place", kText, false, "which windows lie in another memory than the target's own",
       [](S s) { return of_mcu(s, "place", text(s.device.placement)); }},
      {"without", kText, false, "what is switched off: cache, prefetch",
       [](S s) { return of_mcu(s, "without", text(s.device.without)); }},
      {"link", kText, false, "the accelerator's link, where there is a choice",
       [](S s) { return chosen(s.device.link, "link"); }},
      {"devices", kNumber, false, "how many accelerators",
       [](S s) { return Value::number(s.device.devices); }},
      {"device_use", kText, false, "how several accelerators share the work",
       [](S s) { return chosen(s.device.device_use, "device_use"); }},
      {"weights_in", kText, false,
       "the memory of the accelerator's weights, where there is a choice",
       [](S s) { return chosen(s.device.weights_in, "weights_in"); }},
      {"weight_bits", kNumber, false, "bits of an accelerator's weights, where there is a choice",
       [](S s) {
         return s.device.weight_bits != 0 ? Value::number(s.device.weight_bits)
                                          : Value::absent(kNumber, "weight_bits");
       }},
      {"input_range", kText, false, "an image sensor's input range, where there is a choice",
       [](S s) { return chosen(s.device.input_range, "input_range"); }},
      {"latency_ms", kNumber, true, "time of one inference",
       [](S s) { return figure(s, &Figures::latency_ms, s.bounds.latency_ms); }},
      {"published_error_percent", kNumber, false,
       "worst error of latencies published for the core or accelerator, of three or more",
       [](S s) {
         return s.device.published_error_percent
                    ? Value::number(*s.device.published_error_percent)
                    : Value::absent(kNumber, "published_error_percent");
       }},
      {"energy_uj", kNumber, true, "energy of one inference in microjoules",
       [](S s) { return figure(s, &Figures::energy_uj, s.bounds.energy_uj); }},
      {"energy_mj", kNumber, true, "energy of one inference in millijoules",
       [](S s) { return figure(s, &Figures::energy_uj, s.bounds.energy_uj, 1e-3); }},
      {"inferences_per_second", kNumber, true, "inferences in a second, of all devices", rate},
      {"cycles", kNumber, true, "cycles of one inference",
       [](S s) {
         return s.figures != nullptr ? Value::number(static_cast<double>(s.figures->cycles))
                                     : at_least(s.bounds.cycles);
       }},
      {"sram_bytes", kNumber, true, "bytes of RAM: arena, stack, the runtime's data",
       [](S s) { return bytes(s, &Figures::sram_bytes, s.bounds.sram_bytes); }},
      {"arena_bytes", kNumber, true, "bytes of activations and scratch",
       [](S s) { return bytes(s, &Figures::arena_bytes, s.bounds.sram_bytes); }},
      {"flash_bytes", kNumber, true, "bytes of flash: weights, code, runtime",
       [](S s) { return bytes(s, &Figures::flash_bytes, s.bounds.flash_bytes); }},
      {"fits", kTruth, true, "the model fits the target's memories",
       [](S s) {
         return s.figures != nullptr ? Value::truth(s.figures->fits) : Value::unknown_truth();
       }},
      {"bit_exact", kTruth, true, "the outputs equal the reference; accelerators have none", exact},
  };
  return fields;
}

Vocabulary vocabulary_of(const std::vector<std::string>& parameters,
                         const std::vector<std::string>& scores) {
  Vocabulary vocabulary;
  for (const BuiltInField& field : built_in_fields()) {
    vocabulary.push_back({field.name, field.type, field.is_result});
  }
  for (const std::vector<std::string>* names : {&parameters, &scores}) {
    for (const std::string& name : *names) vocabulary.push_back({name, ValueType::kNumber, false});
  }
  return vocabulary;
}

}  // namespace boardless::exploration
