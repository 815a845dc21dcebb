// Calls by number. Files of the host are out of reach; the console and the list of features are
// not.
#include "sim/semihosting.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/error.h"

namespace boardless::sim {
namespace {

enum Call : std::uint32_t {
  kOpen = 0x01,
  kClose = 0x02,
  kWriteC = 0x03,
  kWrite0 = 0x04,
  kWrite = 0x05,
  kRead = 0x06,
  kReadC = 0x07,
  kIsError = 0x08,
  kIsTty = 0x09,
  kSeek = 0x0a,
  kFlen = 0x0c,
  kClock = 0x10,
  kTime = 0x11,
  kErrno = 0x13,
  kGetCmdline = 0x15,
  kHeapInfo = 0x16,
  kExit = 0x18,
  kExitExtended = 0x20,
  kElapsed = 0x30,
  kTickFreq = 0x31,
};

// Handles: standard input, output and error of :tt, and the features file.
constexpr std::uint32_t kStdin = 1, kStdout = 2, kStderr = 3, kFeaturesHandle = 4;
constexpr std::uint32_t kMostNameBytes = 64;
constexpr std::uint32_t kFailed = ~0U;
constexpr std::uint32_t kNoEntry = 2, kBadHandle = 9;  // errno
constexpr std::uint32_t kApplicationExit = 0x20026;    // ADP_Stopped_ApplicationExit
constexpr std::uint32_t kMicroseconds = 1000000;
// Magic, then: SYS_EXIT_EXTENDED is there, :tt has standard output and error apart.
constexpr std::string_view kFeatures{"SHFB\x03", 5};

}  // namespace

void Semihosting::print(char c) {
  output_.print(c);
  if (on_print) on_print(c);
}

std::uint32_t Semihosting::open(std::uint32_t name, std::uint32_t length, std::uint32_t mode,
                                isa::MemoryPort& memory) {
  std::string text;
  // Longer than any name that is known: what it says does not matter.
  for (std::uint32_t i = 0; i < std::min(length, kMostNameBytes); ++i) {
    text.push_back(static_cast<char>(memory.load(name + i, 1)));
  }
  if (text == ":tt") return mode < 4 ? kStdin : mode < 8 ? kStdout : kStderr;
  if (text == ":semihosting-features" && mode < 2) {
    features_next_ = 0;
    return kFeaturesHandle;
  }
  error_ = kNoEntry;
  return kFailed;
}

std::uint32_t Semihosting::write(std::uint32_t handle, std::uint32_t from, std::uint32_t bytes,
                                 isa::MemoryPort& memory) {
  if (handle != kStdout && handle != kStderr) {
    error_ = kBadHandle;
    return bytes;  // as many were not written
  }
  for (std::uint32_t i = 0; i < bytes; ++i) print(static_cast<char>(memory.load(from + i, 1)));
  return 0;
}

std::uint32_t Semihosting::read(std::uint32_t handle, std::uint32_t to, std::uint32_t bytes,
                                isa::MemoryPort& memory) {
  if (handle != kStdin && handle != kFeaturesHandle) {
    error_ = kBadHandle;
    return bytes;
  }
  const std::string_view from = handle == kStdin ? std::string_view(options_.input) : kFeatures;
  std::size_t& next = handle == kStdin ? input_next_ : features_next_;
  std::uint32_t done = 0;
  while (done < bytes && next < from.size()) {
    const char c = from[next++];
    memory.store(to + done++, 1, static_cast<std::uint8_t>(c));
    if (handle == kStdin && c == '\n') break;  // a terminal gives lines
  }
  return bytes - done;
}

std::uint32_t Semihosting::call(std::uint32_t operation, std::uint32_t parameter,
                                isa::MemoryPort& memory, double seconds) {
  const auto word = [&](std::uint32_t index) { return memory.load(parameter + 4 * index, 4); };
  switch (operation) {
    case kOpen:
      return open(word(0), word(2), word(1), memory);
    case kClose:
      return 0;
    case kWriteC:
      print(static_cast<char>(memory.load(parameter, 1)));
      return 0;
    case kWrite0:
      for (std::uint32_t at = parameter; const std::uint32_t c = memory.load(at, 1); ++at) {
        print(static_cast<char>(c));
      }
      return 0;
    case kWrite:
      return write(word(0), word(1), word(2), memory);
    case kRead:
      return read(word(0), word(1), word(2), memory);
    case kReadC:
      if (input_next_ >= options_.input.size()) return kFailed;
      return static_cast<std::uint8_t>(options_.input[input_next_++]);
    case kIsError:
      return static_cast<std::uint32_t>(static_cast<std::int32_t>(word(0)) < 0);
    case kIsTty:
      return static_cast<std::uint32_t>(word(0) <= kStderr);
    case kSeek:
      if (word(0) == kFeaturesHandle && word(1) <= kFeatures.size()) {
        features_next_ = word(1);
        return 0;
      }
      error_ = kBadHandle;
      return kFailed;
    case kFlen:
      return word(0) == kFeaturesHandle ? static_cast<std::uint32_t>(kFeatures.size()) : 0;
    case kClock:
      return static_cast<std::uint32_t>(seconds * 100);
    case kTime:
      return static_cast<std::uint32_t>(seconds);
    case kErrno:
      return error_;
    case kGetCmdline: {
      const std::uint32_t to = word(0), room = word(1);
      const auto length = static_cast<std::uint32_t>(options_.command_line.size());
      if (length + 1 > room) return kFailed;
      for (std::uint32_t i = 0; i <= length; ++i) {
        memory.store(to + i, 1, static_cast<std::uint8_t>(options_.command_line.c_str()[i]));
      }
      memory.store(parameter + 4, 4, length);
      return 0;
    }
    case kHeapInfo: {
      const std::uint32_t block = word(0);
      memory.store(block, 4, options_.heap_base);
      memory.store(block + 4, 4, options_.heap_limit);
      memory.store(block + 8, 4, options_.stack_base);
      memory.store(block + 12, 4, options_.stack_limit);
      return 0;
    }
    case kExit:  // on 32-bit cores the reason itself, without a status
      exit_status_ = parameter == kApplicationExit ? 0 : 1;
      return 0;
    case kExitExtended:
      exit_status_ = word(0) == kApplicationExit ? static_cast<int>(word(1)) : 1;
      return 0;
    case kElapsed: {
      const auto ticks = static_cast<std::uint64_t>(seconds * kMicroseconds);
      memory.store(parameter, 4, static_cast<std::uint32_t>(ticks));
      memory.store(parameter + 4, 4, static_cast<std::uint32_t>(ticks >> 32));
      return 0;
    }
    case kTickFreq:
      return kMicroseconds;
    default:
      throw NotModelled(fmt::format("semihosting call 0x{:02x}", operation));
  }
}

}  // namespace boardless::sim
