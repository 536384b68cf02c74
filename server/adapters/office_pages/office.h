// What the pages of one installation share: made once when the routes are, never changed
// afterwards.
#pragma once

#include <map>
#include <string>

#include "adapters/office_pages/office_pages.h"
#include "engines/templates/templates.h"

namespace minhu::office_pages {

struct Office {
  cases::Installation installation;
  const catalogue::Catalogues& catalogues;
  places_and_units::CountyProfile county;
  accounts::Gate& gate;
  accounts::Sessions& sessions;
  accounts::Guesses& guesses;
  TakeUpload take_upload;
  accounts::ProviderNames provider_names;

  std::map<std::string, templates::Templates, std::less<>> templates;  // by language
  std::string_view style;
  std::string style_name;  // "office.<hash>.css": may be cached for ever
};

Office open_office(const cases::Installation& installation, const catalogue::Catalogues& catalogues,
                   const places_and_units::CountyProfile& county, accounts::Gate& gate,
                   accounts::Sessions& sessions, accounts::Guesses& guesses, TakeUpload take_upload,
                   accounts::ProviderNames provider_names);

}  // namespace minhu::office_pages
