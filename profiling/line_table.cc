// A forked reader writes one line of text for each address into a pipe.
#include "profiling/line_table.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ObjectFile.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <sstream>

#include "base/child_answer.h"
#include "base/confinement.h"
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
  const std::optional<std::string> text = answer_of_child([&] {
    confine_the_child(elf);
    return all_lines(elf, addresses);
  });
  if (text) {
    table.lines = parsed(*text);
    if (table.lines.empty() || table.lines.size() == addresses.size()) return table;
  }
  table.lines.clear();
  table.problem = "the debug information of " + visible(elf.string()) + " cannot be read";
  return table;
}

}  // namespace boardless::profiling
