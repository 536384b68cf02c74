// The figures that everybody may read, put together once in five minutes: whoever asks for a page
// of them makes nobody count. Thread-safe (kept.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "features/cases/installation.h"
#include "features/insight/queries.h"
#include "kernel/kept.h"

namespace minhu::pages {

// Everything of it is of the same moment. Months are of the county, offices of the whole year:
// no office stands beside a month, so that nothing small can be worked out from the two.
struct PublicFigures {
  Instant made_at;
  insight::Period year;
  insight::Picture picture;
  std::vector<insight::Month> months;
  std::vector<insight::OfficeLine> offices;
  std::string csv;
  std::string json;
  std::string csv_sha256;  // of the two as they are downloaded, in hexadecimal digits
  std::string json_sha256;
};

class FiguresKept {
 public:
  std::shared_ptr<const PublicFigures> of(const cases::Installation& installation);
  void renew(const cases::Installation& installation);

 private:
  Kept<PublicFigures> kept_{std::int64_t{5} * 60'000};
};

// The same as data, for programs: version 1, every name explained in it.
std::string figures_csv(const PublicFigures& figures, std::string_view county);
std::string figures_json(const PublicFigures& figures, std::string_view county);

}  // namespace minhu::pages
