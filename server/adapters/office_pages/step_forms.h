// The forms of a case's open steps, made from the fields of their edges: what the table asks for is
// what the page asks for.
#pragma once

#include <optional>
#include <string>

#include "adapters/office_pages/case_data.h"
#include "adapters/office_pages/form.h"
#include "adapters/office_pages/wording.h"
#include "features/cases/edges.h"

namespace minhu::office_pages {

// What somebody sent that could not be taken, so that it comes back as it was typed.
struct Attempt {
  cases::EventKind kind = cases::EventKind::noted;
  Typed typed;
  Fault fault;
  std::vector<places_and_units::Place> places;  // to choose from, when the name fits several
  bool had_files = false;
};

void put_steps(templates::Values& values, const Wording& wording, const cases::Context& context,
               const CaseData& data, const std::string& token, const Attempt* attempt);

// Which side of the page a step stands on.
bool speaker_reads(const cases::Edge& edge);

}  // namespace minhu::office_pages
