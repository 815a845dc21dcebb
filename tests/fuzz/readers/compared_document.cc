// A document that is compared with itself, in every view.
#include "base/error.h"
#include "gate/comparison_views.h"
#include "gate/document.h"
#include "tests/fuzz/readers.h"

namespace boardless::fuzz {

void read_compared_document(Bytes bytes) {
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const gate::ReadDocument document = gate::read_document(text, "fuzz");
  const std::vector<gate::ComparedDocument> compared{
      {"a",
       "b",
       document.version,
       document.version,
       gate::compare(document.subjects, document.subjects),
       document.not_answered,
       {}},
      {"a", "b", document.version, document.version, gate::compare(document.subjects, {}), {}, {}}};
  for (const gate::SubjectComparison& subject : compared.front().comparison.subjects) {
    check(!gate::is_changed(subject), "a document does not differ from itself");
  }
  (void)gate::to_table(compared, {});
  (void)gate::to_json(compared);
  (void)gate::to_markdown(compared, 5);
}

}  // namespace boardless::fuzz
