// Compared documents for a merge request.
#include <fmt/format.h>

#include <algorithm>

#include "gate/comparison_views.h"
#include "gate/explanation.h"
#include "gate/markdown.h"
#include "gate/verdict_markdown.h"

namespace boardless::gate {
namespace {

std::string change_cell(const SubjectComparison& subject, const char* figure) {
  const FigureChange* change = change_of(subject.changes, figure);
  return change == nullptr ? "" : change_text(*change->figure, change->before, change->after);
}

std::string pairs_table(const std::vector<const SubjectComparison*>& subjects) {
  std::vector<std::vector<std::string>> rows{
      {"model", "target", "cycles", "change", "latency", "energy", "SRAM", "flash"}};
  for (const SubjectComparison* subject : subjects) {
    const FigureChange* cycles = change_of(subject->changes, "cycles");
    const std::string name =
        subject->options.empty() ? subject->model : subject->model + " (" + subject->options + ")";
    std::string change = change_cell(*subject, "cycles");
    if (subject->presence == Presence::kAdded) change = "new";
    if (subject->presence == Presence::kRemoved) change = "gone";
    rows.push_back({markdown_text(name), markdown_text(subject->target),
                    cycles == nullptr ? "" : figure_text(*cycles->figure, cycles->after), change,
                    change_cell(*subject, "latency"), change_cell(*subject, "energy"),
                    change_cell(*subject, "sram"), change_cell(*subject, "flash")});
  }
  return markdown_table(rows, {false, false, true, true, true, true, true, true});
}

std::string parts_list(const SubjectComparison& subject, std::size_t most) {
  const std::vector<const PartComparison*> parts = largest_changes(subject);
  std::string text;
  for (std::size_t i = 0; i < std::min(most, parts.size()); ++i) {
    const FigureChange* change = change_of(parts[i]->changes, "cycles");
    if (change == nullptr) change = change_of(parts[i]->changes, "latency");
    text += fmt::format("- {}", markdown_text(part_text(*parts[i])));
    if (change != nullptr) {
      text += fmt::format(": {} {}", change_text(*change->figure, change->before, change->after),
                          change->figure->name);
    }
    const std::string cause = cause_text(*parts[i]);
    text += (cause.empty() ? "" : ": " + markdown_text(cause)) + '\n';
  }
  if (parts.size() > most) text += fmt::format("- and {} more\n", parts.size() - most);
  return text;
}

std::string details(const SubjectComparison& subject, std::size_t most) {
  std::string text = fmt::format("\n**{}**", markdown_text(subject_text(subject)));
  if (const std::string cause = cause_text(subject); !cause.empty()) {
    text += ": " + markdown_text(cause);
    const std::string meaning = largest_cause_meaning(subject.causes);
    if (!meaning.empty()) text += fmt::format(" ({})", meaning);
  }
  if (subject.output_changed) text += ". Its output is another one";
  if (subject.fits_before && !subject.fits_after) text += ". It does not fit any more";
  return text + "\n\n" + parts_list(subject, most);
}

}  // namespace

std::string changes_markdown(const Comparison& comparison, std::size_t parts) {
  std::vector<const SubjectComparison*> ordered = by_change(comparison);
  std::erase_if(ordered, [](const SubjectComparison* subject) { return !is_changed(*subject); });
  std::string text;
  if (!ordered.empty()) text += pairs_table(ordered);
  for (const SubjectComparison* subject : ordered) {
    if (subject->presence == Presence::kBoth) text += details(*subject, parts);
  }
  for (const std::string& line : common_basis(comparison)) {
    text += fmt::format("\n{}\n", markdown_text(line));
  }
  return text;
}

std::string to_markdown(const std::vector<ComparedDocument>& documents, std::size_t parts) {
  std::string text;
  for (const ComparedDocument& document : documents) {
    const std::vector<SubjectComparison>& subjects = document.comparison.subjects;
    const auto changed = std::ranges::count_if(
        subjects, [](const SubjectComparison& subject) { return is_changed(subject); });
    if (!text.empty()) text += '\n';
    text += fmt::format("### {} -> {}\n\n{} of {} changed.\n", markdown_text(document.before),
                        markdown_text(document.after), changed, subjects.size());
    if (!document.verdicts.empty()) text += '\n' + verdicts_markdown(document.verdicts);
    for (const NotAnswered& each : document.not_answered) {
      text += fmt::format("\n{} on {} has no answer: {}\n", markdown_text(each.model),
                          markdown_text(each.target), markdown_text(each.reason));
    }
    const std::string changes = changes_markdown(document.comparison, parts);
    if (!changes.empty()) text += '\n' + changes;
  }
  return text;
}

}  // namespace boardless::gate
