// One page from its template: in the reader's language and size, with the frame around it and the
// headers that protect it. Immutable after opening, thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "adapters/pages/look.h"
#include "engines/catalogue/catalogue.h"
#include "engines/templates/templates.h"
#include "features/places_and_units/county.h"
#include "ports/http.h"

namespace minhu::pages {

// Whether a browser may keep the page. What a person wrote is kept nowhere.
// `five_minutes`: also caches on the way may, one copy for each look.
enum class Keep : std::uint8_t { nothing, until_asked_again, five_minutes };
// On a quiet page nothing sets a cookie, the title says nothing, the script keeps nothing and there
// is a quick way out.
enum class Quiet : bool { no, yes };

struct Frame {
  std::string title;
  int status = 200;
  Keep keep = Keep::nothing;
  Quiet quiet = Quiet::no;
};

class Surface {
 public:
  // Fault invalid_input templates.bad_file.
  static Result<Surface> open(const catalogue::Catalogues& catalogues,
                              const places_and_units::CountyProfile& county);

  http::Response page(const http::Request& request, std::string_view name,
                      templates::Values& values, const Frame& frame) const;
  // A piece of a page, for the script.
  http::Response piece(const http::Request& request, std::string_view name,
                       const templates::Values& values) const;
  http::Response refusal(const http::Request& request, int status, const Fault& fault) const;

  const catalogue::Catalogue& sentences(const http::Request& request) const;
  const places_and_units::CountyProfile& county() const { return county_; }

 private:
  Surface(const catalogue::Catalogues& catalogues, places_and_units::CountyProfile county)
      : catalogues_(&catalogues), county_(std::move(county)) {}

  const catalogue::Catalogues* catalogues_;
  places_and_units::CountyProfile county_;
  std::map<std::string, templates::Templates, std::less<>> templates_;  // by language
};

}  // namespace minhu::pages
