// The photo of a notice where it hangs, for everybody, as soon as the visit is announced.
#include "adapters/pages/handlers.h"
#include "features/visits/posting_photos.h"
#include "features/visits/visits.h"

namespace minhu::pages {

http::Response show_posting_photo(const Site& site, const http::Request& request) {
  const auto id = visits::VisitId::parse(request.captures.at(0));
  const cases::Context context = site.anyone();
  const auto photo = site.installation.database.read([&](Reading& reading) -> Result<Bytes> {
    const auto visit =
        id ? visits::visit(reading, context.county.region, *id) : std::optional<visits::Visit>();
    const visits::Posting* posting =
        visit && visit->public_now() ? visits::posting_of(*visit, request.captures.at(1)) : nullptr;
    if (posting == nullptr) return fail(FaultCode::not_found, "visits.no_such_photo");
    return visits::read_photo(reading, context, *posting->photo);
  });
  if (!photo) {
    return site.refuse(request, Fault(FaultCode::not_found, "visits.no_such_photo"));
  }
  http::Response response;
  response.body = to_text(*photo);
  // Under its hash it is never another one. A day and not a year: a photo that is replaced because
  // somebody is on it is to be gone from caches soon.
  response.with("Content-Type", "image/jpeg")
      .with("Content-Disposition", "inline; filename=\"posting.jpg\"")
      .with("X-Content-Type-Options", "nosniff")
      .with("Content-Security-Policy", "default-src 'none'; sandbox")
      .with("Cross-Origin-Resource-Policy", "same-origin")
      .with("Referrer-Policy", "no-referrer")
      .with("Cache-Control", "public, max-age=86400, immutable");
  return response;
}

}  // namespace minhu::pages
