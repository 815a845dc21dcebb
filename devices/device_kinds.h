// The list of device kinds: what a peripherals file may have a list of. Each kind is one file in
// kinds/, with its registers, its behaviour and its keys; nothing else names it.
#pragma once

#include <array>
#include <string_view>

#include "devices/device_keys.h"
#include "sim/board.h"

namespace boardless::devices {

// Each reads one entry of its list and says where the device lies and how it is made. Throws
// InputError naming file, line and key.
sim::DeviceSpec read_clint(DeviceKeys& keys);
sim::DeviceSpec read_iwdg(DeviceKeys& keys);
sim::DeviceSpec read_rp2040_sio(DeviceKeys& keys);
sim::DeviceSpec read_sifive_uart(DeviceKeys& keys);
sim::DeviceSpec read_timer(DeviceKeys& keys);
sim::DeviceSpec read_usart(DeviceKeys& keys);

struct DeviceKind {
  std::string_view key;  // of its list in a peripherals file
  sim::DeviceSpec (*read)(DeviceKeys& keys);
};

inline constexpr auto kDeviceKinds = std::to_array<DeviceKind>({
    {"usarts", read_usart},
    {"timers", read_timer},
    {"clints", read_clint},
    {"sifive_uarts", read_sifive_uart},
    {"iwdgs", read_iwdg},
    {"rp2040_sios", read_rp2040_sio},
});

}  // namespace boardless::devices
