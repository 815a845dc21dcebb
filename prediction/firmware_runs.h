// Several images on several targets: each pair is run, or it is said why not.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "prediction/firmware_run.h"
#include "prediction/prediction.h"
#include "sim/elf_image.h"
#include "targets/target.h"

namespace boardless::prediction {

struct FirmwareRuns {
  std::vector<FirmwareRun> runs;       // in the order of the files, and for each of the targets
  std::vector<Unanswered> unanswered;  // `model` is the file
};

// What is asked of a pair; made anew for each.
using OptionsOf =
    std::function<FirmwareOptions(const std::string& file, const targets::Target& target)>;

// Reads a file.
using Load = std::function<sim::ElfImage(const std::string& file)>;

// Runs until one is interrupted; the pairs behind it are not answered.
FirmwareRuns run_each(const std::vector<std::string>& files,
                      const std::vector<targets::Target>& targets, const Load& load,
                      const OptionsOf& options_of);

}  // namespace boardless::prediction
