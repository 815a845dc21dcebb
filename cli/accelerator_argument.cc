// Options that ask what an accelerator would do otherwise.
#include "cli/accelerator_argument.h"

#include "cli/choice_option.h"
#include "cli/number_option.h"

namespace boardless::cli {

void add_accelerator_options(CLI::App& command, prediction::AcceleratorWhatIf& what_if) {
  const char* group = "Accelerators";
  add_number_option(command, "--accelerator-clock", what_if.clock_hz,
                    {.kind = NumberKind::kMegahertz, .least = 1},
                    "Run every accelerator at this clock")
      ->group(group);
  command.add_option("--link", what_if.link, "Link to the host: usb3, usb3-rpi4, usb2, pcie")
      ->type_name("NAME")
      ->group(group);
  add_number_option(command, "--devices", what_if.devices, {.least = 1, .most = 1024},
                    "Use several accelerators")
      ->group(group)
      ->default_str("1");
  add_choice<cost_models::DeviceUse>(
      command, "--device-use", what_if.device_use,
      {{"data-parallel", cost_models::DeviceUse::kDataParallel},
       {"pipelined", cost_models::DeviceUse::kPipelined}},
      "How several share the work: each an inference, or each a part of the network")
      ->group(group);
  command
      .add_option("--weights-in", what_if.weights_in, "Memory that holds weights: flash or sram")
      ->type_name("NAME")
      ->group(group);
  add_number_option(command, "--weight-bits", what_if.weight_bits, {.least = 1, .most = 32},
                    "Store weights in so many bits: 8, 4, 2")
      ->type_name("BITS")
      ->group(group);
  command
      .add_option("--input-range", what_if.input_range,
                  "Which of an image sensor's published input ranges holds: camera-module, brief")
      ->type_name("NAME")
      ->group(group);
}

}  // namespace boardless::cli
