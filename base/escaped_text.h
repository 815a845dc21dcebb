// Texts with escapes, as they are typed in a shell.
#pragma once

#include <string>
#include <string_view>

namespace boardless {

// With the bytes that \n, \r, \t and \\ stand for; `what` says whose text it is. Throws InputError
// for another escape.
std::string unescaped(std::string_view what, std::string_view text);

}  // namespace boardless
