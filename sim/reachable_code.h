// What a linker would keep: the code and constants an entry point can reach.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "isa/variant.h"
#include "sim/elf_image.h"

namespace boardless::sim {

// Indices into image.symbols reached from `entries` by direct branches and by addresses in literal
// pools or built by instruction pairs, the entries included. Throws InputError when an entry is not
// a function of the image.
std::set<std::size_t> reachable_symbols(const ElfImage& image, const isa::Variant& variant,
                                        std::span<const std::string> entries);

// Bytes of those symbols; those that several share (aliases, entries into the middle of a function)
// count once.
std::uint32_t total_size(const ElfImage& image, const std::set<std::size_t>& symbols);

}  // namespace boardless::sim
