// A suite that the tests of validation write to a file.
#pragma once

namespace boardless::validation {

// A suite of one program built from one file; tests change words of it.
inline constexpr const char* kSuite = R"(title: one program
folder: things
source: a page
target: stm32f446re
basis: same source
compiler: their compiler
stack: bare
build:
  compiler: arm-none-eabi-gcc
  flags: [-O2, -mcpu=cortex-m4, -mthumb]
  defines: [SIZE=3]
  include: [inc]
  sources: ["{program}.c", "more/*.c"]
  support: [arm/startup.c]
  linker_script: arm/program.ld
  libraries: [m]
measure: {kind: cycles, from: start, to: stop, per: 4}
programs:
  - {name: one, measurement: m0001, value: 1000}
)";

}  // namespace boardless::validation
