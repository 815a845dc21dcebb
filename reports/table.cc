// The result document as terminal tables.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "reports/accelerator_table.h"
#include "reports/figures.h"
#include "reports/notes.h"
#include "reports/rows.h"
#include "reports/text_table.h"
#include "reports/together_table.h"
#include "reports/views.h"

namespace boardless::reports {
namespace {

using prediction::Document;
using prediction::Layer;
using prediction::Prediction;
using prediction::StallCycles;
using prediction::Unanswered;

constexpr char kIssue[] = "issue";  // cycles in which work was done: no stall

std::string marked(const Prediction& p, Figure figure, const std::string& text) {
  return rests_on_estimate(p, figure) ? '~' + text : text;
}

std::string used_of(const Prediction& p, Figure figure, Bytes used, Bytes capacity) {
  return marked(p, figure, kibibytes(used) + '/' + kibibytes(capacity));
}

std::string core_at_clock(const Prediction& p) {
  return fmt::format("{}@{:g}", p.core, static_cast<double>(p.clock_hz) / 1e6);
}

std::string price_text(const Prediction& p) {
  return p.price_usd ? marked(p, Figure::kPrice, fmt::format("{:.2f}", *p.price_usd)) : "-";
}

// Outputs that were not computed cannot be compared. "2 ULP": not the same bits, but as near as the
// functions of two C libraries are.
std::string exact_text(const Prediction& p) {
  if (!p.bit_exact) return "-";
  if (is_wrong(p)) return "NO";
  if (*p.bit_exact) return "yes";
  return fmt::format("{} ULP", p.float_agreement->nearest_bound.ulp);
}

// What is to be said of floats that are not the reference's bit for bit.
std::string agreement_text(const Prediction& p) {
  const prediction::FloatAgreement& agreement = *p.float_agreement;
  const auto [ulp, bound] = agreement.nearest_bound;
  return fmt::format("{} {} ULP of the reference (bound {}), float32 {}",
                     agreement.within_bound ? "equal within" : "differs:", ulp, bound,
                     fmt::join(agreement.operators, ", "));
}

// What is left out first has the highest number.
TextTable empty_summary() {
  return TextTable(
      {{.header = "model"},
       {.header = "target"},
       {.header = "core@MHz", .key = "core", .drop = 5},
       {.header = "kernels", .drop = 7},
       {.header = "latency\nms", .align = Align::kRight},
       {.header = "cycles", .align = Align::kRight, .drop = 8},
       {.header = "cycles\n/MAC", .align = Align::kRight, .key = "cycles_per_mac", .drop = 6},
       {.header = "energy\nuJ", .align = Align::kRight, .drop = 3},
       {.header = "SRAM KiB\nused/has", .align = Align::kRight, .key = "sram_kib", .drop = 1},
       {.header = "flash KiB\nused/has", .align = Align::kRight, .key = "flash_kib", .drop = 2},
       {.header = "price\nUSD", .align = Align::kRight, .on_request = true},
       {.header = "fits"},
       {.header = "bit-\nexact", .key = "bit_exact", .drop = 4}});
}

std::string summary_table(const Document& document, const TableView& view) {
  TextTable table = empty_summary();
  for_each_row(
      document,
      [&](const Prediction& p) {
        table.add_row({p.model, p.target, core_at_clock(p), p.kernels,
                       marked(p, Figure::kLatency, four_digits(p.latency_ms)),
                       with_commas(p.cycles), cycles_per_mac(p.cycles, p.macs),
                       marked(p, Figure::kEnergy, four_digits(p.energy_uj)),
                       used_of(p, Figure::kSram, p.sram.total_bytes, p.sram.capacity_bytes),
                       used_of(p, Figure::kFlash, p.flash.total_bytes, p.flash.capacity_bytes),
                       price_text(p), p.fits ? "yes" : "NO", exact_text(p)});
      },
      [&](const Unanswered& u) {
        table.add_row({u.model, u.target, "-", "-", "-", "-", "-", "-", "-", "-", "-",
                       std::string(kind_text(u.kind)), "-"});
      });
  return table.render(view);
}

// Lines about a subject (a model, a figure), each with all the targets that it holds for.
class SharedLines {
 public:
  struct Line {
    std::string subject, text;
    std::vector<std::string> targets;
  };

  void add(const std::string& subject, const std::string& target, const std::string& text) {
    auto line = std::ranges::find_if(
        lines_, [&](const Line& l) { return l.subject == subject && l.text == text; });
    if (line == lines_.end()) line = lines_.insert(line, {subject, text, {}});
    if (std::ranges::find(line->targets, target) == line->targets.end()) {
      line->targets.push_back(target);
    }
  }
  const std::vector<Line>& lines() const { return lines_; }

 private:
  std::vector<Line> lines_;
};

// "MODEL, MODEL on TARGET, TARGET: TEXT" under a heading: models that share a line on the same
// targets share it whole.
std::string model_notes(const std::string& heading, const SharedLines& shared) {
  using Line = SharedLines::Line;
  const std::vector<Line>& lines = shared.lines();
  std::vector<std::string> texts;
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    const auto is_like = [&](const Line& l) {
      return l.text == line->text && l.targets == line->targets;
    };
    if (std::any_of(lines.begin(), line, is_like)) continue;
    std::vector<std::string> models;
    for (const Line& other : lines) {
      if (is_like(other)) models.push_back(other.subject);
    }
    texts.push_back(
        fmt::format("{} on {}: {}", names_text(models), names_text(line->targets), line->text));
  }
  return notes(heading, texts);
}

std::string invocations_text(const Prediction& p) {
  return fmt::format("latency is that of invocation {}; the first took {} ms, the slowest {}",
                     p.invocations->count, four_digits(p.invocations->first_latency_ms),
                     four_digits(p.invocations->slowest_latency_ms));
}

std::string remarks(const Document& document) {
  SharedLines unfit, unanswered, other;
  for (const Prediction& p : document.predictions) {
    for (const std::string& reason : p.reasons) {
      (p.fits ? other : unfit).add(p.model, p.target, reason);
    }
  }
  for (const Prediction& p : document.predictions) {
    if (p.invocations) other.add(p.model, p.target, invocations_text(p));
    if (p.float_agreement && !p.bit_exact.value_or(true)) {
      other.add(p.model, p.target, agreement_text(p));
    }
  }
  for (const Unanswered& u : document.unanswered) {
    const bool does_not_fit = u.kind == Unanswered::Kind::kDoesNotFit;
    (does_not_fit ? unfit : unanswered)
        .add(u.model, u.target,
             does_not_fit ? u.reason : fmt::format("{}: {}", kind_text(u.kind), u.reason));
  }
  return model_notes("Does not fit:", unfit) + model_notes("Not answered:", unanswered) +
         model_notes("Remarks:", other);
}

// "energy_uj on 12 targets, cycles on 3": which figures, not why.
std::string short_estimate_legend(const Document& document) {
  std::map<std::string, std::set<std::string>> targets;  // by figure
  for (const Prediction& p : document.predictions) {
    for (const prediction::Estimate& estimate : p.estimates)
      targets[estimate.what].insert(p.target);
  }
  std::vector<std::string> figures;
  for (const auto& [figure, names] : targets) {
    figures.push_back(
        fmt::format("{} on {} target{}", figure, names.size(), names.size() == 1 ? "" : "s"));
  }
  if (figures.empty()) return {};
  return fmt::format("\n~ rests on an estimate: {}; -v says on which\n", fmt::join(figures, ", "));
}

// One line per distinct reason, with what it touches and the targets it holds for.
std::string estimate_legend(const Document& document) {
  SharedLines shared;
  for (const Prediction& p : document.predictions) {
    for (const auto& estimate : p.estimates) shared.add(estimate.what, p.target, estimate.reason);
  }
  std::vector<std::string> texts;
  for (const SharedLines::Line& line : shared.lines()) {
    texts.push_back(fmt::format("{} ({}): {}", line.subject, names_text(line.targets), line.text));
  }
  return estimate_notes(std::move(texts), "the JSON and HTML forms hold");
}

// How far latencies were from published ones, each core and accelerator once.
std::string published_error_notes(const Document& document) {
  std::set<std::string> seen;
  std::vector<std::string> texts, unchecked;
  for (const Prediction& p : document.predictions) {
    const std::string& of = p.latency_error ? p.latency_error->of
                            : p.accelerator ? p.target
                                            : p.core;
    if (!seen.insert(of).second) continue;
    if (!p.latency_error) {
      unchecked.push_back(of);
      continue;
    }
    texts.push_back(fmt::format("{}: median {:.1f} %, worst {:.1f} % ({}) over {} point{}", of,
                                p.latency_error->median_percent, p.latency_error->worst_percent,
                                p.latency_error->worst_point, p.latency_error->points,
                                p.latency_error->points == 1 ? "" : "s"));
  }
  if (!unchecked.empty()) {
    texts.push_back(fmt::format("no published figure judges {}", names_text(unchecked)));
  }
  return notes("Latencies beside published ones (docs/accuracy.md):", texts);
}

// The two causes that cost most, with their share of all cycles.
std::string top_stalls(const StallCycles& stalls, Cycles cycles) {
  std::vector<std::pair<std::string, Cycles>> causes;
  for (const auto& [cause, spent] : stalls) {
    if (cause != kIssue && spent > 0) causes.emplace_back(cause, spent);
  }
  std::stable_sort(causes.begin(), causes.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  causes.resize(std::min<std::size_t>(causes.size(), 2));
  std::string text;
  for (const auto& [cause, spent] : causes) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", cause,
                        percent(static_cast<double>(spent), static_cast<double>(cycles)));
  }
  return text;
}

// Unmarked: what the whole rests on, the summary says.
template <class Costed>
std::vector<std::string> cost_cells(const Prediction& p, const Costed& costed) {
  return {costed.macs > 0 ? with_commas(static_cast<std::uint64_t>(costed.macs)) : "-",
          with_commas(costed.cycles),
          cycles_per_mac(costed.cycles, costed.macs),
          four_digits(costed.latency_ms),
          four_digits(costed.energy_uj),
          percent(static_cast<double>(costed.cycles), static_cast<double>(p.cycles)),
          top_stalls(costed.stalls, costed.cycles)};
}

std::string layer_table(const Prediction& p, const TableView& view) {
  TextTable table({{.header = "#", .align = Align::kRight},
                   {.header = "operator"},
                   {.header = "output", .drop = 4},
                   {.header = "kernel", .drop = 5},
                   {.header = "MACs", .align = Align::kRight, .drop = 3},
                   {.header = "cycles", .align = Align::kRight},
                   {.header = "cycles\n/MAC", .align = Align::kRight, .drop = 1},
                   {.header = "ms", .align = Align::kRight},
                   {.header = "uJ", .align = Align::kRight, .drop = 6},
                   {.header = "of\ntotal", .align = Align::kRight},
                   {.header = "top stalls\n(of cycles)", .drop = 2, .prose = true}});
  const auto add = [&](std::vector<std::string> cells, const auto& costed) {
    for (std::string& cell : cost_cells(p, costed)) cells.push_back(std::move(cell));
    table.add_row(std::move(cells));
  };
  std::vector<std::string> layer_notes;
  for (const Layer& layer : p.layers) {
    add({fmt::format("{}", layer.index), layer.op, layer.output_shape, layer.kernel}, layer);
    if (!layer.note.empty()) {
      layer_notes.push_back(fmt::format("layer {}: {}", layer.index, layer.note));
    }
  }
  table.add_rule();
  add({"", "total", "", ""}, p);

  const std::string title =
      fmt::format("{} on {} ({}, {} MHz), {} kernels, largest output: {}", p.model, p.target,
                  p.core, static_cast<double>(p.clock_hz) / 1e6, p.kernels, p.output_argmax);
  std::string text = '\n' + one_line(title) + '\n';
  text += "  " + one_line(fmt::format("{}: {}", p.compiler, p.compiler_flags)) + '\n';
  text += table.render({.width = view.width}, 2);
  for (const std::string& line : layer_notes) text += "  " + one_line(line) + '\n';
  return text;
}

}  // namespace

void require_columns(const TableView& view) { empty_summary().require_columns(view); }

std::string to_table(const Document& document, bool layers, const TableStyle& style) {
  if (document.predictions.empty() && document.unanswered.empty()) return "No predictions.\n";
  std::string text = summary_table(document, style.view);
  text += remarks(document);
  text += together_table(document, style.view);
  text += style.short_notes ? short_estimate_legend(document) : estimate_legend(document);
  if (!style.short_notes) text += published_error_notes(document);
  if (layers) {
    for (const Prediction& p : document.predictions) {
      text += p.accelerator ? accelerator_table(p, style.view) : layer_table(p, style.view);
    }
  }
  return text;
}

}  // namespace boardless::reports
