// For tests: photos as cameras make them, and what is no photo though it looks like one. Needs
// libvips in the test's own process.
#pragma once

#include <gtest/gtest.h>
#include <vips/vips.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "kernel/bytes.h"

namespace minhu::images_vips::test {

// Written into every text field that a photo can carry; it must never be seen again.
inline constexpr std::string_view canary = "CANARY-LAT-29.4521-LON-119.8905";

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Picture = std::unique_ptr<VipsImage, Unref>;

inline void start_vips() {
  ASSERT_EQ(VIPS_INIT("test"), 0);
}

// Left half red, right half blue.
inline Picture red_and_blue(int width, int height) {
  const auto block = [&](std::array<double, 3> colour) {
    VipsImage* black = nullptr;
    VipsImage* lit = nullptr;
    const std::array<double, 3> one{1, 1, 1};
    vips_black(&black, width / 2, height, "bands", 3, nullptr);
    vips_linear(black, &lit, one.data(), colour.data(), 3, "uchar", TRUE, nullptr);
    g_object_unref(black);
    return Picture(lit);
  };
  const Picture left = block({255, 0, 0});
  const Picture right = block({0, 0, 255});
  VipsImage* joined = nullptr;
  VipsImage* coloured = nullptr;
  vips_join(left.get(), right.get(), &joined, VIPS_DIRECTION_HORIZONTAL, nullptr);
  vips_copy(joined, &coloured, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
  g_object_unref(joined);
  return Picture(coloured);
}

// Different everywhere, so that nothing compresses to nothing.
inline Picture noise(int width, int height) {
  VipsImage* grey = nullptr;
  VipsImage* bytes = nullptr;
  vips_gaussnoise(&grey, width, height, "mean", 128.0, "sigma", 40.0, nullptr);
  vips_cast_uchar(grey, &bytes, nullptr);
  g_object_unref(grey);
  return Picture(bytes);
}

// What a telephone writes beside the picture: the place, a comment, XMP, and how it was held.
inline void write_like_a_camera(VipsImage* picture, int orientation) {
  const std::string text(canary);
  const std::string exif = text + " (" + text + ", ASCII, 32 components, 32 bytes)";
  vips_image_set_int(picture, "orientation", orientation);
  vips_image_set_string(picture, "exif-ifd0-ImageDescription", exif.c_str());
  vips_image_set_string(picture, "exif-ifd0-Make", exif.c_str());
  vips_image_set_string(picture, "exif-ifd3-GPSLatitudeRef", "N (N, ASCII, 2 components, 2 bytes)");
  vips_image_set_string(picture, "exif-ifd3-GPSLatitude",
                        "29/1 27/1 757/100 (29, 27, 7.57, Rational, 3 components, 24 bytes)");
  const std::string xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + text + "</x:xmpmeta>";
  vips_image_set_blob_copy(picture, "xmp-data", xmp.data(), xmp.size());
}

inline Bytes taken(void* buffer, std::size_t size) {
  const auto* start = static_cast<std::uint8_t*>(buffer);
  Bytes bytes(start, start + size);
  g_free(buffer);
  return bytes;
}

inline Bytes as_jpeg(VipsImage* picture) {
  void* buffer = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(vips_jpegsave_buffer(picture, &buffer, &size, "Q", 90, nullptr), 0)
      << vips_error_buffer();
  return taken(buffer, size);
}
inline Bytes as_png(VipsImage* picture, bool interlaced = false) {
  void* buffer = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(vips_pngsave_buffer(picture, &buffer, &size, "interlace", interlaced ? TRUE : FALSE,
                                "compression", 1, nullptr),
            0)
      << vips_error_buffer();
  return taken(buffer, size);
}
inline Bytes as_webp(VipsImage* picture) {
  void* buffer = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(vips_webpsave_buffer(picture, &buffer, &size, nullptr), 0) << vips_error_buffer();
  return taken(buffer, size);
}
// Empty when this machine's libheif cannot write HEVC.
inline Bytes as_heic(VipsImage* picture) {
  void* buffer = nullptr;
  std::size_t size = 0;
  if (vips_heifsave_buffer(picture, &buffer, &size, "compression",
                           VIPS_FOREIGN_HEIF_COMPRESSION_HEVC, nullptr) != 0) {
    vips_error_clear();
    return {};
  }
  return taken(buffer, size);
}

inline Bytes photo(int width, int height, int orientation = 1) {
  const Picture picture = red_and_blue(width, height);
  write_like_a_camera(picture.get(), orientation);
  return as_jpeg(picture.get());
}

inline Picture decoded(BytesView bytes) {
  VipsImage* image = vips_image_new_from_buffer(bytes.data(), bytes.size(), "", nullptr);
  EXPECT_NE(image, nullptr) << vips_error_buffer();
  return Picture(image);
}
// Red, green and blue at a place.
inline std::array<int, 3> colour_at(VipsImage* image, int x, int y) {
  double* values = nullptr;
  int bands = 0;
  EXPECT_EQ(vips_getpoint(image, &values, &bands, x, y, nullptr), 0) << vips_error_buffer();
  EXPECT_EQ(bands, 3);
  const std::array<int, 3> colour{static_cast<int>(values[0]), static_cast<int>(values[1]),
                                  static_cast<int>(values[2])};
  g_free(values);
  return colour;
}

inline bool contains(BytesView bytes, std::string_view text) {
  return to_text(bytes).find(text) != std::string::npos;
}

inline void put_u32(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
  }
}
inline void put_png_chunk(Bytes& png, std::string_view type, BytesView data) {
  Bytes body = to_bytes(type);
  body.insert(body.end(), data.begin(), data.end());
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const std::uint8_t byte : body) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  put_u32(png, static_cast<std::uint32_t>(data.size()));
  png.insert(png.end(), body.begin(), body.end());
  put_u32(png, ~crc);
}
// A hundred bytes that say they are a picture of 50,000 × 50,000.
inline Bytes png_header_bomb() {
  Bytes png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  Bytes header;
  put_u32(header, 50'000);
  put_u32(header, 50'000);
  header.insert(header.end(), {8, 6, 0, 0, 0});
  put_png_chunk(png, "IHDR", header);
  const Bytes nothing{0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01};
  put_png_chunk(png, "IDAT", nothing);
  put_png_chunk(png, "IEND", {});
  return png;
}

// The marker of each segment up to the picture itself: 0xE0 is APP0, 0xE1 carries EXIF and XMP,
// 0xFE a comment.
inline std::vector<int> jpeg_segments(BytesView jpeg) {
  std::vector<int> markers;
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && jpeg[at] == 0xFF) {
    markers.push_back(jpeg[at + 1]);
    if (jpeg[at + 1] == 0xDA) break;
    at += 2 + std::size_t{jpeg[at + 2]} * 256 + jpeg[at + 3];
  }
  return markers;
}

}  // namespace minhu::images_vips::test
