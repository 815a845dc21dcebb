// Which boardless this is.
#pragma once

namespace boardless {

// The project's version, and the commit it was built from where that is known: "0.1.0+gd21e968",
// with
// ".dirty" behind it when files differed from the commit.
const char* version();

}  // namespace boardless
