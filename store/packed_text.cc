// The size, then the bytes.
#include "store/packed_text.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Compression.h>
#include <llvm/Support/Error.h>

#include <algorithm>
#include <utility>

namespace boardless::store {
namespace {

constexpr std::size_t kSizeBytes = 4;
constexpr std::uint64_t kMost = std::uint64_t{1} << 30U;

}  // namespace

std::vector<std::uint8_t> packed(const std::string& text) {
  llvm::SmallVector<std::uint8_t, 0> bytes;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(text), bytes);
  std::vector<std::uint8_t> result(kSizeBytes + bytes.size());
  for (std::size_t i = 0; i < kSizeBytes; ++i) {
    result[i] = static_cast<std::uint8_t>(text.size() >> (8 * i));
  }
  std::ranges::copy(bytes, result.begin() + kSizeBytes);
  return result;
}

std::optional<std::string> unpacked(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kSizeBytes) return std::nullopt;
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < kSizeBytes; ++i) size |= std::uint64_t{bytes[i]} << (8 * i);
  if (size > kMost) return std::nullopt;
  llvm::SmallVector<std::uint8_t, 0> text;
  llvm::Error error = llvm::compression::zlib::decompress(
      llvm::ArrayRef(bytes.data() + kSizeBytes, bytes.size() - kSizeBytes), text, size);
  if (error) {
    llvm::consumeError(std::move(error));
    return std::nullopt;
  }
  if (text.size() != size) return std::nullopt;
  return std::string(text.begin(), text.end());
}

}  // namespace boardless::store
