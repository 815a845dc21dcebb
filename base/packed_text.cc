// Compression and Base64 by LLVM's support library.
#include "base/packed_text.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Base64.h>
#include <llvm/Support/Compression.h>
#include <llvm/Support/Error.h>

#include <cstdint>
#include <vector>

#include "base/error.h"

namespace boardless {

namespace zlib = llvm::compression::zlib;

std::string packed_text(std::string_view text) {
  check(zlib::isAvailable(), "LLVM's support library was built with zlib");
  llvm::SmallVector<std::uint8_t> small;
  zlib::compress(llvm::arrayRefFromStringRef(llvm::StringRef(text)), small,
                 zlib::BestSizeCompression);
  return llvm::encodeBase64(small);
}

std::string unpacked_text(std::string_view packed, std::size_t size) {
  std::vector<char> small;
  if (llvm::Error error = llvm::decodeBase64(llvm::StringRef(packed), small)) {
    throw InputError("packed text: " + llvm::toString(std::move(error)));
  }
  llvm::SmallVector<std::uint8_t> text;
  const auto bytes = llvm::arrayRefFromStringRef(llvm::StringRef(small.data(), small.size()));
  if (llvm::Error error = zlib::decompress(bytes, text, size)) {
    throw InputError("packed text: " + llvm::toString(std::move(error)));
  }
  return {text.begin(), text.end()};
}

}  // namespace boardless
