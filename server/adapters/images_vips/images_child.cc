#include "adapters/images_vips/images_child.h"

#include <gmodule.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vips/vips.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "ports/images.h"

namespace minhu::images_vips {

namespace {

struct Unref {
  void operator()(void* object) const noexcept { g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Unref>;
using Image = Held<VipsImage>;

// libvips writes its result through a VipsImage**.
template <class Operation>
Image made(Operation&& operation) {
  VipsImage* out = nullptr;
  return operation(&out) == 0 ? Image(out) : Image();
}

bool number(const char* text, std::uint64_t& value) {
  const char* end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, value);
  return error == std::errc() && stop == end;
}

bool start_vips() {
  // libvips looks for its modules below VIPSHOME and finds none: the decoders for PDF, ImageMagick
  // and whole slides stay out of the process. The one for HEIC is opened by name; where it is
  // missing, those photos are refused with a sentence.
  ::setenv("VIPSHOME", "/nonexistent", 1);
  ::setenv("VIPS_NOVECTOR", "1", 1);  // or it would make machine code while it runs
  if (VIPS_INIT("minhu") != 0) return false;
  g_module_open(MINHU_VIPS_HEIF_MODULE, G_MODULE_BIND_LAZY);
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const char* loader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                             "VipsForeignLoadHeif"}) {
    vips_operation_block_set(loader, FALSE);
  }
  return true;
}

bool vips_said(std::string_view words) {
  return std::string_view(vips_error_buffer()).find(words) != std::string_view::npos;
}

// libvips has no error codes: its words are all there is.
ChildStatus status_of_error() {
  if (vips_said("operation is blocked")) return ChildStatus::kind_not_taken;
  if (vips_said("Unsupported")) return ChildStatus::kind_not_taken;  // a codec libheif has not
  if (vips_said("out of memory") || vips_said("Memory allocation")) {
    return ChildStatus::out_of_memory;
  }
  return ChildStatus::broken;
}

// The picture, decoded as it is asked for. Cut off or damaged: an error, where libvips would by
// itself fill up with grey. A JPEG is decoded at 1/2, 1/4 or 1/8 where that still leaves enough.
// (vips_thumbnail_source of 8.14 would choose so by itself, but does not hand fail_on to the
// loader.)
Image opened(VipsSource* source, std::string_view loader, int shrink) {
  if (loader.starts_with("VipsForeignLoadJpeg")) {
    return made([&](VipsImage** out) {
      return vips_jpegload_source(source, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                  VIPS_FAIL_ON_ERROR, "shrink", shrink, nullptr);
    });
  }
  return Image(vips_image_new_from_source(source, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                          VIPS_FAIL_ON_ERROR, nullptr));
}

int shrink_for(const Image& header) {
  const int longest =
      std::max(vips_image_get_width(header.get()), vips_image_get_height(header.get()));
  int shrink = 1;
  while (shrink < 8 && longest / (shrink * 2) >= Images::longest_side) shrink *= 2;
  return shrink;
}

Image small_and_upright(const Image& image, bool with_profile) {
  constexpr int side = Images::longest_side;
  return made([&](VipsImage** out) {
    return with_profile ? vips_thumbnail_image(image.get(), out, side, "height", side, "size",
                                               VIPS_SIZE_DOWN, "export_profile", "srgb", nullptr)
                        : vips_thumbnail_image(image.get(), out, side, "height", side, "size",
                                               VIPS_SIZE_DOWN, nullptr);
  });
}

// Three channels of eight bits: black-and-white, 16 bits and CMYK become what every browser shows.
Image for_every_browser(const Image& image) {
  Image colours = made([&](VipsImage** out) {
    return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_sRGB, nullptr);
  });
  if (!colours || vips_image_hasalpha(colours.get()) == 0) return colours;
  const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> white(
      vips_array_double_newv(3, 255.0, 255.0, 255.0),
      [](VipsArrayDouble* array) { vips_area_unref(VIPS_AREA(array)); });
  return made([&](VipsImage** out) {
    return vips_flatten(colours.get(), out, "background", white.get(), nullptr);
  });
}

ChildStatus present() {
  const Held<VipsSource> source(vips_source_new_from_descriptor(STDIN_FILENO));
  const Held<VipsTarget> target(vips_target_new_to_descriptor(STDOUT_FILENO));
  if (!source || !target) return ChildStatus::cannot_start;
  const char* loader = vips_foreign_find_load_source(source.get());
  if (loader == nullptr) return ChildStatus::kind_not_taken;
  const Image header = opened(source.get(), loader, 1);
  if (!header) return status_of_error();
  const auto pixels =
      std::int64_t{vips_image_get_width(header.get())} * vips_image_get_height(header.get());
  if (pixels > Images::most_pixels) return ChildStatus::too_many_pixels;

  const Image photo = opened(source.get(), loader, shrink_for(header));
  if (!photo) return status_of_error();
  Image small = small_and_upright(photo, true);
  // A profile may be damaged while its picture is whole: then its colours are taken as sRGB.
  if (!small) small = small_and_upright(photo, false);
  if (!small) return status_of_error();
  const Image image = for_every_browser(small);
  if (!image) return status_of_error();
  const int saved = vips_jpegsave_target(image.get(), target.get(), "Q", 82, "optimize_coding",
                                         TRUE, "strip", TRUE, nullptr);
  return saved == 0 ? ChildStatus::done : status_of_error();
}

ChildStatus run(int argc, char** argv) {
  Limits limits;
  if (argc != 5 || !number(argv[2], limits.memory_bytes) || !number(argv[3], limits.cpu_seconds) ||
      !number(argv[4], limits.file_bytes)) {
    return ChildStatus::cannot_start;
  }
  if (!limit_resources(limits) || !start_vips() || !forbid_system_calls()) {
    return ChildStatus::cannot_start;
  }
  return present();
}

}  // namespace

int run_images_child(int argc, char** argv) {
  // Without destructors and handlers of the libraries: what they would tidy up goes with the
  // process.
  _exit(static_cast<int>(run(argc, argv)));
}

}  // namespace minhu::images_vips
