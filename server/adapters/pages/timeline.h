// The story of a case in plain sentences, for the one who spoke.
#pragma once

#include <optional>
#include <string>

#include "engines/catalogue/catalogue.h"
#include "engines/templates/templates.h"
#include "features/cases/reading.h"
#include "features/cases/telling.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::pages {

// Lives as long as the reading it was made for.
struct Teller {
  Reading& reading;
  const cases::County& county;
  const catalogue::Catalogue& say;
  Instant now;
  Date today;
  std::string county_phone;

  std::optional<places_and_units::Unit> unit(UnitId id) const;
  std::string unit_name(UnitId id) const;  // empty for none

  cases::Telling telling() const;
  std::string state_sentence(const cases::CaseView& view) const;
  // The latest answer, on top of the page.
  void show_answer(const cases::CaseView& view, templates::Values& values) const;
  // Newest first.
  void show_timeline(const cases::CaseView& view, templates::Values& values) const;
  // Who opened the speaker's identity, and why.
  void show_openings(const cases::CaseView& view, templates::Values& values) const;
  // Who asked to see it and has not: refused, waiting, agreed to or let lapse.
  void show_name_requests(const cases::CaseView& view, templates::Values& values) const;
};

}  // namespace minhu::pages
