// Reads the points and takes their median and worst.
#include "targets/published_errors.h"

#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/median.h"
#include "targets/yaml_reader.h"

namespace boardless::targets {
namespace {

// Of one core or accelerator, while they are read.
struct Points {
  PublishedErrors summary;
  std::vector<double> errors;  // absolute

  void add(double error, const std::string& point) {
    errors.push_back(error);
    ++summary.points;
    if (error < summary.worst_percent) return;
    summary.worst_percent = error;
    summary.worst_point = point;
  }
};

}  // namespace

std::map<std::string, PublishedErrors> read_published_errors(const std::filesystem::path& file) {
  YamlMap map = YamlMap::load(file);
  std::map<std::string, Points> points;
  for (YamlMap& entry : map.list_of_maps("errors")) {
    points[entry.text("of")].add(std::abs(entry.unsourced_real("error_percent")),
                                 entry.text("point"));
    entry.finish();
  }
  map.finish();
  std::map<std::string, PublishedErrors> errors;
  for (auto& [of, its] : points) {
    its.summary.of = of;
    its.summary.median_percent = median(std::move(its.errors));
    errors[of] = std::move(its.summary);
  }
  return errors;
}

std::optional<PublishedErrors> published_errors(const std::string& core_or_accelerator) {
  static const std::map<std::string, PublishedErrors> errors =
      read_published_errors(data_directory() / "targets" / "published_errors.yaml");
  const auto found = errors.find(core_or_accelerator);
  if (found == errors.end()) return std::nullopt;
  return found->second;
}

}  // namespace boardless::targets
