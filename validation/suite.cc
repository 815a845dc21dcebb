// Reads suites strictly: what a program does not say itself it takes from its suite.
#include "validation/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/suggest.h"
#include "targets/target.h"
#include "targets/yaml_reader.h"

namespace boardless::validation {
namespace {

using targets::YamlMap;

// A program's own map before its suite's: the first that has the key is the one that is read.
class Layers {
 public:
  Layers(YamlMap* own, YamlMap* shared) : own_(own), shared_(shared) {}

  YamlMap& of(const std::string& key) const {
    // Both are asked, so that a key the suite gives and every program overrides is known there.
    const bool in_shared = shared_ != nullptr && shared_->has(key);
    if (own_ != nullptr && own_->has(key)) return *own_;
    return in_shared || own_ == nullptr ? *shared_ : *own_;
  }
  bool has(const std::string& key) const { return of(key).has(key); }
  std::string text(const std::string& key) const { return of(key).text(key); }
  std::string text(const std::string& key, const std::string& fallback) const {
    return of(key).text(key, fallback);
  }
  std::vector<std::string> strings(const std::string& key) const { return of(key).strings(key); }

 private:
  YamlMap* own_;
  YamlMap* shared_;
};

std::vector<std::string> for_program(std::vector<std::string> texts, const std::string& program) {
  constexpr std::string_view kHole = "{program}";
  for (std::string& text : texts) {
    const std::size_t at = text.find(kHole);
    if (at != std::string::npos) text.replace(at, kHole.size(), program);
  }
  return texts;
}

std::optional<YamlMap> sub_map(YamlMap& map, const std::string& key) {
  if (!map.has(key)) return std::nullopt;
  return map.map(key);
}

Build read_build(YamlMap& program, YamlMap& suite, const std::string& name) {
  std::optional<YamlMap> own = sub_map(program, "build");
  std::optional<YamlMap> shared = sub_map(suite, "build");
  const Layers keys(own ? &*own : nullptr, shared ? &*shared : nullptr);
  Build build;
  build.compiler = keys.text("compiler");
  build.flags = keys.strings("flags");
  build.link_flags = keys.strings("link_flags");
  build.defines = keys.strings("defines");
  build.include = for_program(keys.strings("include"), name);
  build.sources = for_program(keys.strings("sources"), name);
  if (build.sources.empty()) keys.of("sources").fail("sources", "names no file to compile");
  build.support_include = keys.strings("support_include");
  build.support = keys.strings("support");
  build.runtime = keys.strings("runtime");
  build.runtime_flags = keys.strings("runtime_flags");
  build.linker_script = keys.text("linker_script");
  build.libraries = keys.strings("libraries");
  if (keys.has("memory")) {
    YamlMap memory = keys.of("memory").map("memory");
    build.code_memory = memory.text("code");
    build.data_memory = memory.text("data");
    memory.finish();
  }
  if (own) own->finish();
  if (shared) shared->finish();
  return build;
}

double positive(YamlMap& map, const std::string& key) {
  const double value = map.real(key);
  if (value <= 0) map.fail(key, fmt::format("is {}; a number above 0 is needed", value));
  return value;
}

Measure read_measure(YamlMap map) {
  Measure measure;
  measure.kind = static_cast<Measure::Kind>(
      map.choice("kind", {"cycles", "rate per MHz", "reported latency", "inference"}));
  if (measure.kind == Measure::Kind::kReportedLatency) {
    measure.input_bytes = map.u64("input_bytes");
    measure.inferences = map.u32("inferences");
    if (measure.inferences == 0) map.fail("inferences", "is 0; at least one is needed");
  } else if (measure.kind != Measure::Kind::kInference) {
    measure.from = map.text("from");
    measure.to = map.text("to");
    if (measure.kind == Measure::Kind::kCycles) measure.per = positive(map, "per");
    if (measure.kind == Measure::Kind::kRatePerMhz)
      measure.iterations = positive(map, "iterations");
  }
  map.finish();
  return measure;
}

KernelLibrary read_library(YamlMap map) {
  KernelLibrary library{map.text("model"), map.text("compiler", ""), map.strings("flags")};
  map.finish();
  return library;
}

// An image, a build or a kernel library: one of them.
decltype(Program::what) read_what(YamlMap& own, YamlMap& suite, const std::string& name) {
  const Layers keys(&own, &suite);
  const bool is_image = own.has("image"), is_library = own.has("kernels");
  const int given = (is_image ? 1 : 0) + (is_library ? 1 : 0) + (keys.has("build") ? 1 : 0);
  if (given != 1) {
    own.fail("image", given == 0 ? "missing, and there is no build and no kernel library either; a "
                                   "program needs one"
                                 : "given beside a build or a kernel library; a program is one");
  }
  if (is_image) return Image{own.text("image")};
  if (is_library) return read_library(own.map("kernels"));
  return read_build(own, suite, name);
}

Program read_program(YamlMap& own, YamlMap& suite, const std::string& suite_name) {
  const Layers keys(&own, &suite);
  Program program;
  program.suite = suite_name;
  program.name = own.text("name");
  program.folder = keys.text("folder");
  const std::vector<std::string> known = targets::target_names();
  program.target = known[static_cast<std::size_t>(keys.of("target").choice("target", known))];
  if (keys.has("clock_hz")) program.clock_hz = keys.of("clock_hz").u32("clock_hz").value();
  program.basis = static_cast<Basis>(
      keys.of("basis").choice("basis", {"same binary", "same source", "other build"}));
  program.what = read_what(own, suite, program.name);
  program.measure = read_measure(keys.of("measure").map("measure"));
  if (std::holds_alternative<KernelLibrary>(program.what) !=
      (program.measure.kind == Measure::Kind::kInference)) {
    own.fail("measure", "kind inference goes with a kernel library, and only with one");
  }
  if (keys.has("text")) {
    YamlMap text = keys.of("text").map("text");
    program.expect_text = text.text("expect", "");
    program.refuse_text = text.text("refuse", "");
    text.finish();
  }
  const targets::Sourced<double> value = own.real("value");
  if (value <= 0)
    own.fail("value", fmt::format("is {}; a number above 0 is needed", value.value()));
  program.published = {own.text("measurement"), value, value.source(), keys.text("compiler"),
                       keys.text("stack")};
  program.note = keys.text("note", "");
  own.finish();
  return program;
}

}  // namespace

const char* basis_text(Basis basis) {
  switch (basis) {
    case Basis::kSameBinary:
      return "same binary";
    case Basis::kSameSource:
      return "same source";
    case Basis::kOtherBuild:
      return "other build";
  }
  return "";
}

const char* Measure::unit() const {
  switch (kind) {
    case Kind::kCycles:
      return "cycles";
    case Kind::kRatePerMhz:
      return "per s per MHz";
    case Kind::kReportedLatency:
    case Kind::kInference:
      return "ms";
  }
  return "";
}

std::vector<Program> load_suite(const std::filesystem::path& file) {
  YamlMap suite = YamlMap::load(file);
  suite.text("title");
  std::vector<Program> programs;
  std::set<std::string> names;
  for (YamlMap& own : suite.list_of_maps("programs")) {
    programs.push_back(read_program(own, suite, file.stem().string()));
    if (!names.insert(programs.back().name).second) own.fail("name", "given twice in this suite");
  }
  if (programs.empty()) suite.fail("programs", "is empty; a suite compares at least one");
  suite.finish();
  return programs;
}

std::vector<Program> load_suites(const std::filesystem::path& folder) {
  std::vector<Program> programs;
  for (const std::string& name : targets::yaml_names(folder)) {
    for (Program& program : load_suite(folder / (name + ".yaml"))) {
      programs.push_back(std::move(program));
    }
  }
  return programs;
}

std::vector<Program> only(const std::vector<Program>& programs, const std::string& word) {
  std::vector<Program> chosen;
  std::vector<std::string> known;
  for (const Program& program : programs) {
    known.insert(known.end(), {program.suite, program.name, program.full_name()});
    if (std::find(known.end() - 3, known.end(), word) != known.end()) chosen.push_back(program);
  }
  if (chosen.empty()) {
    const std::string near = nearest_word(word, known);
    throw InputError(fmt::format("--only {}: no suite or program of that name{}", word,
                                 near.empty() ? "; see boardless validate --list"
                                              : fmt::format("; did you mean '{}'?", near)));
  }
  return chosen;
}

}  // namespace boardless::validation
