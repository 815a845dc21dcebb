// A forked reader writes one line of text for each address into a pipe.
#include "profiling/line_table.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ObjectFile.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <sstream>
#include <system_error>

#include "base/confinement.h"
#include "base/descriptor.h"
#include "base/resource_limits.h"
#include "base/visible_text.h"

namespace boardless::profiling {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kReservesMemory = true;  // the sanitizer's shadow: terabytes of addresses
#elif defined(__has_feature)
constexpr bool kReservesMemory = __has_feature(address_sanitizer);
#else
constexpr bool kReservesMemory = false;
#endif

// The child dies of what it does, says nothing, and reaches no file but the one it reads.
void confine_the_child(const std::filesystem::path& elf) {
  constexpr rlim_t kSeconds = 30;
  constexpr Bytes kBytes = Bytes{4} << 30U;
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGINT, SIGTERM, SIGPIPE}) {
    std::signal(signal, SIG_DFL);
  }
  limit_resources(
      {.address_space = kReservesMemory ? 0 : kBytes, .file = 0, .cpu_seconds = kSeconds});
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  confine({.writes = {}, .reads = std::vector{elf}});
}

// "12 main.c", and "0" where there is none; nothing at all without debug information.
std::string all_lines(const std::filesystem::path& elf, std::span<const std::uint32_t> addresses) {
  auto object = llvm::object::ObjectFile::createObjectFile(elf.string());
  if (!object) {
    llvm::consumeError(object.takeError());
    return "";
  }
  const auto context = llvm::DWARFContext::create(*object->getBinary());
  if (context->getNumCompileUnits() == 0) return "";
  std::string text;
  for (const std::uint32_t address : addresses) {
    const llvm::DILineInfo info =
        context->getLineInfoForAddress({address, llvm::object::SectionedAddress::UndefSection},
                                       {llvm::DILineInfoSpecifier::FileLineInfoKind::RawValue,
                                        llvm::DILineInfoSpecifier::FunctionNameKind::None});
    if (!info || info.Line == 0) {
      text += "0\n";
      continue;
    }
    text += fmt::format("{} {}\n", info.Line, visible(info.FileName));
  }
  return text;
}

[[noreturn]] void be_the_child(int to, const std::filesystem::path& elf,
                               std::span<const std::uint32_t> addresses) {
  try {
    confine_the_child(elf);
    if (!write_all(to, all_lines(elf, addresses))) _exit(1);
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// What the child wrote; nothing when it did not end well.
std::optional<std::string> ask_a_child(const std::filesystem::path& elf,
                                       std::span<const std::uint32_t> addresses) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
  const pid_t child = ::fork();
  if (child == 0) be_the_child(ends[1], elf, addresses);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    fail("fork");
  }
  std::string text = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return text;
}

std::vector<std::optional<SourceLine>> parsed(const std::string& text) {
  std::vector<std::optional<SourceLine>> lines;
  std::istringstream stream(text);
  for (std::string row; std::getline(stream, row);) {
    SourceLine line;
    const char* const end = row.data() + row.size();
    const char* const rest = std::from_chars(row.data(), end, line.line).ptr;
    if (rest != end) line.file.assign(rest + 1, end);
    lines.push_back(line.line == 0 ? std::nullopt : std::optional(std::move(line)));
  }
  return lines;
}

}  // namespace

LineTable read_lines(const std::filesystem::path& elf, std::span<const std::uint32_t> addresses) {
  LineTable table;
  if (const std::optional<std::string> text = ask_a_child(elf, addresses)) {
    table.lines = parsed(*text);
    if (table.lines.empty() || table.lines.size() == addresses.size()) return table;
  }
  table.lines.clear();
  table.problem = "the debug information of " + visible(elf.string()) + " cannot be read";
  return table;
}

}  // namespace boardless::profiling
