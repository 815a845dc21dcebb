// Reads Intel HEX ("Hexadecimal Object File Format Specification", Intel 1988, revision A).
#pragma once

#include <string_view>
#include <vector>

#include "sim/elf_image.h"

namespace boardless::sim {

// The data of all records as segments, joined where they touch, by address. Throws InputError
// "FILE:LINE: …" for a wrong digit, length, checksum or record type, for data that overlaps, and
// when the end-of-file record is missing.
std::vector<Segment> parse_intel_hex(std::string_view text, std::string_view file);

}  // namespace boardless::sim
