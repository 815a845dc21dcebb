// Pair by pair; what one throws is its own.
#include "prediction/firmware_runs.h"

#include <optional>
#include <utility>

#include "base/visible_text.h"
#include "prediction/failure.h"

namespace boardless::prediction {
namespace {

using Kind = Unanswered::Kind;

// What `work` gives; nothing, and why, when it fails.
template <class Work>
auto answer_of(const Work& work, Unanswered& why) -> std::optional<decltype(work())> {
  std::optional<decltype(work())> answer;
  if (const std::exception_ptr failure = failure_of([&] { answer.emplace(work()); })) {
    Refusal refusal = refusal_of(failure);
    why.kind = refusal.kind;
    why.reason = std::move(refusal.reason);
    why.report = std::move(refusal.report);
  }
  return answer;
}

class Batch {
 public:
  Batch(const Load& load, const OptionsOf& options_of) : load_(load), options_of_(options_of) {}

  void run(const std::string& file, const std::vector<targets::Target>& targets) {
    Unanswered why;
    why.model = visible(file);
    const auto image = answer_of([&] { return load_(file); }, why);
    for (const targets::Target& target : targets) {
      Unanswered not_run = why;
      not_run.target = target.name;
      if (interrupted_) {
        not_run.kind = Kind::kInterrupted;
        not_run.reason = "interrupted before it was run";
      } else if (image) {
        auto run = answer_of(
            [&] { return run_firmware(*image, target, options_of_(file, target)); }, not_run);
        if (run) {
          interrupted_ = run->end.reason == sim::EndReason::kInterrupted;
          result.runs.push_back(std::move(*run));
          continue;
        }
      }
      result.unanswered.push_back(std::move(not_run));
    }
  }

  FirmwareRuns result;

 private:
  const Load& load_;
  const OptionsOf& options_of_;
  bool interrupted_ = false;
};

}  // namespace

FirmwareRuns run_each(const std::vector<std::string>& files,
                      const std::vector<targets::Target>& targets, const Load& load,
                      const OptionsOf& options_of) {
  Batch batch(load, options_of);
  for (const std::string& file : files) batch.run(file, targets);
  return std::move(batch.result);
}

}  // namespace boardless::prediction
