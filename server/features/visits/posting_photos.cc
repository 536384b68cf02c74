#include "features/visits/posting_photos.h"

#include <algorithm>

#include "features/visits/step_fields.h"
#include "kernel/crypto.h"

namespace minhu::visits {

namespace {

constexpr std::string_view photo_type = "image/jpeg";

std::string name_of(BytesView bytes) {
  return to_hex(sha256(bytes));
}

// Now, or before it was replaced.
bool was_given(const Visit& visit, std::string_view sha256) {
  return std::any_of(visit.postings.begin(), visit.postings.end(), [&](const Posting& posting) {
    if (posting.photo && posting.photo->sha256 == sha256) return true;
    return std::any_of(posting.replaced.begin(), posting.replaced.end(),
                       [&](const ReplacedPhoto& one) { return one.sha256 == sha256; });
  });
}

}  // namespace

Result<NewPhoto> seal_photo(const cases::Context& context, const cases::NewAttachment& file) {
  if (file.media_type != photo_type) {
    return fail(FaultCode::unsupported_media, "visits.photo_not_a_photo");
  }
  NewPhoto made;
  made.key = cases::make_case_key(context.entropy.id<cases::CaseId>(context.now), context.entropy);
  made.content = cases::seal_content(made.key, cases::ContentRole::evidence, photo_type, file.bytes,
                                     context.now, context.entropy);
  made.photo = {name_of(file.bytes), made.key.case_id, made.content.ref.id};
  return made;
}

Outcome check_photos(const Visit& visit, const std::vector<Posting>& postings,
                     const std::vector<NewPhoto>& photos) {
  std::size_t shown = 0;
  for (const Posting& posting : postings) {
    if (!posting.photo) continue;
    ++shown;
    const auto is_it = [&](const NewPhoto& one) { return one.photo == *posting.photo; };
    if (std::none_of(photos.begin(), photos.end(), is_it)) {
      return at_fault("visits.photo_wrong", "postings");
    }
  }
  if (shown != photos.size()) return at_fault("visits.photo_wrong", "postings");
  for (auto one = photos.begin(); one != photos.end(); ++one) {
    const auto same = [&](const NewPhoto& other) {
      return other.photo.sha256 == one->photo.sha256;
    };
    if (was_given(visit, one->photo.sha256) || std::any_of(photos.begin(), one, same)) {
      return at_fault("visits.photo_again",
                      "file." + std::to_string(std::distance(photos.begin(), one) + 1));
    }
  }
  return {};
}

void keep_photo(Transaction& transaction, const cases::Context& context, const NewPhoto& photo) {
  const RegionId region = context.county.region;
  cases::store_case_key(transaction, region, photo.key, context.keyring, context.entropy);
  cases::store_content(transaction, region, photo.key.case_id, photo.content, context.now);
}

void destroy_photo(Transaction& transaction, const cases::Context& context, const Photo& photo) {
  cases::erase_content(transaction, context.county.region, photo.key);
}

const Posting* posting_of(const Visit& visit, std::string_view sha256) {
  const auto found = std::find_if(
      visit.postings.begin(), visit.postings.end(),
      [&](const Posting& posting) { return posting.photo && posting.photo->sha256 == sha256; });
  return found == visit.postings.end() ? nullptr : &*found;
}

Result<Bytes> read_photo(Reading& reading, const cases::Context& context, const Photo& photo) {
  const RegionId region = context.county.region;
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, region, photo.key, context.keyring));
  MINHU_TRY(Bytes bytes, cases::read_content(reading, region, key, photo.content));
  if (name_of(bytes) != photo.sha256) {
    throw StorageFailure("the photo " + photo.sha256 + " of a posting is another one");
  }
  return bytes;
}

}  // namespace minhu::visits
