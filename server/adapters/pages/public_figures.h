// The figures that everybody may read: finished quarters, put together once a day, so that whoever
// asks for a page of them makes nobody count, and what changes afterwards in a quarter that is over
// (an answer that came late, an erased case) shows by the day and not by the minute. Thread-safe
// (kept.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "features/cases/installation.h"
#include "features/insight/quarters.h"
#include "kernel/kept.h"

namespace minhu::pages {

// Everything of it is of the same moment.
struct PublicFigures {
  Instant made_at;
  Date next;                               // the day on which the running quarter is published
  std::vector<insight::Quarter> quarters;  // the latest first
  std::string csv;
  std::string json;
  std::string csv_sha256;  // of the two as they are downloaded, in hexadecimal digits
  std::string json_sha256;
  // By its name ("2026-Q3"), or the latest where there is none of that name. Null: there is none.
  const insight::Quarter* quarter(std::string_view name) const;
};

class FiguresKept {
 public:
  std::shared_ptr<const PublicFigures> of(const cases::Installation& installation);
  // Once in each day of the county.
  void renew(const cases::Installation& installation);

 private:
  Kept<PublicFigures> kept_{std::int64_t{24} * 3'600'000};
};

// The same as data, for programs: version 2, every name explained in it.
std::string figures_csv(const PublicFigures& figures, std::string_view county);
std::string figures_json(const PublicFigures& figures, std::string_view county);

}  // namespace minhu::pages
