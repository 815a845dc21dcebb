// Result documents made in code for the tests of the reports: realistic in shape, exact by formula.
#pragma once

#include "prediction/prediction.h"

namespace boardless::reports_test {

// Two models on five targets; the larger one does not fit on the smallest target, and some figures
// rest on estimates.
prediction::Document typical_document();

// The typical one with a model that is not modelled anywhere, one target that was not possible, and
// one that was not reached.
prediction::Document partly_answered_document();

// The typical one with what its models take together: they fit, one is not answered, they do not
// fit.
prediction::Document together_document();

// One model on one target.
prediction::Document single_document();

// The same of floats: 2 ULP from the reference's, of 8 that it may be.
prediction::Document float_document();

// A model of `layers` layers on `targets` targets.
prediction::Document wide_document(int targets, int layers);

// One prediction whose texts hold whatever could break a format: quotes, commas, line breaks,
// markup, U+2028, a layer without MACs, a target of no price, figures of zero.
prediction::Document hostile_document();

}  // namespace boardless::reports_test
