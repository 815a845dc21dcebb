// Numbers about hardware as text, and read: the unit is what their key says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/number_kind.h"
#include "base/units.h"

namespace boardless::targets {

// What a whole number under this key is, and with it the units that it may be written in.
NumberKind kind_of_key(std::string_view key);

// "5 cycles" of wait_states, "180 MHz" of clock_hz, "0x08000000" of base, "3.3 V" of supply_v.
std::string number_text(std::string_view key, std::uint64_t value);
std::string number_text(std::string_view key, double value);

// "512 KiB" where the size is a whole number of KiB, else "1000 bytes".
std::string size_text(Bytes bytes);
// "180 MHz", "4.5 MHz".
std::string clock_text(std::uint32_t clock_hz);

}  // namespace boardless::targets
