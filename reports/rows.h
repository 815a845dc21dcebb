// Walks a document's rows in their order, answered or not.
#pragma once

#include "prediction/prediction.h"

namespace boardless::reports {

template <class OnPrediction, class OnUnanswered>
void for_each_row(const prediction::Document& document, OnPrediction&& on_prediction,
                  OnUnanswered&& on_unanswered) {
  auto unanswered = document.unanswered.begin();
  std::size_t row = 0;
  const auto pass_unanswered = [&] {
    for (; unanswered != document.unanswered.end() && unanswered->row <= row; ++unanswered, ++row) {
      on_unanswered(*unanswered);
    }
  };
  for (const prediction::Prediction& prediction : document.predictions) {
    pass_unanswered();
    on_prediction(prediction);
    ++row;
  }
  for (; unanswered != document.unanswered.end(); ++unanswered) on_unanswered(*unanswered);
}

}  // namespace boardless::reports
