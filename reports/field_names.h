// What the lists of a document's fields share: a struct is walked by
//
//   template <MaybeConst<Sram> S, class Visit>
//   void visit_fields(S& sram, Visit&& visit) {
//     visit("arena_bytes", sram.arena_bytes);
//
// in the order of its JSON form.
#pragma once

#include <concepts>
#include <type_traits>

#include "prediction/prediction.h"

namespace boardless::reports {

// T or const T, so that one list serves reading and writing.
template <class Candidate, class T>
concept MaybeConst = std::same_as<std::remove_const_t<Candidate>, T>;

template <class T>
inline constexpr bool kIsOmittable = false;
template <class T>
inline constexpr bool kIsOmittable<prediction::Omittable<T>> = true;

}  // namespace boardless::reports
