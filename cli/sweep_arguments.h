// What `boardless sweep` is told.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "cli/format_option.h"
#include "cli/slurm_sweep.h"
#include "exploration/sweep.h"
#include "exploration/views.h"
#include "reports/table_view.h"

namespace boardless::cli {

inline constexpr std::uint64_t kMostPoints = 10'000'000;

struct SweepArguments {
  std::string space;
  bool lists_fields = false, dry_run = false, no_store = false, yes = false;
  std::optional<std::uint64_t> why;
  exploration::Rows rows = exploration::Rows::kFront;
  std::string store, shard;
  std::vector<std::string> prune;
  exploration::SweepOptions options;
  SlurmOptions slurm;
  Format format = Format::kTable;
  std::string output, report;
  reports::TableView view;

  // More are refused.
  std::uint64_t most_points() const {
    return yes ? std::numeric_limits<std::uint64_t>::max() : kMostPoints;
  }
};

}  // namespace boardless::cli
