// Git's files: the parts of the input, divided by lines of "=", are HEAD and its like.
#include "toolchain/git_checkout.h"

#include <array>
#include <string_view>

#include "base/error.h"
#include "base/visible_text.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_git_checkout(Bytes bytes) {
  constexpr std::array kFiles{"HEAD", "packed-refs", "refs/heads/main", "refs/tags/v1",
                              "commondir"};
  constexpr std::string_view kDivider = "=\n";
  const std::filesystem::path git = input_folder() / ".git";
  std::filesystem::remove_all(git);
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const char* file : kFiles) {
    const std::size_t end = text.find(kDivider);
    const std::string_view part = text.substr(0, end);
    input_file(std::string(".git/") + file,
               {reinterpret_cast<const std::uint8_t*>(part.data()), part.size()});
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + kDivider.size());
  }
  const std::string found = toolchain::checked_out(input_folder());
  check(found == visible(found), "what is checked out can be shown");
}

}  // namespace boardless::fuzz
