// Whatever is wrong with a hardware file: is it always refused with file and line, and never
// accepted or a crash?
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>
#include <regex>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/core_model.h"
#include "devices/peripherals.h"
#include "targets/target.h"
#include "targets/yaml_reader.h"
#include "tests/scratch_folder.h"
#include "toolchain/library_descriptor.h"
#include "validation/suite.h"

namespace boardless {
namespace {

namespace fs = std::filesystem;

// The message that loading gets; "accepted"; or what else came, which is a bug.
std::string outcome(const std::function<void()>& load) {
  try {
    load();
    return "accepted";
  } catch (const InputError& refusal) {
    return refusal.what();
  } catch (const std::exception& other) {
    return std::string("not an input error: ") + other.what();
  }
}

bool names_the_place(const std::string& message) {
  static const std::regex place(R"(\.yaml:[0-9]+(:[0-9]+)?: )");
  return std::regex_search(message, place);
}

std::vector<std::string> lines_of(const fs::path& file) {
  const auto bytes = read_file(file);
  std::vector<std::string> lines{""};
  for (const std::uint8_t byte : bytes) {
    if (byte == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += static_cast<char>(byte);
    }
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

// A key at the beginning of a line, or behind a brace or comma, outside quotes and comments.
std::vector<std::size_t> key_ends(const std::string& line) {
  std::vector<std::size_t> ends;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && line[i] == '#' && (i == 0 || line[i - 1] == ' ')) break;
    const bool is_key = !quoted && line[i] == ':' && i > 0 && line[i - 1] != ' ' &&
                        (i + 1 == line.size() || line[i + 1] == ' ');
    if (!is_key) continue;
    std::size_t begin = i;
    while (begin > 0 && (std::isalnum(static_cast<unsigned char>(line[begin - 1])) != 0 ||
                         line[begin - 1] == '_')) {
      --begin;
    }
    const std::string before = line.substr(0, begin);
    const bool starts = before.find_first_not_of(" -") == std::string::npos ||
                        before.ends_with("{") || before.ends_with(", ");
    if (begin < i && starts) ends.push_back(i);
  }
  return ends;
}

struct Kind {
  fs::path folder;
  std::function<void(const fs::path&)> load;
};

class DamagedFiles : public testing::Test {
 protected:
  // Damages every `step`-th key of each file of the folder, in turn in each way.
  void damage(const Kind& kind, int step) const {
    const ScratchFolder scratch;
    int count = 0, tried = 0;
    for (const auto& entry : fs::directory_iterator(kind.folder)) {
      if (entry.path().extension() != ".yaml") continue;
      const std::vector<std::string> good = lines_of(entry.path());
      bool quoted = false;  // a quoted text over several lines holds no keys
      for (std::size_t n = 0; n < good.size(); ++n) {
        const bool inside = quoted;
        quoted ^= std::ranges::count(good[n].substr(0, good[n].find(" #")), '"') % 2 != 0;
        if (inside) continue;
        for (const std::size_t end : key_ends(good[n])) {
          if (++count % step != 0) continue;
          ++tried;
          expect_refused(scratch, kind, entry.path(), good, n, end);
        }
      }
    }
    EXPECT_GT(tried, 10) << kind.folder;
  }

 private:
  static std::string load(const ScratchFolder& scratch, const Kind& kind,
                          const std::vector<std::string>& lines) {
    const fs::path damaged = scratch.write("damaged.yaml", joined(lines));
    return outcome([&] { kind.load(damaged); });
  }

  static void expect_refused(const ScratchFolder& scratch, const Kind& kind, const fs::path& file,
                             const std::vector<std::string>& good, std::size_t n, std::size_t end) {
    const auto expect = [&](const std::string& line, const char* what, bool may_be_accepted) {
      std::vector<std::string> bad = good;
      bad[n] = line;
      const std::string message = load(scratch, kind, bad);
      if (may_be_accepted && message == "accepted") return;
      EXPECT_TRUE(names_the_place(message) && !message.starts_with("not an"))
          << file.filename() << ":" << n + 1 << ": " << what << ": " << line << "\n  " << message;
    };
    const std::string& line = good[n];
    const std::string head = line.substr(0, end), tail = line.substr(end);
    expect(head + "x" + tail, "a misspelt key", false);
    // Another type in place of a single value. A list behind a key stays as it is.
    const bool is_single = tail.size() > 2 && tail[2] != '{' && tail[2] != '[' && tail[2] != '!';
    const bool is_source = head.ends_with("source") || head.ends_with("notes");
    if (is_single && !is_source) {
      const std::size_t stop = std::min(tail.find_first_of(",}", 2), tail.size());
      if (tail[2] != '"') {
        expect(head + ": [zz]" + tail.substr(stop), "a list in place of a value", false);
        expect(head + ": {zz: 1}" + tail.substr(stop), "a map in place of a value", false);
      }
    }
    // Without the key: fine where it is optional, never more than an error.
    const std::size_t last_line_of_key = n + 1;
    if (line.find_first_not_of(" ") == head.find_last_of(" -") + 1 &&
        last_line_of_key < good.size()) {
      expect("", "a key left out", true);
    }
  }
};

const fs::path kSource = BOARDLESS_SOURCE_DIR;

TEST_F(DamagedFiles, OfTargetsAreRefused) {
  damage(
      {kSource / "targets/mcus", [](const fs::path& file) { targets::load_target(file.string()); }},
      9);
}

TEST_F(DamagedFiles, OfCoresAreRefused) {
  damage(
      {kSource / "targets/cores", [](const fs::path& file) { cost_models::load_core_model(file); }},
      19);
}

TEST_F(DamagedFiles, OfAcceleratorsAreRefused) {
  damage({kSource / "targets/accelerators",
          [](const fs::path& file) { cost_models::load_accelerator(file.string()); }},
         5);
}

TEST_F(DamagedFiles, OfPeripheralsAreRefused) {
  damage(
      {kSource / "targets/peripherals",
       [](const fs::path& file) { devices::load_peripherals(file.parent_path() / file.stem()); }},
      5);
}

TEST_F(DamagedFiles, OfSuitesAreRefused) {
  damage(
      {kSource / "validation/suites", [](const fs::path& file) { validation::load_suite(file); }},
      5);
}

TEST_F(DamagedFiles, OfAdaptersAreRefused) {
  damage({kSource / "kernels/adapters",
          [](const fs::path& file) { toolchain::load_library_descriptors(file.parent_path()); }},
         1);
}

}  // namespace
}  // namespace boardless
