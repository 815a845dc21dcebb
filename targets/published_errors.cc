// Reads the points and takes their median and worst.
#include "targets/published_errors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "base/data_files.h"
#include "targets/yaml_reader.h"

namespace boardless::targets {
namespace {

struct Point {
  double error_percent = 0;  // absolute
  std::string name;
};

PublishedErrors summary(const std::string& of, std::vector<Point> points) {
  std::ranges::stable_sort(points, {}, &Point::error_percent);
  const std::size_t middle = points.size() / 2;
  const double median = points.size() % 2 == 1
                            ? points[middle].error_percent
                            : (points[middle - 1].error_percent + points[middle].error_percent) / 2;
  return {of, static_cast<int>(points.size()), median, points.back().error_percent,
          points.back().name};
}

}  // namespace

std::map<std::string, PublishedErrors> read_published_errors(const std::filesystem::path& file) {
  YamlMap map = YamlMap::load(file);
  std::map<std::string, std::vector<Point>> points;
  for (YamlMap& entry : map.list_of_maps("errors")) {
    const std::string of = entry.text("of");
    points[of].push_back({std::abs(entry.unsourced_real("error_percent")), entry.text("point")});
    entry.finish();
  }
  map.finish();
  std::map<std::string, PublishedErrors> errors;
  for (auto& [of, its_points] : points) errors[of] = summary(of, std::move(its_points));
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
