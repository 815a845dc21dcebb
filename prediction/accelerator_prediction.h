// The result document's entry for one graph on one accelerator.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_price.h"
#include "prediction/prediction.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

// Time of every operator of `part` on a simulated microcontroller, in ms. Called with its target's
// name and a graph of only the operators that are not mapped, and only when there are some. May
// throw InputError or NotModelled, which becomes the reason why the network does not run.
using HostTimes =
    std::function<std::vector<double>(const std::string& target, const workloads::Graph& part)>;

// Throws InputError for a configuration that the accelerator does not have.
Prediction predict_on_accelerator(const workloads::Graph& graph, const std::string& sha256,
                                  const cost_models::AcceleratorModel& model,
                                  const cost_models::AcceleratorConfiguration& configuration,
                                  const HostTimes& host_times);

}  // namespace boardless::prediction
