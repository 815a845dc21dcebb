#include "python/native/questions.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "base/version.h"
#include "exploration/sweep.h"
#include "exploration/views.h"
#include "gate/check_views.h"
#include "gate/update.h"
#include "prediction/firmware_run.h"
#include "prediction/session.h"
#include "prediction/target_selection.h"
#include "reports/npy.h"
#include "reports/run_report.h"
#include "reports/target_document.h"
#include "reports/views.h"
#include "sim/firmware_image.h"
#include "store/result_store.h"
#include "targets/target.h"

namespace boardless::python {

Answer predict(const prediction::Question& question, Watch& watch) {
  Answer answer;
  prediction::Watcher watcher;
  watcher.progress = [&](const std::string& model, std::size_t done, std::size_t total) {
    watch.tell(model, done, total);
  };
  watcher.interrupted = [&] { return watch.cancelled(); };
  watcher.outputs = [&](const std::string& model,
                        const std::vector<prediction::OutputTensor>& outputs) {
    for (const prediction::OutputTensor& output : outputs) {
      answer.outputs.push_back(
          {model, output.name,
           reports::to_npy(reports::npy_type(output.type), output.shape, output.bytes)});
    }
  };
  answer.document = reports::to_json(prediction::answer(question, watcher));
  return answer;
}

std::string targets(const std::vector<std::string>& words) {
  const auto [mcus, accelerators] = prediction::load_targets(words);
  return reports::targets_json(mcus, accelerators, version());
}

std::string sweep(const SweepRequest& request, Watch& watch) {
  const exploration::Grid grid =
      exploration::resolve(exploration::read_space(request.space, request.folder));
  std::optional<store::ResultStore> kept;
  exploration::SweepOptions options;
  options.jobs =
      request.jobs > 0 ? request.jobs : std::max(1U, std::thread::hardware_concurrency());
  if (request.store) {
    options.store = &kept.emplace(store::open_named_store(*request.store));
  }
  exploration::SweepWatcher watcher;
  watcher.progress = [&](std::size_t done, std::size_t total) { watch.tell("", done, total); };
  watcher.interrupted = [&] { return watch.cancelled(); };
  std::vector<exploration::Point> points =
      exploration::points_of(grid, std::numeric_limits<std::uint64_t>::max());
  return exploration::to_json(grid,
                              exploration::run_sweep(grid, std::move(points), options, watcher));
}

std::string run(const RunRequest& request, Watch& watch) {
  const boardless::targets::Target target = boardless::targets::load_target(request.target);
  const sim::ElfImage firmware = sim::load_firmware(request.firmware);
  prediction::FirmwareOptions options;
  options.max_cycles = request.max_cycles;
  options.until_symbol = request.until_symbol;
  options.serial.stop_text = request.until_output;
  options.serial.input = request.uart_input;
  if (request.profile) options.profiling.emplace();
  options.go_on = [&](std::uint64_t cycles) {
    watch.tell("", cycles, request.max_cycles);
    return !watch.cancelled();
  };
  return reports::run_json(prediction::run_firmware(firmware, target, options), version());
}

std::string check(const CheckRequest& request, Watch& watch) {
  prediction::Watcher watcher;
  watcher.progress = [&](const std::string& model, std::size_t done, std::size_t total) {
    watch.tell(model, done, total);
  };
  watcher.interrupted = [&] { return watch.cancelled(); };
  const gate::Budget budget = gate::read_budget(request.budget, {.folder = request.folder});
  if (request.update) {
    return gate::to_json(gate::update_baseline(budget, gate::answers(budget, watcher)).result);
  }
  const std::optional<gate::Baseline> baseline = gate::baseline_for(budget);
  return gate::to_json(
      gate::judge(budget, gate::answers(budget, watcher), baseline ? &*baseline : nullptr));
}

}  // namespace boardless::python
