// Keeps a list of the temporaries that are there now, for signals that end the process.
#pragma once

#include <string_view>

namespace boardless {

struct TemporarySlot;

// One temporary's name in the list while the object lives. Enter it before the file is made, take
// it out after it was moved or removed: a name of nothing does no harm.
class LiveTemporary {
 public:
  // `folder` is open as long as the object lives; `name` has no slash and at most 255 bytes.
  LiveTemporary(int folder, std::string_view name);
  ~LiveTemporary();
  LiveTemporary(const LiveTemporary&) = delete;
  LiveTemporary& operator=(const LiveTemporary&) = delete;

 private:
  TemporarySlot& slot_;
};

// Has every signal whose default ends the process remove what is in the list first; then it ends as
// it would have. Signals that somebody handles or ignores are left alone. What only the kernel can
// end (SIGKILL) leaves files, which base/temporary.h collects later.
void remove_temporaries_on_signals();

}  // namespace boardless
