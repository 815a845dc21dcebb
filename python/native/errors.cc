#include "python/native/errors.h"

#include <pybind11/pybind11.h>

#include <exception>
#include <string>

#include "base/error.h"

namespace boardless::python {
namespace {

namespace py = pybind11;

void raise(const char* kind, const char* message, const std::string& report = {}) {
  const py::object type = py::module_::import("boardless.errors").attr(kind);
  py::object error = type(message);
  if (!report.empty()) error.attr("report") = report;
  PyErr_SetObject(type.ptr(), error.ptr());
}

}  // namespace

void translate_errors() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const InputError& error) {
      raise("InputError", error.what());
    } catch (const GuestFault& error) {
      raise("GuestFault", error.what(), error.report());
    } catch (const NotModelled& error) {
      raise("NotModelled", error.what());
    } catch (const Bug& error) {
      raise("Bug", error.what());
    }
  });
}

}  // namespace boardless::python
