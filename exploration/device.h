// The devices of a space: each target as it is set up, a microcontroller at a clock, an accelerator
// with its what-ifs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "exploration/least_work.h"
#include "exploration/space.h"
#include "prediction/asked_target.h"
#include "prediction/core_models.h"

namespace boardless::exploration {

// Words for a chip as it is.
inline constexpr char kAsUsual[] = "usual", kNothing[] = "nothing";

struct Device {
  prediction::AskedTarget asked;  // refused: it cannot be set up like that
  std::string target, vendor, core, voltage_range;
  bool is_accelerator = false, fpu = false;
  std::uint32_t clock_hz = 0;
  std::optional<double> price_usd;
  bool price_is_estimate = false;
  std::optional<double> published_error_percent;  // the worst of three published ones or more
  Bytes sram_capacity = 0, flash_capacity = 0;    // of a microcontroller
  std::string image;                              // kernel image of a microcontroller
  std::array<double, kWidths> macs_per_cycle{};   // at the most; 0: not known
  // Of an accelerator, as it takes them; empty where it has no choice.
  std::string link, device_use, weights_in, input_range;
  // Of a microcontroller, as the space says it.
  std::string placement = kAsUsual, without = kNothing;
  int devices = 1, weight_bits = 0;
  std::string digest;  // of all that a prediction takes from its files and its settings

  // How the chip is set up otherwise: "constants=dtcm without cache"; empty: it is not.
  std::string set_up_text() const;

  // "stm32l4r5zi@80 range-2", "coral-usb3 usb2": with what tells it from the target's other ones.
  std::string name;
};

// In the order of the targets; of each the microcontroller's clocks, or the accelerator's
// combinations, the last axis running fastest. A chip that cannot run at a clock of a list is a
// device that is refused. Throws InputError for a word that names no target, and for an axis of
// accelerators that none of the space's targets has a choice for.
std::vector<Device> resolve_devices(const Space& space, prediction::CoreModels& cores);

}  // namespace boardless::exploration
