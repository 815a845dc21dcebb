// Records, their addresses, and joining them.
#include "sim/intel_hex.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/error.h"

namespace boardless::sim {
namespace {

enum RecordType : std::uint8_t {
  kData = 0,
  kEndOfFile = 1,
  kExtendedSegmentAddress = 2,
  kStartSegmentAddress = 3,
  kExtendedLinearAddress = 4,
  kStartLinearAddress = 5,
};

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

class Parser {
 public:
  explicit Parser(std::string_view file) : file_(file) {}

  void line(std::string_view text);
  bool ended() const { return ended_; }
  std::vector<Segment> take_segments();
  [[noreturn]] void fail(const std::string& what) const {
    throw InputError(fmt::format("{}:{}: {}", file_, line_, what));
  }

 private:
  std::vector<std::uint8_t> bytes_of(std::string_view text) const;
  void data(std::uint32_t address, const std::vector<std::uint8_t>& record);

  std::string_view file_;
  int line_ = 0;
  std::uint32_t base_ = 0;
  bool ended_ = false;
  std::map<std::uint32_t, std::vector<std::uint8_t>> pieces_;  // by address
};

std::vector<std::uint8_t> Parser::bytes_of(std::string_view text) const {
  if (text.size() % 2 != 0) fail("a record has an odd number of digits");
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) {
      fail(fmt::format("'{}' is no hexadecimal number", text.substr(i, 2)));
    }
    bytes.push_back(static_cast<std::uint8_t>(16 * high + low));
  }
  return bytes;
}

void Parser::line(std::string_view text) {
  ++line_;
  while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
  if (text.empty()) return;
  if (text.front() != ':') fail("a record starts with ':'");
  if (ended_) fail("a record follows the end-of-file record");
  const std::vector<std::uint8_t> record = bytes_of(text.substr(1));
  constexpr std::size_t kOverhead = 5;  // length, address, type, checksum
  if (record.size() < kOverhead || record.size() != record[0] + kOverhead) {
    fail(fmt::format("a record of {} bytes says that it has {} of data", record.size(),
                     record.empty() ? 0 : record[0]));
  }
  std::uint8_t sum = 0;
  for (const std::uint8_t byte : record) sum = static_cast<std::uint8_t>(sum + byte);
  if (sum != 0) {
    fail(fmt::format("checksum 0x{:02x} is wrong; 0x{:02x} would be right", record.back(),
                     static_cast<std::uint8_t>(record.back() - sum)));
  }
  const auto number = [&](std::size_t at) {
    return static_cast<std::uint32_t>(record[at] << 8 | record[at + 1]);
  };
  const std::uint8_t type = record[3];
  const auto needs = [&](std::size_t length) {
    if (record[0] != length)
      fail(fmt::format("a record of type {} has {} bytes of data", type, length));
  };
  switch (type) {
    case kData:
      data(base_ + number(1), record);
      break;
    case kEndOfFile:
      needs(0);
      ended_ = true;
      break;
    case kExtendedSegmentAddress:
      needs(2);
      base_ = number(4) << 4;
      break;
    case kExtendedLinearAddress:
      needs(2);
      base_ = number(4) << 16;
      break;
    // Where execution starts: an M-profile core takes it from its vector table.
    case kStartSegmentAddress:
    case kStartLinearAddress:
      needs(4);
      break;
    default:
      fail(fmt::format("unknown record type {}; known are 0 to 5", type));
  }
}

void Parser::data(std::uint32_t address, const std::vector<std::uint8_t>& record) {
  if (record[0] == 0) return;
  const std::uint64_t end = std::uint64_t{address} + record[0];
  if (end > std::uint64_t{1} << 32) fail("data passes the end of the 32-bit address space");
  const auto after = pieces_.lower_bound(address);
  const bool meets_next = after != pieces_.end() && after->first < end;
  const bool meets_previous =
      after != pieces_.begin() &&
      std::uint64_t{std::prev(after)->first} + std::prev(after)->second.size() > address;
  if (meets_next || meets_previous) fail(fmt::format("data at 0x{:08x} is given twice", address));
  // Most files rise: the piece before grows.
  if (after != pieces_.begin()) {
    auto& [begin, bytes] = *std::prev(after);
    if (begin + bytes.size() == address) {
      bytes.insert(bytes.end(), record.begin() + 4, record.end() - 1);
      return;
    }
  }
  pieces_.emplace(address, std::vector<std::uint8_t>(record.begin() + 4, record.end() - 1));
}

std::vector<Segment> Parser::take_segments() {
  std::vector<Segment> segments;
  for (auto& [address, bytes] : pieces_) {
    if (!segments.empty() && segments.back().address + segments.back().bytes.size() == address) {
      segments.back().bytes.insert(segments.back().bytes.end(), bytes.begin(), bytes.end());
    } else {
      segments.push_back({address, std::move(bytes), address});
    }
  }
  return segments;
}

}  // namespace

std::vector<Segment> parse_intel_hex(std::string_view text, std::string_view file) {
  Parser parser(file);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    parser.line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!parser.ended()) parser.fail("the end-of-file record is missing: the file is cut off");
  std::vector<Segment> segments = parser.take_segments();
  if (segments.empty()) parser.fail("the file holds no data");
  return segments;
}

}  // namespace boardless::sim
