// Kinds of errors as kinds of refusals.
#include "prediction/failure.h"

#include "base/visible_text.h"

namespace boardless::prediction {

Refusal refusal_of(const std::exception_ptr& failure) {
  using Kind = Unanswered::Kind;
  const auto shown = [](const std::exception& e) { return visible(e.what()); };
  try {
    std::rethrow_exception(failure);
  } catch (const NotModelled& e) {
    return {Kind::kNotModelled, shown(e)};
  } catch (const GuestFault& e) {
    return {Kind::kGuestFault, shown(e), e.report()};
  } catch (const InputError& e) {
    return {Kind::kBadInput, shown(e)};
  }
}

}  // namespace boardless::prediction
