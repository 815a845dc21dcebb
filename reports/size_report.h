// Views of what firmware takes of flash and RAM (schema boardless.size/1).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "prediction/firmware_size.h"
#include "reports/table_view.h"

namespace boardless::reports {

// How much below the sums.
struct SizeRows {
  bool sections = false;
  std::size_t symbols = 0;  // the largest
};

// A row for each file; below it, when asked for, sections and symbols of each, and with a target
// what is left of its memories.
std::string size_table(const std::vector<prediction::FirmwareSize>& sizes, const SizeRows& rows,
                       const TableView& view = {});
// RFC 4180: a row for each file, the same columns whatever was asked.
std::string size_csv(const std::vector<prediction::FirmwareSize>& sizes);
// Of one file: sums, sections, symbols, and with a target its memories.
nlohmann::ordered_json size_fields(const prediction::FirmwareSize& size);
std::string size_json(const std::vector<prediction::FirmwareSize>& sizes,
                      const std::string& version);

}  // namespace boardless::reports
