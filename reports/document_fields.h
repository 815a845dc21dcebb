// Names the fields of the result document once, in the order of its JSON form; writer and reader
// both walk this list.
#pragma once

#include <concepts>
#include <type_traits>

#include "prediction/prediction.h"

namespace boardless::reports {

inline constexpr char kSchema[] = "boardless.prediction/1";

// T or const T, so that one list serves reading and writing.
template <class Candidate, class T>
concept MaybeConst = std::same_as<std::remove_const_t<Candidate>, T>;

// Each overload calls visit(name, member) for every member of the struct.
template <MaybeConst<prediction::Sram> S, class Visit>
void visit_fields(S& sram, Visit&& visit) {
  visit("arena_bytes", sram.arena_bytes);
  visit("stack_bytes", sram.stack_bytes);
  visit("static_bytes", sram.static_bytes);
  visit("total_bytes", sram.total_bytes);
  visit("capacity_bytes", sram.capacity_bytes);
}

template <MaybeConst<prediction::Flash> S, class Visit>
void visit_fields(S& flash, Visit&& visit) {
  visit("weights_bytes", flash.weights_bytes);
  visit("code_bytes", flash.code_bytes);
  visit("runtime_bytes", flash.runtime_bytes);
  visit("total_bytes", flash.total_bytes);
  visit("capacity_bytes", flash.capacity_bytes);
}

template <MaybeConst<prediction::ArenaBlock> S, class Visit>
void visit_fields(S& block, Visit&& visit) {
  visit("name", block.name);
  visit("offset", block.offset);
  visit("bytes", block.bytes);
  visit("first_op", block.first_op);
  visit("last_op", block.last_op);
  visit("scratch", block.scratch);
}

template <MaybeConst<prediction::Layer> S, class Visit>
void visit_fields(S& layer, Visit&& visit) {
  visit("index", layer.index);
  visit("op", layer.op);
  visit("name", layer.name);
  visit("kernel", layer.kernel);
  visit("output_shape", layer.output_shape);
  visit("macs", layer.macs);
  visit("cycles", layer.cycles);
  visit("instructions", layer.instructions);
  visit("latency_ms", layer.latency_ms);
  visit("energy_uj", layer.energy_uj);
  visit("stalls", layer.stalls);
  visit("note", layer.note);
}

template <MaybeConst<prediction::Estimate> S, class Visit>
void visit_fields(S& estimate, Visit&& visit) {
  visit("what", estimate.what);
  visit("reason", estimate.reason);
}

template <MaybeConst<prediction::Prediction> S, class Visit>
void visit_fields(S& p, Visit&& visit) {
  visit("model", p.model);
  visit("model_sha256", p.model_sha256);
  visit("macs", p.macs);
  visit("parameters", p.parameters);
  visit("target", p.target);
  visit("target_description", p.target_description);
  visit("core", p.core);
  visit("clock_hz", p.clock_hz);
  visit("price_usd", p.price_usd);
  visit("kernels", p.kernels);
  visit("image", p.image);
  visit("compiler", p.compiler);
  visit("compiler_flags", p.compiler_flags);
  visit("cycles", p.cycles);
  visit("instructions", p.instructions);
  visit("latency_ms", p.latency_ms);
  visit("energy_uj", p.energy_uj);
  visit("sram", p.sram);
  visit("flash", p.flash);
  visit("fits", p.fits);
  visit("reasons", p.reasons);
  visit("bit_exact", p.bit_exact);
  visit("output_sha256", p.output_sha256);
  visit("output_argmax", p.output_argmax);
  visit("stalls", p.stalls);
  visit("layers", p.layers);
  visit("arena", p.arena);
  visit("estimates", p.estimates);
  visit("sources", p.sources);
}

template <MaybeConst<prediction::Document> S, class Visit>
void visit_fields(S& document, Visit&& visit) {
  visit("version", document.version);
  visit("predictions", document.predictions);
}

}  // namespace boardless::reports
