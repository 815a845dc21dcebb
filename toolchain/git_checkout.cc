// HEAD, loose and packed references, as gitrepository-layout(5) describes them.
#include "toolchain/git_checkout.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"

namespace boardless::toolchain {

namespace fs = std::filesystem;

namespace {

// The text without its last newline; nothing for what is no plain file, cannot be read or is huge.
std::optional<std::string> small_file(const fs::path& file) {
  try {
    const std::vector<std::uint8_t> bytes = read_file(file, kMostTextBytes);
    std::string text(bytes.begin(), bytes.end());
    if (text.ends_with('\n')) text.pop_back();
    return text;
  } catch (const InputError&) {
    return {};
  }
}

// The rest of `text` behind `start`.
std::optional<std::string_view> behind(std::string_view text, std::string_view start) {
  if (!text.starts_with(start)) return {};
  return text.substr(start.size());
}

// SHA-1 or SHA-256.
bool is_object_name(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of(kDigits) == std::string_view::npos;
}

// Of what is printed, and looked for in the file system.
bool is_reference_name(std::string_view name) {
  constexpr std::size_t kLongest = 255;
  return name.starts_with("refs/") && name.size() <= kLongest && visible(name) == name &&
         name.find("..") == std::string_view::npos;
}

// A worktree and a submodule have a file that says where the folder is.
fs::path git_folder(const fs::path& directory) {
  const fs::path link = directory / ".git";
  std::error_code error;
  if (fs::is_directory(link, error)) return link;
  const std::optional<std::string> text = small_file(link);
  const auto folder = text ? behind(*text, "gitdir: ") : std::nullopt;
  return folder ? directory / *folder : fs::path();
}

// Where the references are that all worktrees share.
fs::path common_folder(const fs::path& git) {
  const std::optional<std::string> text = small_file(git / "commondir");
  return text ? git / *text : git;
}

struct PackedReference {
  std::string name;
  std::string object;
  std::string peeled;  // the commit of an annotated tag
};

std::vector<PackedReference> packed_references(const fs::path& common) {
  std::vector<PackedReference> references;
  std::istringstream lines(small_file(common / "packed-refs").value_or(""));
  for (std::string line; std::getline(lines, line);) {
    if (const auto peeled = behind(line, "^"); peeled && !references.empty()) {
      if (is_object_name(*peeled)) references.back().peeled = *peeled;
      continue;
    }
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    PackedReference reference{line.substr(space + 1), line.substr(0, space), ""};
    if (is_reference_name(reference.name) && is_object_name(reference.object)) {
      references.push_back(std::move(reference));
    }
  }
  return references;
}

std::string commit_at_head(const fs::path& git, const fs::path& common,
                           const std::vector<PackedReference>& packed) {
  const std::optional<std::string> head = small_file(git / "HEAD");
  if (!head) return "";
  if (is_object_name(*head)) return *head;
  const auto name = behind(*head, "ref: ");
  if (!name || !is_reference_name(*name)) return "";
  const std::optional<std::string> loose = small_file(common / *name);
  if (loose && is_object_name(*loose)) return *loose;
  const auto found = std::ranges::find(packed, *name, &PackedReference::name);
  return found == packed.end() ? "" : found->object;
}

// The last by name; empty: none.
std::string tag_of(const std::string& commit, const fs::path& common,
                   const std::vector<PackedReference>& packed) {
  constexpr std::string_view kTags = "refs/tags/";
  std::string tag;
  for (const PackedReference& reference : packed) {
    const auto name = behind(reference.name, kTags);
    const bool is_it = reference.object == commit || reference.peeled == commit;
    if (name && is_it) tag = std::max(tag, std::string(*name));
  }
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(common / kTags, error)) {
    const std::string name = entry.path().filename().string();
    if (!is_reference_name(std::string(kTags) + name)) continue;
    if (small_file(entry.path()) == commit) tag = std::max(tag, name);
  }
  return tag;
}

}  // namespace

std::string checked_out(const fs::path& directory) {
  constexpr std::size_t kShort = 8;
  const fs::path git = git_folder(directory);
  if (git.empty()) return "";
  const fs::path common = common_folder(git);
  const std::vector<PackedReference> packed = packed_references(common);
  const std::string commit = commit_at_head(git, common, packed);
  if (commit.empty()) return "";
  const std::string tag = tag_of(commit, common, packed);
  return tag.empty() ? "commit " + commit.substr(0, kShort) : tag;
}

}  // namespace boardless::toolchain
