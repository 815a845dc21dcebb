// One call of the compiler driver per program: compile and link.
#include "validation/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/output_file.h"
#include "toolchain/process.h"

namespace boardless::validation {
namespace {

namespace fs = std::filesystem;
using toolchain::ProcessResult;
using toolchain::run_process;

constexpr std::string_view kAllC = "/*.c";

std::vector<fs::path> expanded(const fs::path& folder, const std::string& pattern) {
  if (!pattern.ends_with(kAllC)) return {folder / pattern};
  std::vector<fs::path> files;
  std::error_code error;
  const fs::path directory = folder / pattern.substr(0, pattern.size() - kAllC.size());
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".c") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

const targets::Memory& memory_named(const targets::Target& target, const std::string& name) {
  const auto found =
      std::find_if(target.memories.begin(), target.memories.end(),
                   [&](const targets::Memory& memory) { return memory.name == name; });
  if (found == target.memories.end()) {
    throw InputError(
        fmt::format("target {} has no memory '{}' to put a program in", target.name, name));
  }
  return *found;
}

std::string memory_line(std::string_view name, std::uint64_t base, std::uint64_t size) {
  return fmt::format("  {} : ORIGIN = 0x{:08x}, LENGTH = {}\n", name, base, size);
}

// The value of a macro that a header of the C library defines, or "".
std::string header_macro(const Build& build, const std::string& header, std::string_view macro) {
  std::vector<std::string> command{build.compiler};
  command.insert(command.end(), build.flags.begin(), build.flags.end());
  for (const char* word : {"-E", "-dM", "-include"}) command.emplace_back(word);
  command.push_back(header);
  for (const char* word : {"-x", "c", "/dev/null"}) command.emplace_back(word);
  const ProcessResult finished = run_process(command);
  const std::string define = fmt::format("#define {} \"", macro);
  const std::size_t at = finished.out.find(define);
  if (!finished.succeeded() || at == std::string::npos) return "";
  const std::size_t begin = at + define.size();
  return finished.out.substr(begin, finished.out.find('"', begin) - begin);
}

std::string compiler_text(const Build& build) {
  ProcessResult version = run_process({build.compiler, "-dumpfullversion"});
  while (version.out.ends_with('\n')) version.out.pop_back();
  std::string text = "GCC " + version.out;
  const bool has_library = std::find(build.link_flags.begin(), build.link_flags.end(),
                                     "-nostdlib") == build.link_flags.end();
  const std::string newlib = has_library ? header_macro(build, "newlib.h", "_NEWLIB_VERSION") : "";
  if (!newlib.empty()) text += ", newlib " + newlib;
  return text;
}

void append(std::vector<std::string>& to, const std::vector<std::string>& words) {
  to.insert(to.end(), words.begin(), words.end());
}

}  // namespace

std::vector<std::string> missing_parts(const Program& program, const Places& places) {
  std::vector<std::string> missing;
  const fs::path folder = places.sources / program.folder;
  if (places.sources.empty() || !fs::is_directory(folder)) {
    missing.push_back(places.sources.empty()
                          ? fmt::format("folder {} below --sources", program.folder)
                          : fmt::format("folder {}", folder.string()));
  }
  if (const Build* build = std::get_if<Build>(&program.what)) {
    if (missing.empty()) {
      for (const std::string& source : build->sources) {
        const std::vector<fs::path> files = expanded(folder, source);
        if (files.empty() || !fs::is_regular_file(files.front())) {
          missing.push_back(fmt::format("file {}", (folder / source).string()));
        }
      }
    }
    if (!run_process({build->compiler, "--version"}).succeeded())
      missing.push_back(fmt::format("compiler {}", build->compiler));
  } else if (missing.empty()) {
    const KernelLibrary* library = std::get_if<KernelLibrary>(&program.what);
    const fs::path file = library != nullptr ? places.sources / library->model
                                             : folder / std::get<Image>(program.what).file;
    if (!fs::is_regular_file(file)) missing.push_back(fmt::format("file {}", file.string()));
  }
  return missing;
}

std::string memory_script(const Build& build, const targets::Target& target) {
  const std::string& code_name =
      build.code_memory.empty() ? target.placement.code : build.code_memory;
  const std::string& data_name =
      build.data_memory.empty() ? target.placement.stack : build.data_memory;
  const targets::Memory& code = memory_named(target, code_name);
  const targets::Memory& data = memory_named(target, data_name);
  std::uint64_t code_size = code.size_bytes, data_size = data.size_bytes;
  std::uint64_t data_base = data.base;
  if (code.name == data.name) {
    code_size /= 2;
    data_base += code_size;
    data_size -= code_size;
  }
  return fmt::format("MEMORY\n{{\n{}{}}}\n", memory_line("flash (rx)", code.base, code_size),
                     memory_line("ram (rwx)", data_base, data_size));
}

fs::path runtime_object(const Places& places, const std::string& source) {
  return places.output / fs::path(source).filename().replace_extension(".o");
}

void run_compiler(const Program& program, const Build& build, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), build.compiler);
  const ProcessResult finished = run_process(arguments);
  if (!finished.succeeded()) {
    throw InputError(fmt::format("{}: {} ended with status {}:\n{}", program.full_name(),
                                 build.compiler, finished.status, finished.err));
  }
}

std::vector<std::string> compiler_arguments(const Program& program, const Build& build,
                                            const Places& places, const fs::path& elf) {
  const fs::path folder = places.sources / program.folder;
  std::vector<std::string> words = build.flags;
  words.emplace_back("-g");
  for (const std::string& define : build.defines) words.push_back("-D" + define);
  for (const std::string& include : build.include)
    words.push_back("-I" + (folder / include).string());
  words.push_back("-I" + places.support.string());
  for (const std::string& include : build.support_include) {
    words.push_back("-I" + (places.support / include).string());
  }
  for (const std::string& source : build.sources) {
    for (const fs::path& file : expanded(folder, source)) words.push_back(file.string());
  }
  for (const std::string& source : build.support) {
    words.push_back((places.support / source).string());
  }
  for (const std::string& source : build.runtime) {
    words.push_back(runtime_object(places, source).string());
  }
  for (const char* word : {"-nostartfiles", "-static", "-Wl,--gc-sections"})
    words.emplace_back(word);
  append(words, build.link_flags);
  words.push_back("-L" + places.output.string());
  words.push_back("-T" + (places.support / build.linker_script).string());
  for (const std::string& library : build.libraries) words.push_back("-l" + library);
  append(words, {"-o", elf.string()});
  return words;
}

BuiltProgram build_program(const Program& program, const Build& build,
                           const targets::Target& target, const Places& places) {
  Places own = places;
  own.output = places.output / program.suite / program.name;
  fs::create_directories(own.output);
  write_file(own.output / "memory.ld", memory_script(build, target));
  const fs::path elf = own.output / "program.elf";
  for (const std::string& source : build.runtime) {
    std::vector<std::string> words = build.flags;
    append(words, build.runtime_flags);
    append(words,
           {"-c", (own.support / source).string(), "-o", runtime_object(own, source).string()});
    run_compiler(program, build, words);
  }
  run_compiler(program, build, compiler_arguments(program, build, own, elf));
  return {elf, compiler_text(build), fmt::format("{}", fmt::join(build.flags, " "))};
}

}  // namespace boardless::validation
