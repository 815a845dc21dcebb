// Names the fields of the result document once, in the order of its JSON form; writer and reader
// both walk this list.
#pragma once

#include "prediction/prediction.h"
#include "reports/field_names.h"

namespace boardless::reports {

inline constexpr char kSchema[] = "boardless.prediction/1";

// Each overload calls visit(name, member) for every member of the struct.
template <MaybeConst<prediction::Sram> S, class Visit>
void visit_fields(S& sram, Visit&& visit) {
  visit("arena_bytes", sram.arena_bytes);
  visit("stack_bytes", sram.stack_bytes);
  visit("static_bytes", sram.static_bytes);
  visit("persistent_bytes", sram.persistent_bytes);
  visit("total_bytes", sram.total_bytes);
  visit("capacity_bytes", sram.capacity_bytes);
  visit("tensor_arena_bytes", sram.tensor_arena_bytes);
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

template <MaybeConst<prediction::PersistentBuffer> S, class Visit>
void visit_fields(S& buffer, Visit&& visit) {
  visit("name", buffer.name);
  visit("bytes", buffer.bytes);
}

template <MaybeConst<targets::PublishedErrors> S, class Visit>
void visit_fields(S& errors, Visit&& visit) {
  visit("of", errors.of);
  visit("points", errors.points);
  visit("median_percent", errors.median_percent);
  visit("worst_percent", errors.worst_percent);
  visit("worst_point", errors.worst_point);
}

template <MaybeConst<prediction::Invocations> S, class Visit>
void visit_fields(S& invocations, Visit&& visit) {
  visit("count", invocations.count);
  visit("first_cycles", invocations.first_cycles);
  visit("first_latency_ms", invocations.first_latency_ms);
  visit("slowest_cycles", invocations.slowest_cycles);
  visit("slowest_latency_ms", invocations.slowest_latency_ms);
}

template <MaybeConst<prediction::AcceleratorLayer> S, class Visit>
void visit_fields(S& layer, Visit&& visit) {
  visit("mapped", layer.mapped);
  visit("rule", layer.rule);
  visit("compute_ms", layer.compute_ms);
  visit("onchip_ms", layer.onchip_ms);
  visit("stream_ms", layer.stream_ms);
  visit("link_ms", layer.link_ms);
  visit("host_ms", layer.host_ms);
  visit("utilization", layer.utilization);
  visit("device", layer.device);
  visit("weight_bytes", layer.weight_bytes);
  visit("streamed_bytes", layer.streamed_bytes);
  visit("onchip_bytes", layer.onchip_bytes);
  visit("link_bytes", layer.link_bytes);
}

template <MaybeConst<prediction::AcceleratorSegment> S, class Visit>
void visit_fields(S& segment, Visit&& visit) {
  visit("on_accelerator", segment.on_accelerator);
  visit("first_op", segment.first_op);
  visit("last_op", segment.last_op);
}

template <MaybeConst<prediction::AcceleratorCrossing> S, class Visit>
void visit_fields(S& crossing, Visit&& visit) {
  visit("tensor", crossing.tensor);
  visit("bytes", crossing.bytes);
  visit("to_accelerator", crossing.to_accelerator);
}

template <MaybeConst<prediction::AcceleratorUse> S, class Visit>
void visit_fields(S& use, Visit&& visit) {
  visit("family", use.family);
  visit("host", use.host);
  visit("link", use.link);
  visit("weights_in", use.weights_in);
  visit("weight_bits", use.weight_bits);
  visit("devices", use.devices);
  visit("device_use", use.device_use);
  visit("inferences_per_second", use.inferences_per_second);
  visit("frames_per_second", use.frames_per_second);
  visit("peak_macs_per_second", use.peak_macs_per_second);
  visit("weight_bytes_per_second", use.weight_bytes_per_second);
  visit("mapped_operators", use.mapped_operators);
  visit("mapped_macs", use.mapped_macs);
  visit("memory_bytes", use.memory_bytes);
  visit("working_bytes", use.working_bytes);
  visit("fixed_bytes", use.fixed_bytes);
  visit("weight_bytes", use.weight_bytes);
  visit("cached_bytes", use.cached_bytes);
  visit("cache_capacity_bytes", use.cache_capacity_bytes);
  visit("streamed_bytes", use.streamed_bytes);
  visit("instruction_bytes", use.instruction_bytes);
  visit("input_bytes", use.input_bytes);
  visit("output_bytes", use.output_bytes);
  visit("offchip_out_bytes", use.offchip_out_bytes);
  visit("offchip_in_bytes", use.offchip_in_bytes);
  visit("passes", use.passes);
  visit("segments", use.segments);
  visit("crossings", use.crossings);
}

template <MaybeConst<prediction::UlpDifference> S, class Visit>
void visit_fields(S& difference, Visit&& visit) {
  visit("ulp", difference.ulp);
  visit("bound_ulp", difference.bound_ulp);
}

template <MaybeConst<prediction::FloatAgreement> S, class Visit>
void visit_fields(S& agreement, Visit&& visit) {
  visit("within_bound", agreement.within_bound);
  visit_fields(agreement.nearest_bound, visit);
  visit("operators", agreement.operators);
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
  visit("difference", layer.difference);
  visit("accelerator", layer.accelerator);
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
  visit("vendor", p.vendor);
  visit("availability", p.availability);
  visit("core", p.core);
  visit("clock_hz", p.clock_hz);
  visit("price_usd", p.price_usd);
  visit("kernels", p.kernels);
  visit("image", p.image);
  visit("compiler", p.compiler);
  visit("compiler_flags", p.compiler_flags);
  visit("planner", p.planner);
  visit("runtime", p.runtime);
  visit("kernels_sha256", p.kernels_sha256);
  visit("data_sha256", p.data_sha256);
  visit("cycles", p.cycles);
  visit("instructions", p.instructions);
  visit("latency_ms", p.latency_ms);
  visit("latency_error", p.latency_error);
  visit("energy_uj", p.energy_uj);
  visit("invocations", p.invocations);
  visit("sram", p.sram);
  visit("flash", p.flash);
  visit("fits", p.fits);
  visit("reasons", p.reasons);
  visit("bit_exact", p.bit_exact);
  visit("float_agreement", p.float_agreement);
  visit("output_sha256", p.output_sha256);
  visit("output_argmax", p.output_argmax);
  visit("stalls", p.stalls);
  visit("layers", p.layers);
  visit("arena", p.arena);
  visit("persistent", p.persistent);
  visit("estimates", p.estimates);
  visit("accelerator", p.accelerator);
  visit("sources", p.sources);
}

template <MaybeConst<prediction::Unanswered> S, class Visit>
void visit_fields(S& unanswered, Visit&& visit) {
  visit("row", unanswered.row);
  visit("model", unanswered.model);
  visit("model_sha256", unanswered.model_sha256);
  visit("target", unanswered.target);
  visit("kind", unanswered.kind);
  visit("reason", unanswered.reason);
  visit("report", unanswered.report);
}

template <MaybeConst<prediction::Together> S, class Visit>
void visit_fields(S& together, Visit&& visit) {
  visit("target", together.target);
  visit("models", together.models);
  visit("sram", together.sram);
  visit("flash", together.flash);
  visit("fits", together.fits);
  visit("reasons", together.reasons);
  visit("estimates", together.estimates);
}

template <MaybeConst<prediction::Document> S, class Visit>
void visit_fields(S& document, Visit&& visit) {
  visit("version", document.version);
  visit("predictions", document.predictions);
  visit("unanswered", document.unanswered);
  visit("together", document.together);
}

}  // namespace boardless::reports
