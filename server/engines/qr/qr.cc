#include "engines/qr/qr.h"

#include <qrencode.h>

#include <memory>

#include "kernel/assert.h"

namespace minhu::qr {

Drawing drawing_of(std::string_view text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  MINHU_ASSERT(code != nullptr);
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

}  // namespace minhu::qr
