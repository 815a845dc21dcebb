// Result documents as subjects: what `boardless compare` reads.
#pragma once

#include <string>
#include <vector>

#include "gate/subject.h"

namespace boardless::gate {

// A row without an answer, and why.
struct NotAnswered {
  std::string model, target, reason;
};

struct ReadDocument {
  std::string name;     // of the file
  std::string version;  // of boardless that wrote it
  std::vector<Subject> subjects;
  std::vector<NotAnswered> not_answered;
};

// A boardless.prediction/1, boardless.run/1 or boardless.sweep/1. Throws InputError naming
// `source_name` and the place in it: another format or version, what is no such document, and one
// that contradicts itself, as a document does that was changed by hand: causes that do not sum to
// the cycles, layers that do not sum to the model.
ReadDocument read_document(const std::string& text, const std::string& source_name);

// Throws InputError, which begins with `place`, unless causes sum to cycles.
void require_sums(const Subject& subject, const std::string& place);

}  // namespace boardless::gate
