// Start values at the edges, for cases that use vectors and floating point of every width.
#pragma once

#include "tests/isa/differential.h"

namespace boardless::isa {

// S0-S31 as lanes of one width in each Q register, FPSCR and VPR.
void seed_vectors(Random& random, CoreImage& image);

// The same without what only Armv8.1-M has: VPR and FPSCR's FZ16 and LTPSIZE stay 0.
void seed_singles(Random& random, CoreImage& image);

// Words of data memory: lanes of every kind.
std::vector<std::uint8_t> edge_pattern(Random& random, std::size_t bytes);

}  // namespace boardless::isa
