// Names the fields of a baseline's rows once, in the order of their JSON form.
#pragma once

#include "gate/subject.h"
#include "reports/field_names.h"

namespace boardless::gate {

using reports::MaybeConst;

template <MaybeConst<Figures> S, class Visit>
void visit_fields(S& figures, Visit&& visit) {
  visit("cycles", figures.cycles);
  visit("instructions", figures.instructions);
  visit("latency_ms", figures.latency_ms);
  visit("energy_uj", figures.energy_uj);
  visit("sram_bytes", figures.sram_bytes);
  visit("arena_bytes", figures.arena_bytes);
  visit("stack_bytes", figures.stack_bytes);
  visit("heap_bytes", figures.heap_bytes);
  visit("flash_bytes", figures.flash_bytes);
  visit("weights_bytes", figures.weights_bytes);
  visit("code_bytes", figures.code_bytes);
}

template <MaybeConst<Part> S, class Visit>
void visit_fields(S& part, Visit&& visit) {
  visit("index", part.index);
  visit("op", part.op);
  visit("name", part.name);
  visit("kernel", part.kernel);
  visit("figures", part.figures);
  visit("stalls", part.stalls);
}

// The version is the document's.
template <MaybeConst<Basis> S, class Visit>
void visit_fields(S& basis, Visit&& visit) {
  visit("model_sha256", basis.model_sha256);
  visit("data_sha256", basis.data_sha256);
  visit("kernels", basis.kernels);
  visit("kernels_sha256", basis.kernels_sha256);
  visit("compiler", basis.compiler);
  visit("compiler_flags", basis.compiler_flags);
  visit("runtime", basis.runtime);
}

template <MaybeConst<Subject> S, class Visit>
void visit_fields(S& subject, Visit&& visit) {
  visit("model", subject.model);
  visit("target", subject.target);
  visit("options", subject.options);
  visit("clock_hz", subject.clock_hz);
  visit("basis", subject.basis);
  visit("fits", subject.fits);
  visit("output_sha256", subject.output_sha256);
  visit("figures", subject.figures);
  visit("stalls", subject.stalls);
  visit("parts", subject.parts);
}

}  // namespace boardless::gate
