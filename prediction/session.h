// Answers questions about models on targets: loads models, chooses targets and kernels, runs and
// returns the document. What the command line, sweeps, validation and other programs share. Prints
// nothing; what goes wrong is thrown (base/error.h) or stands in the document.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "prediction/asked_target.h"
#include "prediction/kernel_source.h"
#include "prediction/prediction.h"
#include "prediction/question.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

// A tensor that a model answers with; of several invocations all, in a dimension before the others.
struct OutputTensor {
  std::string name;
  workloads::DataType type = workloads::DataType::kInt8;
  std::vector<std::int32_t> shape;
  std::vector<std::uint8_t> bytes;  // little-endian, in the order of the shape
};

// Who is told how far a question is. Each function may be empty.
struct Watcher {
  // Operators done and in all, over the whole question; `model` is the one at work.
  std::function<void(const std::string& model, std::size_t done, std::size_t total)> progress;
  CompileProgress compiling;
  // Asked after every operator; true ends the question: the pairs not reached are kInterrupted.
  std::function<bool()> interrupted;
  // What a model's first run on a microcontroller answered.
  std::function<void(const std::string& model, const std::vector<OutputTensor>& outputs)> outputs;
};

// Every model of the question on every target: one row each, answered or not. Throws InputError
// where the question itself cannot be understood (a model, target, kernel or runtime that is not
// there, a clock that no target runs at), and what a model's file or input has wrong when no other
// model is answered.
Document answer(const Question& question, const Watcher& watcher);

// The same for targets that are set up already, each as it is to be: the same chip may stand there
// several times, at different clocks. The question's targets, clock and what-ifs are not looked at.
// Calls from several threads do not disturb each other.
Document answer(const Question& question, std::vector<AskedTarget> targets, const Watcher& watcher);

}  // namespace boardless::prediction
