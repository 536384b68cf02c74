// Making a photo that somebody sent presentable: small enough to show, turned the right way up, and
// free of everything a camera wrote beside the picture (where it was taken, when, with what).
#pragma once

#include "kernel/bytes.h"
#include "kernel/result.h"

namespace minhu {

class Images {
 public:
  // Longest side of what comes out; a smaller photo keeps its size.
  static constexpr int longest_side = 1600;
  // What goes in may have this many pixels, as its header says, before anything is decoded.
  static constexpr std::int64_t most_pixels = 40'000'000;

  virtual ~Images() = default;

  // A JPEG (sRGB, quality 82, upright, transparency on white) without EXIF, GPS, XMP, colour
  // profile or anything that stood before or after the picture. Thread-safe; blocks up to the
  // limits below.
  //
  // Faults, all of which leave the program as it was, whatever the bytes were:
  //   unsupported_media attachments.kind_not_taken   not JPEG, PNG, WebP or a HEIC that this
  //                                                  machine can decode
  //   invalid_input attachments.broken_image         cut off, or damaged
  //   too_large attachments.too_many_pixels          details: most_million
  //   invalid_input attachments.image_too_demanding  decoding took more CPU time or memory than a
  //   photo
  //                                                  needs, or broke the decoder
  //   unavailable attachments.busy                   too many photos at once; nothing is wrong with
  //                                                  this one
  virtual Result<Bytes> presentable(BytesView photo) = 0;
};

}  // namespace minhu
