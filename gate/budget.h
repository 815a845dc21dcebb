// A budget as its YAML file says it: models and firmware on targets, and what they may take.
// docs/gate.md explains every key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exploration/grid.h"
#include "gate/limit.h"
#include "prediction/region_text.h"
#include "targets/what_if.h"

namespace boardless::gate {

// Limits on the parts of that name.
struct PartLimits {
  std::string name;  // of a layer its output's, a pattern of names, or its number
  Place place;
  std::vector<Limit> limits;
};

// What the output is to be.
struct OutputLimit {
  std::string text;    // as it was written
  std::string sha256;  // empty: the baseline's
  Place place;
};

// How firmware is run.
struct FirmwareEntry {
  std::string file;  // as `boardless run` takes it
  std::string until_symbol, until_output;
  std::optional<std::uint64_t> max_cycles;
  bool allow_faults = false;
  std::vector<prediction::RegionText> regions;  // to be timed, for the limits on them
};

struct Entry {
  Place place;
  std::vector<std::string> models;        // files are resolved; empty: firmware
  std::optional<FirmwareEntry> firmware;  // instead of models
  std::vector<std::string> targets;       // words of -t
  exploration::RunOptions options;        // files are resolved
  std::optional<std::uint32_t> clock_hz;
  targets::WhatIf chip;
  std::string options_text;  // those that are not the default, as they were written
  bool must_fit = true;
  std::vector<Limit> limits;
  std::optional<OutputLimit> output;
  std::vector<PartLimits> layers, operators, functions, regions;
};

struct Budget {
  std::string file;
  std::string baseline;  // a file; empty: none
  std::vector<Entry> entries;
};

// Where a budget's files are.
struct BudgetFiles {
  std::filesystem::path folder = {};  // in which those lie that it names; empty: beside it
  std::string baseline = {};          // in place of its own, where not empty
  // In place of those that it names, by the names that it gives them.
  std::map<std::string, std::string> firmware = {};
};

bool needs_baseline(const Entry& entry);

// Throws InputError naming file, line and key: an unknown one
// (with the nearest), a limit that is none, a tolerance without a baseline, no entries, an entry
// that limits nothing; firmware that it does not name.
Budget read_budget(const std::filesystem::path& file, const BudgetFiles& files = {});

}  // namespace boardless::gate
