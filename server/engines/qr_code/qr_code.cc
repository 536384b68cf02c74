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

}  // namespace

Drawing drawing_of(std::string_view text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  MINHU_ASSERT(code != nullptr);  // a short address always fits
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

std::string as_svg(std::string_view text, std::string_view label) {
  const Drawing drawing = drawing_of(text);
  const std::string size = std::to_string(drawing.size);
  return "<svg class=\"qr\" viewBox=\"0 0 " + size + " " + size + "\" role=\"img\" aria-label=\"" +
         escaped(label) + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size +
         "v" + size + "H0z\"/><path d=\"" + drawing.path + "\"/></svg>";
}

}  // namespace minhu::qr_code
