// The extension `boardless._native`: what the package asks, with Python's values.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "base/data_files.h"
#include "base/version.h"
#include "python/native/errors.h"
#include "python/native/questions.h"

namespace boardless::python {
namespace {

namespace py = pybind11;
using Released = py::call_guard<py::gil_scoped_release>;

// What of the answer is no text, as Python's bytes.
py::tuple as_tuple(const Answer& answer) {
  py::list outputs;
  for (const ModelOutput& output : answer.outputs) {
    outputs.append(py::make_tuple(output.model, output.name, py::bytes(output.npy)));
  }
  return py::make_tuple(answer.document, outputs);
}

std::optional<cost_models::Planner> planner_of(const std::string& name) {
  const std::optional<cost_models::Planner> planner = cost_models::find_planner(name);
  if (planner || name.empty()) return planner;
  throw InputError("planner '" + name +
                   "': greedy_by_size, greedy_in_order or overlapped is needed");
}

cost_models::DeviceUse device_use_of(const std::string& name) {
  if (name == "data-parallel") return cost_models::DeviceUse::kDataParallel;
  if (name == "pipelined") return cost_models::DeviceUse::kPipelined;
  throw InputError("device_use '" + name + "': data-parallel or pipelined is needed");
}

void add_question(py::module_& module) {
  using prediction::Question;
  py::class_<Question>(module, "Question")
      .def(py::init<>())
      .def_readwrite("models", &Question::models)
      .def_readwrite("targets", &Question::targets)
      .def_readwrite("runtime", &Question::runtime)
      .def_readwrite("together", &Question::together)
      .def_readwrite("invocations", &Question::invocations)
      .def_readwrite("clock_hz", &Question::clock_hz)
      .def_readwrite("memory_limit", &Question::memory_limit)
      .def("set_kernels",
           [](Question& question, std::string kernels, std::string flags, std::string compiler) {
             question.kernels = {std::move(kernels), std::move(flags), std::move(compiler)};
           })
      .def("set_planner",
           [](Question& question, const std::string& name) { question.planner = planner_of(name); })
      .def("set_input",
           [](Question& question, const std::string& bytes) {
             question.input.emplace(bytes.begin(), bytes.end());
           })
      .def("set_chip",
           [](Question& question, const std::vector<std::string>& place,
              const std::vector<std::string>& without) {
             question.chip = targets::read_what_if(place, "place", without, "without");
           })
      .def("set_accelerator", [](Question& question, std::optional<std::uint32_t> clock_hz,
                                 std::string link, int devices, const std::string& device_use,
                                 std::string weights_in, int weight_bits, std::string input_range) {
        question.accelerator = {clock_hz,
                                std::move(link),
                                std::move(weights_in),
                                std::move(input_range),
                                devices,
                                device_use_of(device_use),
                                weight_bits};
      });
}

void add_requests(py::module_& module) {
  py::class_<SweepRequest>(module, "SweepRequest")
      .def(py::init<>())
      .def_readwrite("space", &SweepRequest::space)
      .def_readwrite("folder", &SweepRequest::folder)
      .def_readwrite("store", &SweepRequest::store)
      .def_readwrite("jobs", &SweepRequest::jobs);
  py::class_<RunRequest>(module, "RunRequest")
      .def(py::init<>())
      .def_readwrite("firmware", &RunRequest::firmware)
      .def_readwrite("target", &RunRequest::target)
      .def_readwrite("until_symbol", &RunRequest::until_symbol)
      .def_readwrite("until_output", &RunRequest::until_output)
      .def_readwrite("max_cycles", &RunRequest::max_cycles)
      .def_readwrite("uart_input", &RunRequest::uart_input)
      .def_readwrite("profile", &RunRequest::profile);
  py::class_<CheckRequest>(module, "CheckRequest")
      .def(py::init<>())
      .def_readwrite("budget", &CheckRequest::budget)
      .def_readwrite("folder", &CheckRequest::folder)
      .def_readwrite("update", &CheckRequest::update);
}

}  // namespace
}  // namespace boardless::python

PYBIND11_MODULE(_native, module) {
  namespace python = boardless::python;
  python::translate_errors();
  pybind11::class_<python::Watch>(module, "Watch")
      .def(pybind11::init<>())
      .def("cancel", &python::Watch::cancel)
      .def_property_readonly("done", &python::Watch::done)
      .def_property_readonly("total", &python::Watch::total)
      .def_property_readonly("what", &python::Watch::what);
  python::add_question(module);
  python::add_requests(module);
  module.def("predict", [](const boardless::prediction::Question& question, python::Watch& watch) {
    python::Answer answer;
    {
      const pybind11::gil_scoped_release released;
      answer = python::predict(question, watch);
    }
    return python::as_tuple(answer);
  });
  module.def("targets", &python::targets, python::Released());
  module.def("sweep", &python::sweep, python::Released());
  module.def("run", &python::run, python::Released());
  module.def("check", &python::check, python::Released());
  module.def("version", &boardless::version);
  module.def("data_directory", [] { return boardless::data_directory().string(); });
}
