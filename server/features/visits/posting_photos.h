// The photo of a notice where it hangs: the proof of a posting that everybody may see once the
// visit is announced. Its bytes lie in the content store of cases under a key of their own, so that
// one photo can be destroyed while everything else of the visit stays; the event holds their
// SHA-256.
#pragma once

#include <string_view>
#include <vector>

#include "features/cases/content.h"
#include "features/cases/context.h"
#include "features/cases/receive.h"
#include "features/visits/visit_file.h"
#include "ports/storage.h"

namespace minhu::visits {

// With one step; every photo is decoded and written anew before the step is taken.
inline constexpr std::size_t most_photos = cases::most_attachments;

// Sealed on the worker, on its way into the store.
struct NewPhoto {
  Photo photo;
  cases::CaseKey key;
  cases::SealedContent content;
};
// `file`: already presentable (features/attachments), so that it holds nothing but the picture.
// Fault unsupported_media visits.photo_not_a_photo where it is something else than a photo.
Result<NewPhoto> seal_photo(const cases::Context& context, const cases::NewAttachment& file);

// Every posting of the step shows one of these photos or none, every photo is shown by one, and
// none of them was given for this visit before: one photo proves one posting. Faults invalid_input
// visits.photo_wrong, visits.photo_again.
Outcome check_photos(const Visit& visit, const std::vector<Posting>& postings,
                     const std::vector<NewPhoto>& photos);
void keep_photo(Transaction& transaction, const cases::Context& context, const NewPhoto& photo);
// For good: bytes and key.
void destroy_photo(Transaction& transaction, const cases::Context& context, const Photo& photo);

// The posting that shows it now, or nullptr; a photo that was replaced is shown by none.
const Posting* posting_of(const Visit& visit, std::string_view sha256);
// Faults gone cases.erased, not_found cases.no_content. StorageFailure when the bytes are not those
// of the event.
Result<Bytes> read_photo(Reading& reading, const cases::Context& context, const Photo& photo);

}  // namespace minhu::visits
