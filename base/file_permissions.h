// Who may do what with a file that takes another's place.
#pragma once

#include <sys/stat.h>

#include <filesystem>

namespace boardless {

// Gives the open file what `replaced` has, whose status is `status`: access list, owner, group and
// mode. Where an owner or group may not be given, nobody gets more than they had: no set-ID bits,
// and for a group that changes what all others may.
void keep_permissions(const std::filesystem::path& replaced, const struct stat& status,
                      int descriptor);

}  // namespace boardless
