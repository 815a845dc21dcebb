// The numbers of a core's YAML, raised one at a time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/cost_models/golden_rows.h"
#include "tests/scratch_folder.h"
#include "tests/yaml_numbers.h"

namespace boardless::cost_models {

std::string text_of(const std::filesystem::path& file);

// One core's file as text; only core files are read, never the model that comes of them.
class CoreFile {
 public:
  explicit CoreFile(const std::string& core_name);

  const std::vector<YamlNumber>& numbers() const { return numbers_; }
  const std::string& text() const { return text_; }
  const std::string& name() const { return name_; }

 private:
  std::string name_, text_;
  std::vector<YamlNumber> numbers_;
};

// Raises numbers of one core and asks its golden rows.
class RaisedCore {
 public:
  explicit RaisedCore(const std::string& core_name);

  enum class Outcome {
    kCaught,     // a row says another number
    kRefused,    // the reader does not take the file
    kUnnoticed,  // every row holds
  };
  Outcome raise(const YamlNumber& number);
  const CoreFile& file() const { return file_; }
  const std::vector<GoldenRow>& rows() const { return rows_; }

 private:
  CoreFile file_;
  std::vector<GoldenRow> rows_;
  std::vector<Cycles> unchanged_;  // what each row measures on the core as it is
  ScratchFolder scratch_;          // with all cores, as one file may refer to another
};

// What golden/unnoticed.yaml lists: numbers that no row notices, each with its reason.
struct Unnoticed {
  std::string core, number, why;
};
std::vector<Unnoticed> listed_unnoticed();
// Of one core: the reason by the number's name.
std::map<std::string, std::string> listed_unnoticed(const std::string& core_name);

// The share and the list as Markdown, for docs/core_timing.md: from what is counted and listed.
std::string protection_table();

}  // namespace boardless::cost_models
