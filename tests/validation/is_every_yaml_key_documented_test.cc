// Is every key that a reader asks for explained, and is nothing explained that no reader asks for?
// Asks the readers themselves, over all bundled files; what is below a map that none of them has is
// not seen. With BOARDLESS_WRITE_DOCS=1 in the environment docs/yaml_keys.md is written instead of
// compared.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "base/data_files.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/core_model.h"
#include "cost_models/runtime.h"
#include "devices/peripherals.h"
#include "exploration/space.h"
#include "gate/budget.h"
#include "targets/asked_keys.h"
#include "targets/target.h"
#include "targets/yaml_reader.h"
#include "toolchain/library_descriptor.h"
#include "validation/accelerator_points.h"
#include "validation/suite.h"

namespace boardless {
namespace {

const std::string kDocs = std::string(BOARDLESS_SOURCE_DIR) + "/docs/";
const std::filesystem::path kSources = BOARDLESS_SOURCE_DIR;

// One kind of file: how docs/yaml_keys.txt calls it, and what reads all that are bundled.
struct Kind {
  std::string name;
  std::function<void()> read_all;
};

std::vector<Kind> kinds() {
  const auto each = [](const char* folder, const std::function<void(const std::string&)>& read) {
    return [folder, read] {
      for (const std::string& name : targets::yaml_names(kSources / folder)) read(name);
    };
  };
  return {
      {"targets", each("targets/mcus", [](const auto& name) { targets::load_target(name); })},
      {"cores",
       each("targets/cores", [](const auto& name) { cost_models::load_core_model_named(name); })},
      {"accelerators",
       each("targets/accelerators", [](const auto& name) { cost_models::load_accelerator(name); })},
      {"peripherals",
       each("targets/peripherals", [](const auto& name) { devices::load_peripherals(name); })},
      {"runtimes",
       each("targets/runtimes", [](const auto& name) { cost_models::load_runtime(name); })},
      {"adapters", [] { toolchain::load_library_descriptors(kSources / "kernels/adapters"); }},
      {"suites", [] { validation::load_suites(kSources / "validation/suites"); }},
      {"points",
       [] { validation::compare_accelerators(kSources / "validation/points/accelerators.yaml"); }},
      {"spaces",
       [] { exploration::read_space(kSources / "tests/exploration/spaces/every_key.yaml"); }},
      {"budgets", [] { gate::read_budget(kSources / "tests/gate/budgets/every_key.yaml"); }},
  };
}

// "classes.alu.cycles" is told by "classes.*.cycles"; parts are divided by dots.
bool tells(const std::string& pattern, const std::string& path) {
  std::istringstream patterns(pattern), paths(path);
  std::string wanted, part;
  while (std::getline(patterns, wanted, '.')) {
    if (!std::getline(paths, part, '.') || (wanted != "*" && wanted != part)) return false;
  }
  return !std::getline(paths, part, '.');
}

struct Meaning {
  std::string path, text;
};
struct Section {
  std::string opening;  // prose above the table
  std::vector<Meaning> meanings;
};

// "[kind]", lines of prose, then "path: meaning" a line, which goes on in lines that begin with two
// spaces.
std::map<std::string, Section> read_meanings() {
  std::ifstream file(kDocs + "yaml_keys.txt");
  std::map<std::string, Section> sections;
  Section* section = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t colon = line.find(": ");
    if (line.starts_with('[')) {
      section = &sections[line.substr(1, line.find(']') - 1)];
    } else if (section == nullptr) {
      ADD_FAILURE() << "no kind of file above: " << line;
    } else if (line.starts_with('|')) {
      section->opening += line.substr(std::min<std::size_t>(2, line.size())) + '\n';
    } else if (line.starts_with("  ") && !section->meanings.empty()) {
      section->meanings.back().text += line.substr(1);
    } else if (colon == std::string::npos) {
      ADD_FAILURE() << "neither a key nor its meaning: " << line;
    } else {
      section->meanings.push_back({line.substr(0, colon), line.substr(colon + 2)});
    }
  }
  return sections;
}

// Whether `meaning` is this path's: a line of its own comes before one with a *.
bool is_meaning_of(const Meaning& meaning, const std::string& path, const Section& section) {
  if (meaning.path == path) return true;
  return tells(meaning.path, path) &&
         std::ranges::find(section.meanings, path, &Meaning::path) == section.meanings.end();
}

// Of how many maps the path's last key was or could have been asked.
int maps_around(const std::string& path, const targets::AskedKeys& asked) {
  const auto parent = [](const std::string& of) {
    const std::size_t dot = of.rfind('.');
    return dot == std::string::npos ? std::string() : of.substr(0, dot);
  };
  int most = 0;
  for (const auto& [sibling, key] : asked) {
    if (parent(sibling) == parent(path)) most = std::max(most, key.required + key.optional);
  }
  return most;
}

// All paths that one meaning tells, as one.
targets::AskedKey joined(const Meaning& meaning, const Section& section,
                         const targets::AskedKeys& asked) {
  targets::AskedKey all;
  for (const auto& [path, key] : asked) {
    if (!is_meaning_of(meaning, path, section)) continue;
    if (all.type.empty()) all.type = key.type;
    if (all.fallback.empty()) all.fallback = key.fallback;
    if (all.choices.empty()) all.choices = key.choices;
    all.required += key.required;
    all.optional += key.optional;
    // Where the reader does not even ask, other keys decide whether there is such a thing.
    all.optional += maps_around(path, asked) - key.required - key.optional;
  }
  return all;
}

// A key of a suite's programs may stand at the top, for all of them: it is told as theirs.
targets::AskedKeys as_of_programs(const targets::AskedKeys& asked) {
  targets::AskedKeys told;
  for (const auto& [path, key] : asked) {
    const bool own = path == "title" || path.starts_with("programs");
    const auto [entry, is_new] = told.try_emplace(own ? path : "programs[]." + path, key);
    if (is_new) continue;
    targets::AskedKey& same = entry->second;
    if (same.type.empty()) same.type = key.type;
    if (same.choices.empty()) same.choices = key.choices;
    // It may stand in either place, so neither must have it.
    if (same.required > 0) {
      --same.required;
      ++same.optional;
    }
  }
  return told;
}

std::string row(const Meaning& meaning, const targets::AskedKey& key) {
  constexpr std::size_t kMostChoices = 12;
  std::string type = key.type.empty() ? "-" : key.type;
  if (key.type != "flag" && !key.choices.empty() && key.choices.size() <= kMostChoices) {
    type = fmt::format("{}: `{}`", type, fmt::join(key.choices, "`, `"));
  }
  std::string needed = "yes";
  if (key.optional > 0) needed = key.required > 0 ? "sometimes" : "no";
  if (key.optional > 0 && !key.fallback.empty()) needed += fmt::format(", else `{}`", key.fallback);
  return fmt::format("| `{}` | {} | {} | {} |\n", meaning.path, type, needed, meaning.text);
}

class YamlKeys : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const Kind& kind : kinds()) {
      const targets::KeyListener listener(asked_[kind.name]);
      kind.read_all();
    }
    // Comparing reads more than the points.
    std::erase_if(asked_["points"],
                  [](const auto& key) { return !key.first.starts_with("points"); });
    asked_["suites"] = as_of_programs(asked_["suites"]);
    sections_ = read_meanings();
  }
  inline static std::map<std::string, targets::AskedKeys> asked_;
  inline static std::map<std::string, Section> sections_;
};

TEST_F(YamlKeys, HaveAMeaningEach) {
  for (const auto& [kind, keys] : asked_) {
    EXPECT_FALSE(keys.empty()) << kind;
    for (const auto& [path, key] : keys) {
      const auto count = std::ranges::count_if(sections_[kind].meanings, [&](const Meaning& m) {
        return is_meaning_of(m, path, sections_[kind]);
      });
      EXPECT_EQ(count, 1) << kind << ": '" << path << "' (" << key.type << ", "
                          << fmt::format("{}", fmt::join(key.choices, " "))
                          << ") needs one line in docs/yaml_keys.txt";
    }
  }
}

TEST_F(YamlKeys, AreAskedForWhereAMeaningStands) {
  for (const auto& [kind, section] : sections_) {
    ASSERT_TRUE(asked_.contains(kind)) << kind;
    for (const Meaning& meaning : section.meanings) {
      EXPECT_TRUE(std::ranges::any_of(
          asked_[kind],
          [&](const auto& key) { return is_meaning_of(meaning, key.first, section); }))
          << kind << ": no reader asks for '" << meaning.path << "'";
    }
  }
}

TEST_F(YamlKeys, AreOnThePage) {
  std::string page =
      "# Every key of the YAML files\n\n"
      "Written from what the readers ask for, by "
      "`tests/validation/is_every_yaml_key_documented_test.cc`\n(`BOARDLESS_WRITE_DOCS=1`); the "
      "meanings stand in `docs/yaml_keys.txt`.\n\n"
      "- `a.b` is the key `b` of the map `a`, `a[].b` that of each entry of the list `a`, `*` any "
      "name.\n"
      "- A number has a source: `{value: …, source: \"document and section\"}`, or the `source:` "
      "of "
      "a map around it.\n  Any map may have one. The unit is in the key's name.\n"
      "- A whole number is written as `64`, `0x40`, `1e6` or `4k` (`k`, `M`, `G`: powers of 1000); "
      "a number of bytes\n  also as `64KiB` or `1.5MB`, a frequency as `80MHz`, an address as "
      "`0x2000_0000`. What it comes to must be whole.\n"
      "- *Needed* says whether the map that holds the key must have it; *sometimes* depends on "
      "what stands beside it.\n- `-` in the second column: no bundled file has the key.\n- Any "
      "other key is an error that names the nearest known one.\n"
      "- Targets, cores and accelerators can say `extends:` "
      "([CONTRIBUTING.md](../CONTRIBUTING.md), \"Add a target\").\n";
  for (const Kind& kind : kinds()) {
    const Section& section = sections_[kind.name];
    page += "\n" + section.opening +
            "\n| key | what it holds | needed | meaning |\n|---|---|---|---|\n";
    for (const Meaning& meaning : section.meanings) {
      page += row(meaning, joined(meaning, section, asked_[kind.name]));
    }
  }
  const std::string path = kDocs + "yaml_keys.md";
  if (std::getenv("BOARDLESS_WRITE_DOCS") != nullptr) std::ofstream(path) << page;
  std::ifstream file(path);
  std::stringstream written;
  written << file.rdbuf();
  EXPECT_EQ(written.str(), page);
}

}  // namespace
}  // namespace boardless
