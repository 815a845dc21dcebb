// The files that one command reads and writes, checked before it begins: no result replaces an
// input or another result, and every result can be written.
//
//   CommandFiles files;
//   files.reads("MODEL", arguments.model);
//   files.writes("--output", arguments.output);
//   files.check();
//   files.confine();
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/file_identity.h"

namespace boardless::cli {

// `option` is what messages call a file by. Empty names are files that were not asked for; but an
// empty result, and "-", is stdout (is_stdout()), which takes one of them.
class CommandFiles {
 public:
  // A file, or "-" for stdin. One that is not there is for its reader to report.
  void reads(const std::string& option, const std::string& file);
  // A target's file, where `word` names one, and the files that it extends.
  void reads_target(const std::string& option, const std::string& word);
  // The sources and headers below a folder.
  void reads_sources(const std::string& option, const std::string& folder);
  void writes(const std::string& option, const std::string& file);

  // Throws InputError: two of them are the same file by device and number, however their paths are
  // spelled and whether they are there or not; or one cannot be written (check_can_be_written()).
  void check() const;

  // Has the kernel hold this process to them (base/confinement.h): it changes no file but the
  // results, and starts no program, unless it `compiles`, which writes into `folders` too.
  void confine() const;
  void confine_compiling(std::vector<std::filesystem::path> folders) const;

 private:
  std::vector<std::filesystem::path> results() const;
  struct File {
    std::string option, name;
    std::optional<FileIdentity> identity;
  };
  struct Folder {
    std::string option;
    std::filesystem::path path;  // canonical
  };
  void check_against_inputs(const File& output) const;

  std::vector<File> inputs_, outputs_;
  std::vector<Folder> sources_;
};

}  // namespace boardless::cli
