// The file that this code was loaded from.
#pragma once

#include <filesystem>

namespace boardless {

// The running executable, or the shared library that a program loaded to use this code: a Python
// extension. Empty where the system does not say.
std::filesystem::path program_file();

}  // namespace boardless
