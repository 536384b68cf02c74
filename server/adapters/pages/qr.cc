#include "adapters/pages/qr.h"

#include "engines/qr/qr.h"
#include "engines/templates/templates.h"

namespace minhu::pages {

std::string qr_as_svg(std::string_view text, std::string_view label) {
  const qr::Drawing drawing = qr::drawing_of(text);
  const std::string size = std::to_string(drawing.size);
  return "<svg class=\"qr\" viewBox=\"0 0 " + size + " " + size + "\" role=\"img\" aria-label=\"" +
         templates::escape_html(label) +
         "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size +
         "H0z\"/><path d=\"" + drawing.path + "\"/></svg>";
}

}  // namespace minhu::pages
