// The annual report that article 41 of the Regulation on petitions asks of a petition office: how
// much and about what, which organs were complained of most, what was sent and supervised, the
// recommendations and whether they were adopted.
#pragma once

#include "features/cases/context.h"
#include "features/insight/queries.h"

namespace minhu::insight {

struct Line {
  std::string name;  // of a field or an organ; a code where a sentence stands for it
  Hideable count;
};

struct Recommendations {
  About about = About::improve;
  Hideable sent;
  Hideable adopted;
  Hideable partly;
  Hideable refused;  // with reasons in writing
};

struct Annual {
  Period year;
  bool running = false;  // the year is not over
  Picture picture;
  std::vector<Line> channels;    // by code of the channel
  std::vector<Line> fields;      // by name; the last, without one: not sorted
  std::vector<Line> complained;  // organs with five or more, by name
  Hideable complained_below_five;
  std::vector<Line> sent;        // transferred, assigned, dispatched
  std::vector<Line> supervised;  // by code of what set it off
  Hideable supervision_answered;
  std::vector<Recommendations> recommendations;
  std::vector<OfficeLine> offices;
};
// For one reader: organs whose being complained of is theirs not to see (cases/closure.h) stand in
// no line and in no sum. Without an account, for print and for nobody's eyes, everything.
Annual annual(Reading& reading, const cases::Context& reader, const Period& year);

std::string_view name(About) noexcept;

}  // namespace minhu::insight
