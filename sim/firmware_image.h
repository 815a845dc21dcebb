// Reads a firmware file: ELF, Intel HEX, or raw bytes for an address.
#pragma once

#include <string>

#include "sim/elf_image.h"

namespace boardless::sim {

// `argument`: PROGRAM.elf (or any file that starts as an ELF file), IMAGE.hex, IMAGE.bin@ADDRESS.
// Of HEX and raw files there are no symbols. Throws InputError naming the file, the line of a HEX
// file, and what is wrong.
ElfImage load_firmware(const std::string& argument);

// Gives an image without symbols those of the ELF file that it was made of. Throws InputError when
// that has none, or its functions are not the image's.
void take_symbols(ElfImage& image, const std::string& elf_file);

// The file of such an argument, without the address.
std::string firmware_file(const std::string& argument);

}  // namespace boardless::sim
