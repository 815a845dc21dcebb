// What a MODEL argument names: a .tflite file, or a network of the zoo with settings.
#pragma once

#include <string>

#include "workloads/graph/graph.h"

namespace boardless::prediction {

// Whether the argument names a file that is there, whatever it holds, or stdin.
bool is_model_file(const std::string& argument);

struct LoadedModel {
  workloads::Graph graph;
  std::string sha256;  // of the file, or of the file the zoo network would be written as
};

// `argument` is a path, "-" for stdin, "NAME" or "NAME:key=value,key=value", before which "zoo:"
// may stand. A file of that name comes first. Throws InputError naming what would be accepted.
LoadedModel load_model(const std::string& argument);

// The same for whoever asks about operators and shapes only: a network of the zoo comes without
// weights (make_zoo_shapes()), at once however large it is, and without a digest.
LoadedModel load_model_shapes(const std::string& argument);

}  // namespace boardless::prediction
