// The four kinds of failure as Python exceptions of boardless.errors.
#pragma once

namespace boardless::python {

// From then on what is thrown becomes such an exception.
void translate_errors();

}  // namespace boardless::python
