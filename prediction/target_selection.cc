// Matches words against what the bundled targets say of themselves.
#include "prediction/target_selection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "base/suggest.h"

namespace boardless::prediction {
namespace {

using Names = std::vector<std::string>;

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool matches(const std::string& pattern, const std::string& text) {
  return ::fnmatch(pattern.c_str(), text.c_str(), FNM_CASEFOLD) == 0;
}

Names parts_of(const std::string& text, char separator) {
  Names parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    if (!part.empty()) parts.push_back(std::move(part));
  }
  return parts;
}

bool contains(const Names& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// "ST" is the beginning of "STMicroelectronics", "Pi" that of a word of "Raspberry Pi".
bool is_vendor(const std::string& word, const std::string& vendor) {
  constexpr std::array<std::pair<const char*, const char*>, 2> kShortForms{
      {{"rpi", "Raspberry Pi"}, {"adi", "Analog Devices"}}};
  for (const auto& [form, name] : kShortForms) {
    if (lower(word) == form && vendor == name) return true;
  }
  if (matches(word, vendor)) return true;
  const std::string all = ' ' + lower(vendor);
  return all.find(' ' + lower(word)) != std::string::npos;
}

// What a word may ask for.
struct Described {
  std::string name, core, vendor, family;
  std::optional<bool> fpu;
};

// The bundled targets; their files are read when a word asks for more than names.
class Catalogue {
 public:
  Catalogue() : mcus_(targets::target_names()), accelerators_(cost_models::accelerator_names()) {
    all_ = mcus_;
    all_.insert(all_.end(), accelerators_.begin(), accelerators_.end());
  }

  const Names& mcus() const { return mcus_; }
  const Names& accelerators() const { return accelerators_; }
  const Names& all() const { return all_; }

  Names named_like(const std::string& pattern) const {
    Names names;
    std::ranges::copy_if(all_, std::back_inserter(names),
                         [&](const std::string& name) { return matches(pattern, name); });
    return names;
  }

  const std::vector<Described>& described() {
    if (!described_.empty()) return described_;
    for (const std::string& name : mcus_) {
      const targets::Target target = targets::load_target(name);
      described_.push_back({name, target.core, target.vendor, "", target.fpu});
    }
    for (const std::string& name : accelerators_) {
      const auto model = cost_models::load_accelerator(name);
      described_.push_back({name, "", model.vendor, model.family, std::nullopt});
    }
    return described_;
  }

  template <class Holds>
  Names where(const Holds& holds) {
    Names names;
    for (const Described& each : described()) {
      if (holds(each)) names.push_back(each.name);
    }
    return names;
  }

 private:
  Names mcus_, accelerators_, all_;
  std::vector<Described> described_;
};

Names values_of(Catalogue& catalogue, std::string Described::* field) {
  Names values;
  for (const Described& each : catalogue.described()) {
    const std::string& value = each.*field;
    if (!value.empty() && value != "none" && !contains(values, value)) values.push_back(value);
  }
  std::ranges::sort(values);
  return values;
}

bool yes_or_no(const std::string& word, const std::string& value) {
  for (const char* yes : {"yes", "true", "1"}) {
    if (lower(value) == yes) return true;
  }
  for (const char* no : {"no", "false", "0"}) {
    if (lower(value) == no) return false;
  }
  throw InputError(fmt::format("target {}: fpu is yes or no", word));
}

Names by_field(Catalogue& catalogue, const std::string& word, std::size_t equals) {
  const std::string field = lower(word.substr(0, equals)), value = word.substr(equals + 1);
  if (field == "fpu") {
    const bool wished = yes_or_no(word, value);
    return catalogue.where([&](const Described& each) { return each.fpu == wished; });
  }
  constexpr std::array<std::pair<const char*, std::string Described::*>, 3> kFields{
      {{"core", &Described::core}, {"vendor", &Described::vendor}, {"family", &Described::family}}};
  for (const auto& [name, member] : kFields) {
    if (field != name) continue;
    Names names = catalogue.where([&, wished = member](const Described& each) {
      const std::string& has = each.*wished;
      if (has.empty()) return false;
      return wished == &Described::vendor ? is_vendor(value, has) : matches(value, has);
    });
    if (!names.empty()) return names;
    const Names known = values_of(catalogue, member);
    throw InputError(fmt::format("target {}: no such {}{}; there are {}", word, field,
                                 did_you_mean(value, known), fmt::join(known, ", ")));
  }
  const Names fields{"core", "vendor", "family", "fpu"};
  throw InputError(fmt::format("target {}: '{}' is no field of a target{}; there are {}", word,
                               word.substr(0, equals), did_you_mean(field, fields),
                               fmt::join(fields, ", ")));
}

[[noreturn]] void refuse(Catalogue& catalogue, const std::string& word) {
  Names similar;
  for (const std::string& name : catalogue.all()) {
    if (name.starts_with(lower(word))) similar.push_back(name);
  }
  std::string hint;
  if (similar.size() > 1) {
    hint = fmt::format(", did you mean {}, or '{}*' for all of them?", fmt::join(similar, " or "),
                       lower(word));
  } else if (contains(values_of(catalogue, &Described::core), lower(word))) {
    hint = fmt::format(", did you mean core={}?", lower(word));
  } else {
    const std::string near =
        similar.empty() ? nearest_word(lower(word), catalogue.all()) : similar.front();
    if (!near.empty()) hint = fmt::format(", did you mean {}?", near);
  }
  throw InputError(fmt::format(
      "unknown target '{}'{}; accepted are {}, accelerators ({}), patterns such as 'stm32*', "
      "core=, vendor=, family= or fpu=, and the path of a .yaml file",
      word, hint, fmt::join(catalogue.mcus(), ", "), fmt::join(catalogue.accelerators(), ", ")));
}

Names meaning_of(Catalogue& catalogue, const std::string& word) {
  if (targets::is_target_file(word)) return {word};
  const Names parts = parts_of(word, '+');
  if (parts.size() > 1) {
    Names both = meaning_of(catalogue, parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const Names other = meaning_of(catalogue, parts[i]);
      std::erase_if(both, [&](const std::string& name) { return !contains(other, name); });
    }
    if (both.empty()) throw InputError(fmt::format("target {}: no target is all of that", word));
    return both;
  }
  if (lower(word) == "all") return catalogue.mcus();
  if (lower(word) == "accelerators") return catalogue.accelerators();
  if (const std::size_t equals = word.find('='); equals != std::string::npos) {
    return by_field(catalogue, word, equals);
  }
  // A name is a pattern that means itself.
  Names names = catalogue.named_like(word);
  if (names.empty() && word.find_first_of("*?[") == std::string::npos) {
    names = catalogue.where([&](const Described& each) { return each.family == lower(word); });
  }
  if (names.empty()) refuse(catalogue, word);
  return names;
}

}  // namespace

std::vector<std::string> select_targets(std::span<const std::string> words) {
  Catalogue catalogue;
  Names chosen, left_out;
  bool any = false;
  for (const std::string& several : words) {
    for (const std::string& word : parts_of(several, ',')) {
      const bool leaves_out = word.starts_with('!');
      any = any || !leaves_out;
      Names& into = leaves_out ? left_out : chosen;
      for (std::string& name : meaning_of(catalogue, leaves_out ? word.substr(1) : word)) {
        if (!contains(into, name)) into.push_back(std::move(name));
      }
    }
  }
  if (!any) chosen = catalogue.mcus();
  std::erase_if(chosen, [&](const std::string& name) { return contains(left_out, name); });
  if (chosen.empty()) {
    throw InputError(fmt::format("target {}: no target is left", fmt::join(words, ",")));
  }
  return chosen;
}

SelectedTargets load_targets(std::span<const std::string> words) {
  SelectedTargets selected;
  for (const std::string& name : select_targets(words)) {
    if (cost_models::is_accelerator(name)) {
      selected.accelerators.push_back(cost_models::load_accelerator(name));
    } else {
      selected.mcus.push_back(targets::load_target(name));
    }
  }
  return selected;
}

std::vector<targets::Target> load_mcus(std::span<const std::string> words) {
  SelectedTargets selected = load_targets(words);
  if (!selected.accelerators.empty()) {
    throw InputError(fmt::format("firmware does not run on {}, an accelerator",
                                 selected.accelerators.front().name));
  }
  return std::move(selected.mcus);
}

}  // namespace boardless::prediction
