// What people send along with their words: taken in so that it can be shown to others without doing
// them harm, and served so that a browser does nothing with it but show or save it.
//
//   photo (JPEG, PNG, WebP, HEIC)               → written anew as a JPEG; nothing but the picture
//                                                 stays, the photo as sent is not kept
//   sound (MP3, M4A, AAC, WAV, OGG, WebM, AMR)  → kept as it is
//   PDF, plain text in UTF-8                    → kept as it is
//
// What is kept as it is may hold traces of who made it (the author of a PDF, the tags of an MP3);
// it is only ever offered for saving. The name that a file had at its sender's is kept nowhere.
#pragma once

#include <cstdint>
#include <string_view>

#include "features/cases/receive.h"
#include "kernel/bytes.h"
#include "ports/http.h"
#include "ports/images.h"

namespace minhu::attachments {

inline constexpr std::uint64_t largest_file = std::uint64_t{20} << 20U;

// The form had a place for a file and the person chose none: not a fault, and nothing to take.
inline bool nothing_chosen(const http::Part& part) {
  return part.size == 0;
}

class Attachments {
 public:
  explicit Attachments(Images& images) : images_(images) {}

  // Thread-safe; blocks while a photo is written anew. Reads the part's spooled file if it has one.
  // Faults, each with the field of the part:
  //   invalid_input attachments.empty             ask nothing_chosen first
  //   too_large attachments.too_large             details: most, in MiB
  //   unsupported_media attachments.kind_not_taken
  //   unavailable attachments.not_read            the server lost the spooled file
  // and those of ports/images.h.
  Result<cases::NewAttachment> take(const http::Part& part);

 private:
  Images& images_;
};

// A stored attachment as a response: a photo is shown, everything else is offered for saving under
// a name made here. Whatever the bytes are, a browser runs none of them: no sniffing, no script, no
// origin, and other sites cannot embed it. Not to be kept in caches.
http::Response serve(std::string_view media_type, Bytes bytes);

}  // namespace minhu::attachments
