// What every handler of these pages is given.
#pragma once

#include "adapters/pages/pages.h"
#include "adapters/pages/public_cache.h"
#include "adapters/pages/surface.h"
#include "features/cases/installation.h"

namespace minhu::pages {

struct Site {
  const cases::Installation& installation;
  Surface surface;
  TakeUpload take_upload;
  Admit admit;
  accounts::Guesses& guesses;
  PublicCache& cache;
  RecordOffered record;
  const accusations::Ground& accusations;

  cases::Context anyone() const { return installation.as({accounts::Role::anyone, {}, {}}); }
  // Only for whoever has proved the code.
  cases::Context speaker() const { return installation.as({accounts::Role::speaker, {}, {}}); }

  std::string say(const http::Request& request, std::string_view key,
                  const catalogue::Details& details = {}) const {
    return surface.sentences(request).say(key, details);
  }
  http::Response refuse(const http::Request& request, const Fault& fault) const {
    return surface.refusal(request, http::status_of(fault.code), fault);
  }
};

}  // namespace minhu::pages
