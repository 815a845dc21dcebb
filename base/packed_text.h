// Text made small for places that take letters only, such as a page: compressed, then Base64.
#pragma once

#include <string>
#include <string_view>

namespace boardless {

// Base64 (RFC 4648) of the text in zlib's format (RFC 1950): what a browser's
// DecompressionStream('deflate') reads.
std::string packed_text(std::string_view text);

// The other way round; `size` is that of the text. Throws InputError for what is not such a text.
std::string unpacked_text(std::string_view packed, std::size_t size);

}  // namespace boardless
