// A step in the plain sentences in which its speaker reads it. The sentences lie in
// pages/messages/<language>/residents.json; the speaker's page and the office's preview of it both
// ask here, so that neither says what the other does not.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "features/cases/reading.h"

namespace minhu::cases {

// 11月23日, with the year only when it is another one than today's.
std::string say_day(const catalogue::Catalogue& say, Date day, Date today);

// Lives as long as what it was made of.
struct Telling {
  const catalogue::Catalogue& say;
  Date today;
  std::function<std::string(UnitId)> unit_name;  // empty for none

  std::string outcome(const Event& event) const;   // empty when it says none
  std::string sentence(const Event& event) const;  // "转给县住建局"
  std::string actor(const Event& event) const;     // "您", or the name of a unit
  std::string label(const Event& event, const std::string& field) const;
  // What stands on top of the speaker's page.
  std::string state_sentence(const CaseView& view) const;
};

// The texts of one step in the order in which they are read.
std::vector<TextOfEvent> in_reading_order(std::vector<TextOfEvent> texts);

}  // namespace minhu::cases
