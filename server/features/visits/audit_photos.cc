#include "features/visits/audit_photos.h"

#include <map>

#include "features/visits/posting_photos.h"
#include "features/visits/postings.h"

namespace minhu::visits {

namespace {

struct Given {
  Photo photo;
  bool replaced = false;
};

std::map<std::string, Given, std::less<>> given_in(const std::vector<Event>& events) {
  std::map<std::string, Given, std::less<>> given;
  const auto add = [&](const Photo& photo) { given[photo.sha256] = {photo, false}; };
  for (const Event& event : events) {
    if (event.facts.contains("postings")) {
      for (const Posting& posting : postings_in(event.fact("postings"))) {
        if (posting.photo) add(*posting.photo);
      }
    }
    if (event.kind != EventKind::photo_replaced) continue;
    const auto old = given.find(event.fact("photo"));
    if (old != given.end()) old->second.replaced = true;
    if (event.facts.contains("new_photo")) add(photo_in(event.fact("new_photo")));
  }
  return given;
}

// What is wrong with a photo that should be there, or nullptr.
const char* wrong_with(Reading& reading, const cases::Context& context, const Photo& photo) {
  try {
    return read_photo(reading, context, photo) ? nullptr : "visits.audit_photo_missing";
  } catch (const StorageFailure&) {
    return "visits.audit_photo_altered";
  }
}

}  // namespace

PhotosAudit audit_photos(Reading& reading, const cases::Context& context,
                         const std::vector<Event>& events) {
  PhotosAudit audit;
  for (const auto& [sha256, given] : given_in(events)) {
    const char* wrong = nullptr;
    if (!given.replaced) {
      wrong = wrong_with(reading, context, given.photo);
      if (wrong == nullptr) ++audit.unaltered;
    } else if (cases::content_info(reading, context.county.region, given.photo.key,
                                   given.photo.content)) {
      wrong = "visits.audit_photo_kept";
    } else {
      ++audit.replaced;
    }
    if (wrong == nullptr) continue;
    audit.findings.emplace_back(FaultCode::conflict, wrong, std::string(),
                                std::map<std::string, std::string>{
                                    {"visit", events.front().subject.text()}, {"photo", sha256}});
  }
  return audit;
}

}  // namespace minhu::visits
