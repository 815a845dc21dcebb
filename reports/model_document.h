// What a model file holds, and the networks of the zoo, for other programs: schemas
// boardless.model/1 and boardless.zoo/1, or CSV. docs/documents.md says what the keys mean.
#pragma once

#include <string>
#include <vector>

#include "prediction/operator_support.h"
#include "workloads/graph/graph.h"
#include "workloads/zoo/zoo.h"

namespace boardless::reports {

// "CONV_2D"; of a custom operator with its own name behind.
std::string operator_text(const workloads::Operator& op);

std::string model_json(const workloads::Graph& graph, const std::string& version);
// A row per operator.
std::string model_csv(const workloads::Graph& graph);

std::string zoo_json(const std::vector<workloads::ZooEntry>& entries, const std::string& version);
std::string zoo_csv(const std::vector<workloads::ZooEntry>& entries);
// Schema boardless.operators/1.
std::string operators_json(const std::vector<prediction::OperatorSupport>& operators,
                           const std::string& version);
// A row per kernel, and one of an operator without.
std::string operators_csv(const std::vector<prediction::OperatorSupport>& operators);

// "resolution=96 width=0.25"
std::string parameters_text(const workloads::ZooEntry& entry);

}  // namespace boardless::reports
