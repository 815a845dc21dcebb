// Lists compilations, runs those whose result is not in the store, and links.
#include "toolchain/kernel_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <iterator>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "base/data_files.h"
#include "base/error.h"
#include "toolchain/build_note.h"
#include "toolchain/process.h"
#include "toolchain/source_tree.h"

namespace boardless::toolchain {

namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

Words words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

Words operator+(Words left, const Words& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

struct Compiler {
  std::string command;
  std::string version;
};

// The compiler of the note may lie elsewhere on this machine, or not be there.
Compiler find_compiler(const std::string& asked_for, const BuildNote& note) {
  const Words candidates = asked_for.empty()
                               ? Words{note.command, fs::path(note.command).filename().string()}
                               : Words{asked_for};
  for (const std::string& command : candidates) {
    const ProcessResult result = run_process({command, "--version"});
    if (!result.succeeded()) continue;
    return {command, result.out.substr(0, result.out.find('\n'))};
  }
  throw InputError(fmt::format(
      "{}: no such compiler; kernel libraries are compiled with it: install the packages "
      "gcc-arm-none-eabi and libnewlib-arm-none-eabi, or name another by --kernel-compiler",
      fmt::join(candidates, " and ")));
}

// `what`, and the first lines of what the compiler said.
[[noreturn]] void fail(const std::string& what, const ProcessResult& result) {
  constexpr int kLines = 6;
  std::string message = what;
  std::istringstream lines(result.err);
  std::string line;
  for (int i = 0; i < kLines && std::getline(lines, line); ++i) message += "\n  " + line;
  throw InputError(message);
}

// The folders that -I words among flags name.
std::vector<fs::path> include_folders(const Words& flags) {
  std::vector<fs::path> folders;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (!flags[i].starts_with("-I")) continue;
    fs::path folder = flags[i].substr(2);
    if (folder.empty() && i + 1 < flags.size()) folder = flags[++i];
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) folders.push_back(folder);
  }
  return folders;
}

// Files that are compiled with the same flags.
struct SourceGroup {
  fs::path root;
  std::string name;  // of the root, in messages and line tables
  std::vector<fs::path> files;
  Words flags;     // without those that name folders
  Words includes;  // -I…
  std::string headers;
};

struct Job {
  const SourceGroup* group = nullptr;
  fs::path file;
};

class Build {
 public:
  Build(const ObjectStore& store, const Compiler& compiler, const KernelBuilder::Progress& progress)
      : store_(store), compiler_(compiler), progress_(progress) {}

  // Objects of all files, in their order, compiled on all cores. The first failure ends it.
  std::vector<fs::path> compile(const std::vector<SourceGroup>& groups) {
    std::vector<Job> jobs;
    for (const SourceGroup& group : groups) {
      for (const fs::path& file : group.files) jobs.push_back({&group, file});
    }
    total_ = jobs.size() + 1;  // linking is one more
    std::vector<fs::path> objects(jobs.size());
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    const auto work = [&] {
      for (std::size_t i = next++; i < jobs.size(); i = next++) {
        try {
          objects[i] = compile_one(jobs[i]);
          report_one();
        } catch (...) {
          const std::lock_guard lock(mutex_);
          if (!failure) failure = std::current_exception();
          next = jobs.size();
        }
      }
    };
    {
      std::vector<std::jthread> threads;
      const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
      for (std::size_t i = 1; i < std::min(cores, jobs.size()); ++i) threads.emplace_back(work);
      work();
    }
    if (failure) std::rethrow_exception(failure);
    return objects;
  }

  void report_one() {
    const std::lock_guard lock(mutex_);
    ++done_;
    if (progress_) progress_(done_, total_);
  }

 private:
  fs::path compile_one(const Job& job) const {
    const SourceGroup& group = *job.group;
    BuildKey key;
    key.add(compiler_.version).add(fmt::format("{}", fmt::join(group.flags, "\n")));
    key.add(group.name).add(job.file.string()).add_file(group.root / job.file).add(group.headers);
    return store_.get(key.hex() + ".o", [&](const fs::path& object) {
      const Words mapping{
          fmt::format("-ffile-prefix-map={}/={}/", group.root.string(), group.name)};
      const ProcessResult result =
          run_process(Words{compiler_.command} + group.flags + mapping + group.includes +
                      Words{"-c", (group.root / job.file).string(), "-o", object.string()});
      if (!result.succeeded()) {
        fail(fmt::format("{} cannot compile {}/{} with {}:", compiler_.command, group.name,
                         job.file.string(), fmt::join(group.flags, " ")),
             result);
      }
    });
  }

  const ObjectStore& store_;
  const Compiler& compiler_;
  const KernelBuilder::Progress& progress_;
  std::mutex mutex_;
  std::size_t done_ = 0, total_ = 0;
};

fs::path linker_script(const ObjectStore& store, const Compiler& compiler,
                       const fs::path& kernel_sources, const std::string& entries) {
  const fs::path script = kernel_sources / "kernels" / "kernel_image.ld";
  BuildKey key;
  key.add(compiler.version).add(entries).add_file(script);
  key.add_file(kernel_sources / "kernels" / "memory_map.h");
  return store.get(key.hex() + ".ld", [&](const fs::path& made) {
    const ProcessResult result =
        run_process({compiler.command, "-E", "-P", "-undef", "-x", "c", "-DBL_ENTRIES=" + entries,
                     "-I" + kernel_sources.string(), script.string(), "-o", made.string()});
    if (!result.succeeded()) fail(script.string() + " cannot be preprocessed:", result);
  });
}

fs::path link(const ObjectStore& store, const Compiler& compiler, const Words& flags,
              const fs::path& script, const std::vector<fs::path>& objects,
              const std::string& title) {
  Words words = Words{compiler.command} + flags + Words{"-T", script.string()};
  for (const fs::path& object : objects) words.push_back(object.string());
  words.push_back("-lm");
  BuildKey key;
  key.add(compiler.version).add(fmt::format("{}", fmt::join(words, "\n")));
  return store.get(key.hex() + ".elf", [&](const fs::path& elf) {
    const ProcessResult result = run_process(words + Words{"-o", elf.string()});
    if (!result.succeeded()) {
      fail(fmt::format("{} cannot link {} into a kernel image:", compiler.command, title), result);
    }
  });
}

fs::path checked_directory(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::is_directory(directory, ignored)) {
    throw InputError(fmt::format(
        "--kernels {}: {}; accepted are auto, reference, optimized, or the "
        "folder of a kernel library such as a checkout of CMSIS-NN",
        directory.string(), fs::exists(directory, ignored) ? "no folder" : "no such folder"));
  }
  return fs::canonical(directory);
}

}  // namespace

KernelBuilder::KernelBuilder(fs::path directory, BuildOptions options)
    : directory_(checked_directory(directory)),
      options_(std::move(options)),
      kernel_sources_(fs::canonical(data_directory() / "kernel_sources" / "kernels").parent_path()),
      store_(options_.cache_folder) {
  library_ =
      recognise(directory_, load_library_descriptors(kernel_sources_ / "kernels" / "adapters"));
  title_ = library_title(directory_, library_);
}

BuiltImage KernelBuilder::build(const std::string& image, const Progress& progress) const {
  constexpr std::size_t kShortDigest = 8;
  const BuildNote note = read_build_note(image);
  const Compiler compiler = find_compiler(options_.compiler, note);
  const Words common = words_of(note.flags) + Words{"-g", "-ffunction-sections", "-fdata-sections"};
  const Words own = library_.flags + options_.flags;

  Words include, defines;
  std::set<fs::path> header_folders;
  for (const std::string& folder : library_.include) {
    if (!fs::is_directory(directory_ / folder)) continue;
    include.push_back("-I" + (directory_ / folder).string());
    header_folders.insert(directory_ / folder);
  }
  for (const std::string& macro : library_defines(directory_, library_)) {
    defines.push_back("-D" + macro);
  }
  SourceGroup library{.root = directory_,
                      .name = library_.name,
                      .files = matching_files(directory_, library_.sources, library_.except),
                      .flags = common + Words{"-w"} + own,  // its warnings are its authors'
                      .includes = include,
                      .headers = {}};
  for (const fs::path& file : library.files) {
    header_folders.insert((directory_ / file).parent_path());
  }
  for (const fs::path& folder : include_folders(options_.flags)) header_folders.insert(folder);
  library.headers = headers_digest({header_folders.begin(), header_folders.end()});

  const Words our_include{"-I" + kernel_sources_.string()};
  const std::string our_headers = headers_digest({kernel_sources_ / "kernels"});
  const SourceGroup adapter{.root = kernel_sources_ / "kernels" / "adapters",
                            .name = "kernels/adapters",
                            .files = {library_.adapter.begin(), library_.adapter.end()},
                            .flags = common + defines + own,
                            .includes = our_include + include,
                            .headers = our_headers + library.headers};
  const std::string reference_flags = note.library_flags("reference");
  const SourceGroup reference{
      .root = kernel_sources_ / "kernels" / "reference",
      .name = "kernels/reference",
      .files = matching_files(kernel_sources_ / "kernels" / "reference", {"*.c"}, {}),
      .flags = common + words_of(reference_flags),
      .includes = our_include,
      .headers = our_headers};

  Build build(store_, compiler, progress);
  const std::vector<fs::path> objects = build.compile({adapter, library, reference});
  const fs::path script =
      linker_script(store_, compiler, kernel_sources_,
                    fmt::format(".text.reference_* .text.{}_*", library_.prefix));
  const fs::path elf = link(store_, compiler, words_of(note.flags) + words_of(note.link_flags),
                            script, objects, title_);
  build.report_one();
  return {elf, compiler.version,
          fmt::format("{}; reference {}; {} {}; sources {}", note.flags, reference_flags,
                      library_.name, fmt::join(own, " "),
                      files_digest(directory_, library.files).substr(0, kShortDigest))};
}

}  // namespace boardless::toolchain
