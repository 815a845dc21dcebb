// What is compared with a published figure: programs, how each is built, run and read. Loaded from
// validation/suites/*.yaml; a new comparison is a new entry there, no C++.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/units.h"

namespace boardless::validation {

// How near what runs here is to what was measured. Only the first two judge the model; the third is
// a bound, because another compiler or other flags made another program.
enum class Basis { kSameBinary, kSameSource, kOtherBuild };
// "same binary", "same source", "other build".
const char* basis_text(Basis basis);

// A program that is compiled where it runs.
struct Build {
  std::string compiler;                        // "arm-none-eabi-gcc", found in $PATH
  std::vector<std::string> flags, link_flags;  // as given to the compiler driver
  std::vector<std::string> defines;            // "NAME=VALUE"
  std::vector<std::string> include, sources;   // below the suite's folder; "DIR/*.c" for all in DIR
  std::vector<std::string> support_include, support;  // below validation/support
  std::vector<std::string> runtime;                   // likewise, compiled apart with
  std::vector<std::string> runtime_flags;             // these flags behind the program's
  std::string linker_script;                          // below validation/support
  std::vector<std::string> libraries;                 // "m" for -lm
  // Memories of the target; empty: where the target places code and the stack.
  std::string code_memory, data_memory;
};

// A program as its maker published it: ELF, Intel hex, or the bytes of the target's flash.
struct Image {
  std::string file;  // below the suite's folder
};

// A kernel library that is compiled for the target's core, and the model that its kernels run.
struct KernelLibrary {
  std::string model;               // a .tflite file below --sources
  std::string compiler;            // empty: the one that built the bundled kernels
  std::vector<std::string> flags;  // of the library
};

// What is read off the run.
struct Measure {
  enum class Kind {
    kCycles,           // between the begins of two functions, divided by `per`
    kRatePerMhz,       // `iterations` per million cycles between the begins of two functions
    kReportedLatency,  // ms per inference, as MLPerf Tiny firmware says on its serial port
    kInference,        // ms per inference, of the kernels alone
  };
  Kind kind = Kind::kCycles;
  std::string from, to;  // functions
  double per = 1;
  double iterations = 0;
  Bytes input_bytes = 0;
  std::uint32_t inferences = 0;

  // "cycles", "per s per MHz", "ms".
  const char* unit() const;
};

struct Published {
  std::string measurement;  // its id in the table of measurements, "m1175"
  double value = 0;
  std::string source, compiler, stack;
};

struct Program {
  std::string suite, name;
  std::string target;
  std::optional<std::uint32_t> clock_hz;  // the target's own when empty
  Basis basis = Basis::kSameSource;
  std::string folder;  // below --sources
  std::variant<Build, Image, KernelLibrary> what;
  Measure measure;
  // What the program's own text must hold, and must not, for its answer to be right; may be empty.
  std::string expect_text, refuse_text;
  Published published;
  std::string note;

  std::string full_name() const { return suite + '/' + name; }
};

// All programs of one file, whose stem is the suite's name. Throws InputError naming file, line,
// key.
std::vector<Program> load_suite(const std::filesystem::path& file);
// Those of every file in a folder, in the files' alphabetical order.
std::vector<Program> load_suites(const std::filesystem::path& folder);
// Those whose suite, name or both ("suite/name") is `word`. Throws InputError, with the nearest
// word, when there is none.
std::vector<Program> only(const std::vector<Program>& programs, const std::string& word);

}  // namespace boardless::validation
