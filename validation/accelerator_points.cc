// Reads published points, prices each network once for each configuration, and compares.
#include "validation/accelerator_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/median.h"
#include "cost_models/accelerators/accelerator_price.h"
#include "targets/yaml_reader.h"
#include "workloads/zoo/zoo.h"

namespace boardless::validation {
namespace {

using cost_models::AcceleratorModel;
using cost_models::AcceleratorPrice;
using targets::YamlMap;

using Metric = double (*)(const AcceleratorModel&, const AcceleratorPrice&);

constexpr std::pair<const char*, Metric> kMetrics[] = {
    {"latency_ms", [](const AcceleratorModel&, const AcceleratorPrice& p) { return p.latency_ms; }},
    {"cached_bytes", [](const AcceleratorModel&,
                        const AcceleratorPrice& p) { return static_cast<double>(p.cached_bytes); }},
    {"sent_bytes",
     [](const AcceleratorModel&, const AcceleratorPrice& p) {
       return static_cast<double>(p.offchip_out_bytes);
     }},
    {"weight_bytes", [](const AcceleratorModel&,
                        const AcceleratorPrice& p) { return static_cast<double>(p.weight_bytes); }},
    {"working_bytes",
     [](const AcceleratorModel&, const AcceleratorPrice& p) {
       return static_cast<double>(p.activations.peak_bytes);
     }},
    {"frames_per_s", [](const AcceleratorModel&,
                        const AcceleratorPrice& p) { return p.frames_per_second.value_or(0); }},
    {"frame_interval_ms",
     [](const AcceleratorModel&, const AcceleratorPrice& p) {
       return p.frames_per_second ? 1e3 / *p.frames_per_second : 0;
     }},
    {"images_per_s",
     [](const AcceleratorModel&, const AcceleratorPrice& p) { return p.inferences_per_second; }},
    {"peak_tops",
     [](const AcceleratorModel& model, const AcceleratorPrice& p) {
       return 2e-12 * static_cast<double>(model.peak_macs_per_cycle()) * p.clock_hz;
     }},
    {"compute_w", [](const AcceleratorModel& model,
                     const AcceleratorPrice&) { return model.power.compute_mw.value() * 1e-3; }},
};

Metric metric_named(const std::string& name) {
  for (const auto& [known, metric] : kMetrics) {
    if (name == known) return metric;
  }
  return nullptr;
}

AcceleratorPoint read_point(YamlMap& map) {
  AcceleratorPoint point;
  point.id = map.text("id");
  const std::vector<std::string> targets = cost_models::accelerator_names();
  point.target = targets[static_cast<std::size_t>(map.choice("target", targets))];
  point.network = map.text("network");
  point.link = map.text("link", "");
  point.metric = map.text("metric");
  if (metric_named(point.metric) == nullptr) {
    map.fail("metric", fmt::format("'{}' is no metric", point.metric));
  }
  point.published = map.unsourced_real("published");
  if (!(point.published > 0)) map.fail("published", "must be above 0");
  if (map.has("basis")) {
    constexpr AcceleratorPoint::Basis kWritten[] = {AcceleratorPoint::Basis::kMeasured,
                                                    AcceleratorPoint::Basis::kBound,
                                                    AcceleratorPoint::Basis::kContext};
    point.basis = kWritten[map.choice("basis", {"measured", "bound", "context"})];
  }
  point.note = map.text("note", "");
  map.finish();
  return point;
}

// "NAME:key=value,key=value".
workloads::Graph make_graph(const std::string& network) {
  const std::size_t colon = network.find(':');
  std::map<std::string, std::string> settings;
  std::size_t end = colon;
  while (end != std::string::npos) {
    const std::size_t begin = end + 1;
    end = network.find(',', begin);
    const std::string setting = network.substr(begin, end - begin);
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
      throw InputError(fmt::format("{}: '{}' is no setting", network, setting));
    }
    settings[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  return workloads::make_zoo_shapes(network.substr(0, colon), settings);
}

}  // namespace

std::vector<std::string> accelerator_metrics() {
  std::vector<std::string> names;
  for (const auto& [name, metric] : kMetrics) names.emplace_back(name);
  return names;
}

std::vector<AcceleratorPoint> compare_accelerators(const std::filesystem::path& file) {
  YamlMap map = YamlMap::load(file);
  std::vector<AcceleratorPoint> points;
  for (YamlMap& entry : map.list_of_maps("points")) points.push_back(read_point(entry));
  map.finish();
  std::map<std::string, workloads::Graph> graphs;
  std::map<std::string, AcceleratorModel> models;
  for (AcceleratorPoint& point : points) {
    if (!graphs.contains(point.network)) graphs[point.network] = make_graph(point.network);
    if (!models.contains(point.target)) {
      models[point.target] = cost_models::load_accelerator(point.target);
    }
    cost_models::AcceleratorConfiguration configuration;
    configuration.link = point.link;
    const AcceleratorModel& model = models.at(point.target);
    if (point.basis == AcceleratorPoint::Basis::kMeasured &&
        std::ranges::count(model.calibrated_on, point.id) > 0) {
      point.basis = AcceleratorPoint::Basis::kCalibrated;
    }
    point.predicted = metric_named(point.metric)(
        model, cost_models::price_graph(graphs.at(point.network), model, configuration));
  }
  return points;
}

std::optional<ErrorSummary> measured_errors(const std::vector<AcceleratorPoint>& points,
                                            const std::string& metric) {
  ErrorSummary summary;
  std::vector<double> errors;
  for (const AcceleratorPoint& point : points) {
    if (point.basis != AcceleratorPoint::Basis::kMeasured) continue;
    if (!metric.empty() && point.metric != metric) continue;
    errors.push_back(std::abs(point.error_percent()));
    if (errors.back() >= summary.worst_percent) {
      summary.worst_percent = errors.back();
      summary.worst_program = fmt::format("{}, {} on {}", point.id, point.network, point.target);
    }
  }
  if (errors.empty()) return std::nullopt;
  summary.rows = errors.size();
  summary.median_percent = median(std::move(errors));
  return summary;
}

}  // namespace boardless::validation
