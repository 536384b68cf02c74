#include "adapters/office_pages/office.h"

#include <stdexcept>

#include "kernel/crypto.h"
#include "office_page_files.h"

namespace minhu::office_pages {

namespace {

templates::Templates templates_of(const catalogue::Catalogue& catalogue) {
  auto read = templates::Templates::read(embedded::office_pages(),
                                         [&](std::string_view key) -> std::optional<std::string> {
                                           if (!catalogue.has(key)) return std::nullopt;
                                           return catalogue.say(key);
                                         });
  if (!read) {
    throw std::runtime_error("pages/office/" + read.error().details["file"] + " (" +
                             catalogue.language() + "): " + read.error().details["reason"]);
  }
  return std::move(*read);
}

}  // namespace

Office open_office(const cases::Installation& installation, const catalogue::Catalogues& catalogues,
                   const places_and_units::CountyProfile& county, accounts::Gate& gate,
                   accounts::Sessions& sessions, accounts::Guesses& guesses, TakeUpload take_upload,
                   accounts::ProviderNames provider_names) {
  Office office{installation,
                catalogues,
                county,
                gate,
                sessions,
                guesses,
                std::move(take_upload),
                std::move(provider_names),
                {},
                {},
                {}};
  for (const catalogue::Catalogue& catalogue : catalogues.all()) {
    office.templates.emplace(catalogue.language(), templates_of(catalogue));
  }
  office.style = find_embedded(embedded::office_pages(), "office.css");
  office.style_name = "office." + to_hex(sha256(as_bytes(office.style))).substr(0, 12) + ".css";
  return office;
}

}  // namespace minhu::office_pages
