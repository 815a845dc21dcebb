// Waves of batches: decide what is pruned, look into the store, run the rest, bring the front up to
// date.
#include "exploration/sweep.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "base/error.h"
#include "exploration/batch_run.h"
#include "exploration/batches.h"
#include "exploration/front.h"
#include "exploration/judgement.h"
#include "exploration/point_key.h"

namespace boardless::exploration {
namespace {

using Kind = prediction::Unanswered::Kind;
using State = Outcome::State;

// Batches between two looks at the front: few enough that it prunes soon, and enough for all cores.
constexpr std::size_t kWave = 16;

// What is known of a point without a run: refused, or pruned by a bound but the front's.
bool decide(const Grid& grid, const Point& point, const Pruning& pruning, Outcome& outcome) {
  const auto refuse = [&](Kind kind, const std::string& reason) {
    outcome.state = State::kRefused;
    outcome.kind = kind;
    outcome.reason = reason;
    return true;
  };
  const auto prune = [&](Outcome::Bound bound, std::string reason) {
    outcome.state = State::kPruned;
    outcome.bound = bound;
    outcome.reason = std::move(reason);
    return true;
  };
  const ModelChoice& model = grid.models[point.model];
  if (!model.refused.empty()) return refuse(Kind::kBadInput, model.refused);
  if (const auto& refused = grid.devices[point.device].asked.refused) {
    return refuse(Kind::kNotPossible, *refused);
  }
  if (pruning.fit) {
    if (auto why = misfit(grid, point)) return prune(Outcome::Bound::kFit, std::move(*why));
  }
  if (pruning.constraints) {
    if (auto why = violation(grid, point, nullptr)) {
      return prune(Outcome::Bound::kConstraint, std::move(*why));
    }
  }
  return false;
}

bool is_refused(const Grid& grid, const Point& point) {
  return !grid.models[point.model].refused.empty() || grid.devices[point.device].asked.refused;
}

class Sweep {
 public:
  Sweep(const Grid& grid, std::vector<Point> points, const SweepOptions& options,
        const SweepWatcher& watcher)
      : grid_(grid), options_(options), watcher_(watcher) {
    result_.points = std::move(points);
    result_.outcomes.resize(result_.points.size());
    if (options.store != nullptr) keys_.emplace(grid);
  }

  SweepResult run() {
    std::vector<Batch> mine;
    const std::vector<Batch> all = batches_of(grid_, result_.points);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::uint64_t shard = i % options_.shard.count + 1;
      for (const std::size_t point : all[i].points) result_.outcomes[point].shard = shard;
      if (shard != options_.shard.number) continue;
      mine.push_back(all[i]);
      total_ += all[i].points.size();
    }
    for (std::size_t begin = 0; begin < mine.size(); begin += kWave) {
      if (stops()) break;
      const std::size_t end = std::min(mine.size(), begin + kWave);
      run_wave({mine.begin() + static_cast<std::ptrdiff_t>(begin),
                mine.begin() + static_cast<std::ptrdiff_t>(end)});
    }
    result_.interrupted = stops();
    mark_front(grid_, result_);
    return std::move(result_);
  }

 private:
  bool stops() const { return watcher_.interrupted && watcher_.interrupted(); }

  void run_wave(const std::vector<Batch>& wave) {
    std::vector<Batch> tasks;
    for (const Batch& batch : wave) {
      Batch open = left_open(batch);
      if (!open.points.empty() && !options_.only_stored) tasks.push_back(std::move(open));
    }
    for (const Batch& task : tasks) {
      result_.runs += images_of(grid_, result_.points, task.points);
    }
    run_tasks(enough(std::move(tasks)));
    for (const Batch& batch : wave) {
      for (const std::size_t i : batch.points) {
        Outcome& outcome = result_.outcomes[i];
        judge(grid_, result_.points[i], outcome);
        if (outcome.meets) {
          front_.add(costs_of(grid_, result_.points[i], outcome.figures.get()));
        }
      }
    }
  }

  // Those of the batch that neither a bound nor the store decides.
  Batch left_open(const Batch& batch) {
    Batch open;
    for (const std::size_t i : batch.points) {
      const Point& point = result_.points[i];
      Outcome& outcome = result_.outcomes[i];
      if (decide(grid_, point, options_.pruning, outcome) || is_behind_front(point, outcome) ||
          is_stored(point, outcome)) {
        report_done(1);
      } else {
        open.points.push_back(i);
      }
    }
    return open;
  }

  // Parts of a run go to other shards' fronts, so none of them prunes.
  bool is_behind_front(const Point& point, Outcome& outcome) {
    if (!options_.pruning.front || options_.shard.count > 1) return false;
    if (!front_.is_dominated(costs_of(grid_, point, nullptr))) return false;
    outcome.state = State::kPruned;
    outcome.bound = Outcome::Bound::kFront;
    outcome.reason = "at its bounds already, another point is better in every objective";
    return true;
  }

  bool is_stored(const Point& point, Outcome& outcome) {
    if (options_.store == nullptr) return false;
    const auto stored = options_.store->find(keys_->key(point));
    if (!stored || !outcome_of(*stored, outcome)) return false;
    ++result_.stored;
    return true;
  }

  // At least as many tasks as threads, where images can be divided.
  std::vector<Batch> enough(std::vector<Batch> tasks) const {
    if (tasks.size() >= options_.jobs) return tasks;
    std::vector<Batch> parts;
    for (const Batch& task : tasks) {
      for (Batch& part : by_image(grid_, result_.points, task)) parts.push_back(std::move(part));
    }
    return parts;
  }

  void run_tasks(const std::vector<Batch>& batches) {
    // The longest first, so that none is left alone at the end.
    std::vector<std::pair<double, const Batch*>> tasks;
    for (const Batch& batch : batches) {
      tasks.emplace_back(macs_to_run(grid_, result_.points, batch), &batch);
    }
    std::ranges::stable_sort(tasks, std::ranges::greater{},
                             [](const auto& task) { return task.first; });
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    const auto work = [&] {
      while (true) {
        const std::size_t mine = next++;
        if (mine >= tasks.size() || stops()) return;
        try {
          run_task(*tasks[mine].second);
        } catch (...) {
          const std::lock_guard lock(mutex_);
          if (!failure) failure = std::current_exception();
          next = tasks.size();
        }
      }
    };
    const std::size_t threads = std::min<std::size_t>(options_.jobs, tasks.size());
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    for (std::thread& thread : others) thread.join();
    if (failure) std::rethrow_exception(failure);
  }

  void run_task(const Batch& task) {
    BatchAnswer answer =
        run_batch(grid_, result_.points, task, keys_ ? &*keys_ : nullptr,
                  std::max<Bytes>(1, options_.memory_limit / options_.jobs), watcher_.interrupted);
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < task.points.size(); ++i) {
      const std::size_t point = task.points[i];
      answer.outcomes[i].shard = result_.outcomes[point].shard;
      result_.outcomes[point] = std::move(answer.outcomes[i]);
    }
    if (options_.store != nullptr) options_.store->insert(answer.to_store);
    report_done(task.points.size());
  }

  void report_done(std::size_t points) {
    done_ += points;
    if (watcher_.progress) watcher_.progress(done_, total_);
  }

  const Grid& grid_;
  const SweepOptions& options_;
  const SweepWatcher& watcher_;
  std::optional<PointKeys> keys_;
  SweepResult result_;
  Front front_;
  std::mutex mutex_;
  std::size_t done_ = 0, total_ = 0;
};

}  // namespace

SweepResult run_sweep(const Grid& grid, std::vector<Point> points, const SweepOptions& options,
                      const SweepWatcher& watcher) {
  for (const Point& point : points) {
    if (!is_refused(grid, point)) require_known(grid, point);
  }
  return Sweep(grid, std::move(points), options, watcher).run();
}

SweepPlan plan_sweep(const Grid& grid, const std::vector<Point>& points,
                     const SweepOptions& options) {
  SweepPlan plan;
  plan.points = points.size();
  std::optional<PointKeys> keys;
  if (options.store != nullptr) keys.emplace(grid);
  struct Open {
    Batch batch;
    double macs = 0;
  };
  std::vector<Open> open;
  for (const Batch& batch : batches_of(grid, points)) {
    Open left;
    for (const std::size_t i : batch.points) {
      Outcome outcome;
      if (!is_refused(grid, points[i])) require_known(grid, points[i]);
      if (decide(grid, points[i], options.pruning, outcome)) {
        ++(outcome.state == State::kRefused        ? plan.refused
           : outcome.bound == Outcome::Bound::kFit ? plan.misfits
                                                   : plan.beyond_constraints);
      } else if (options.store != nullptr && options.store->find(keys->key(points[i]))) {
        ++plan.stored;
      } else {
        left.batch.points.push_back(i);
      }
    }
    if (left.batch.points.empty()) continue;
    plan.to_run += left.batch.points.size();
    plan.runs += images_of(grid, points, left.batch.points);
    left.macs = macs_to_run(grid, points, left.batch);
    plan.macs += left.macs;
    open.push_back(std::move(left));
  }
  // The shortest, so that to know is cheap.
  constexpr std::size_t kSamples = 2;
  std::ranges::stable_sort(open, {}, &Open::macs);
  for (std::size_t i = 0; i < std::min(kSamples, open.size()); ++i) {
    for (const std::size_t point : open[i].batch.points) plan.samples.push_back(points[point]);
    plan.sample_macs += open[i].macs;
  }
  return plan;
}

}  // namespace boardless::exploration
