// Which targets the words of -t mean.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "targets/target.h"

namespace boardless::prediction {

// Names of bundled microcontrollers and accelerators, and paths of YAML files, without duplicates:
// in the order of the words, and for a word that means several the microcontrollers before the
// accelerators, each in alphabetical order. A word is, in any case of letters (paths apart),
//
//   stm32f446re          a name
//   ./mychip.yaml        a file
//   all                  every microcontroller
//   accelerators         every accelerator
//   ethos-u55            a family of accelerators
//   stm32*, *-m7         a pattern of names: * for any characters, ? for one
//   FIELD=VALUE          those whose field is so: core=cortex-m4, fpu=yes, family=ethos-u55, a
//                        value may be a pattern; vendor=ST is the vendor's beginning, that of one
//                        of its words, or a usual short form
//   WORD+WORD            what both mean: vendor=ST+core=cortex-m4
//   !WORD                leaves out what it means, wherever it stands; alone it leaves out of all
//
// or several of those, separated by commas. Throws InputError when one means nothing, with the
// nearest name, and when nothing is left.
std::vector<std::string> select_targets(std::span<const std::string> words);

// The same, loaded.
struct SelectedTargets {
  std::vector<targets::Target> mcus;
  std::vector<cost_models::AcceleratorModel> accelerators;
};
SelectedTargets load_targets(std::span<const std::string> words);
// Those that firmware runs on. Throws InputError for an accelerator.
std::vector<targets::Target> load_mcus(std::span<const std::string> words);

}  // namespace boardless::prediction
