// Published points of accelerators beside what is predicted for the same network and configuration.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "reports/table_view.h"
#include "validation/record.h"

namespace boardless::validation {

struct AcceleratorPoint {
  enum class Basis {
    kMeasured,    // judges the model
    kCalibrated,  // measured, but a constant of the model was derived from it
    kBound,       // the published figure holds more than the network's own time
    kContext,     // not the same quantity
  };
  std::string id;       // in the table of measurements: "A018"
  std::string target;   // "coral-usb3"
  std::string network;  // of the zoo, with settings: "mobilenet_v1:width=0.25"
  std::string link;     // the target's own when empty
  std::string metric;   // one of accelerator_metrics()
  double published = 0;
  Basis basis = Basis::kMeasured;
  std::string note;
  double predicted = 0;
  double error_percent() const { return 100 * (predicted / published - 1); }
};

std::vector<std::string> accelerator_metrics();

// Reads the points and predicts each. Throws InputError naming file, line and key.
std::vector<AcceleratorPoint> compare_accelerators(const std::filesystem::path& file);

// Over the measured points of one metric, or of all when `metric` is empty.
std::optional<ErrorSummary> measured_errors(const std::vector<AcceleratorPoint>& points,
                                            const std::string& metric);

// For a terminal, for docs/accuracy.md, RFC 4180, and schema boardless.accelerator_validation/1.
std::string to_table(const std::vector<AcceleratorPoint>& points,
                     const reports::TableView& view = {});
std::string to_markdown(const std::vector<AcceleratorPoint>& points);
std::string to_csv(const std::vector<AcceleratorPoint>& points);
std::string to_json(const std::vector<AcceleratorPoint>& points, const std::string& version);

}  // namespace boardless::validation
