#include "engines/qr_code/qr_code.h"

#include <qrencode.h>

#include <memory>

#include "kernel/assert.h"

namespace minhu::qr_code {

namespace {

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

// Nothing when the text is longer than the largest code holds.
std::optional<Drawing> drawn(std::string_view text, QRecLevel correction) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, correction),
      &QRcode_free);
  if (code == nullptr) return std::nullopt;
  constexpr int quiet_zone = 4;
  const int width = code->width;
  const auto dark = [&](int x, int y) { return (code->data[y * width + x] & 1U) != 0; };
  Drawing drawing{width + 2 * quiet_zone, {}};
  for (int y = 0; y < width; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!dark(x, y)) continue;
      const int from = x;
      while (x + 1 < width && dark(x + 1, y)) ++x;
      const std::string run = std::to_string(x - from + 1);
      drawing.path += "M" + std::to_string(from + quiet_zone) + " " +
                      std::to_string(y + quiet_zone) + "h" + run + "v1h-" + run + "z";
    }
  }
  return drawing;
}

std::string markup_of(const Drawing& drawing, std::string_view label) {
  const std::string size = std::to_string(drawing.size);
  return "<svg class=\"qr\" viewBox=\"0 0 " + size + " " + size + "\" role=\"img\" aria-label=\"" +
         escaped(label) + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size +
         "v" + size + "H0z\"/><path d=\"" + drawing.path + "\"/></svg>";
}

}  // namespace

Drawing drawing_of(std::string_view text) {
  const auto drawing = drawn(text, QR_ECLEVEL_M);
  MINHU_ASSERT(drawing.has_value());  // a short address always fits
  return *drawing;
}

std::string as_svg(std::string_view text, std::string_view label) {
  return markup_of(drawing_of(text), label);
}

std::optional<std::string> as_large_svg(std::string_view text, std::string_view label) {
  const auto drawing = drawn(text, QR_ECLEVEL_L);
  if (!drawing) return std::nullopt;
  return markup_of(*drawing, label);
}

}  // namespace minhu::qr_code
