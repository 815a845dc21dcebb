// Opens and closes passes, and sums them up.
#include "profiling/region_meter.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/median.h"

namespace boardless::profiling {
namespace {

constexpr std::size_t kBins = 10;

bool is_printed(const RegionEdge& edge, const std::string& printed) {
  return !edge.address && printed.ends_with(edge.text);
}

// Of values in order: one bin a value where these are few, else bins of the same width.
std::vector<RegionBin> histogram_of(const std::vector<Cycles>& values) {
  const std::set<Cycles> distinct(values.begin(), values.end());
  std::vector<RegionBin> bins;
  if (distinct.size() <= kBins) {
    for (const Cycles value : distinct) bins.push_back({value, value, 0});
  } else {
    const Cycles width = (values.back() - values.front()) / kBins + 1;
    for (Cycles least = values.front(); least <= values.back(); least += width) {
      bins.push_back({least, least + width - 1, 0});
    }
  }
  auto bin = bins.begin();
  for (const Cycles value : values) {
    while (value > bin->most) ++bin;
    ++bin->passes;
  }
  return bins;
}

}  // namespace

RegionMeter::RegionMeter(std::vector<Region> regions, const CallRegisters& registers)
    : registers_(registers) {
  for (Region& region : regions) {
    longest_text_ = std::max(longest_text_, region.from.text.size());
    if (region.to) longest_text_ = std::max(longest_text_, region.to->text.size());
    watched_.push_back({.region = std::move(region)});
  }
}

std::vector<std::uint32_t> RegionMeter::addresses() const {
  std::vector<std::uint32_t> addresses;
  for (const Watched& watched : watched_) {
    if (watched.region.from.address) addresses.push_back(*watched.region.from.address);
    if (watched.region.to && watched.region.to->address) {
      addresses.push_back(*watched.region.to->address);
    }
  }
  return addresses;
}

bool RegionMeter::is_edge(std::uint32_t address) const {
  return std::ranges::any_of(watched_, [&](const Watched& watched) {
    const Region& region = watched.region;
    return region.from.address == address || (region.to && region.to->address == address);
  });
}

bool RegionMeter::ends_at(const Watched& watched, std::uint32_t address) const {
  if (!watched.pass) return false;
  if (watched.region.to) return watched.region.to->address == address;
  return is_call(watched) && watched.pass->call.ends_at(address, registers_);
}

// A region that ends where it begins is passed again and again.
void RegionMeter::arrive(std::uint32_t address, Cycles now) {
  const bool is_handler = !begun_.empty() && !begun_.back();
  if (is_handler) begun_.back() = true;
  for (Watched& watched : watched_) {
    if (ends_at(watched, address)) finish(watched, now);
    if (watched.region.from.address == address) begin(watched, now, is_handler);
  }
}

void RegionMeter::leave_exception(Cycles now) {
  if (begun_.empty()) return;
  for (Watched& watched : watched_) {
    if (watched.pass && watched.pass->handler_depth == begun_.size()) finish(watched, now);
  }
  begun_.pop_back();
}

void RegionMeter::print(Stream stream, char c, Cycles now) {
  if (longest_text_ == 0) return;
  std::string& printed = printed_.at(static_cast<std::size_t>(stream));
  printed.push_back(c);
  if (printed.size() > longest_text_) printed.erase(0, 1);
  for (Watched& watched : watched_) {
    const Region& region = watched.region;
    if (watched.pass && region.to && is_printed(*region.to, printed)) finish(watched, now);
    if (is_printed(region.from, printed)) begin(watched, now, false);
  }
}

void RegionMeter::begin(Watched& watched, Cycles now, bool is_handler) {
  const OpenCall call = open_call(registers_);
  if (watched.pass) {
    // What lies deeper is the function within itself; what does not was left by a jump.
    if (!is_call(watched) || call.stack_pointer <= watched.pass->call.stack_pointer) return;
    drop(watched);
  }
  const bool is_function = !watched.region.to;
  watched.pass = Pass{now, call, is_function && is_handler ? begun_.size() : 0};
  if (is_call(watched)) ++open_calls_;
}

void RegionMeter::drop(Watched& watched) {
  if (is_call(watched)) --open_calls_;
  watched.pass.reset();
}

void RegionMeter::finish(Watched& watched, Cycles now) {
  const Cycles took = now - watched.pass->since;
  drop(watched);
  watched.least = watched.passes == 0 ? took : std::min(watched.least, took);
  watched.most = std::max(watched.most, took);
  watched.total += took;
  ++watched.passes;
  if (watched.kept.size() < RegionTimes::kMostKept) watched.kept.push_back(took);
}

std::vector<RegionTimes> RegionMeter::times() const {
  std::vector<RegionTimes> times;
  for (const Watched& watched : watched_) times.push_back(times_of(watched));
  return times;
}

RegionTimes RegionMeter::times_of(const Watched& watched) const {
  RegionTimes times;
  times.name = watched.region.name;
  times.is_open = watched.pass.has_value();
  if (watched.passes == 0) return times;
  std::vector<Cycles> values = watched.kept;
  std::ranges::sort(values);
  times.passes = watched.passes;
  times.least = watched.least;
  times.most = watched.most;
  times.total = watched.total;
  times.median = median({values.begin(), values.end()});
  times.histogram = histogram_of(values);
  return times;
}

}  // namespace boardless::profiling
