#include "engines/qr_code/qr_code.h"

#include <gtest/gtest.h>

namespace minhu::qr_code {
namespace {

TEST(QrCode, IsOneSquarePathWithQuietZoneAndALabel) {
  const std::string svg = as_svg("http://127.0.0.1/t/MH-2345-6789-ABCD", "扫码查进度");
  EXPECT_TRUE(svg.starts_with("<svg class=\"qr\" viewBox=\"0 0 "));
  EXPECT_NE(svg.find("aria-label=\"扫码查进度\""), std::string::npos);
  // Nothing is drawn within four modules of the edge.
  EXPECT_EQ(svg.find("d=\"M0 0h"), svg.rfind("d=\"M0 0h"));
  EXPECT_NE(svg.find("M4 4h7v1h-7z"), std::string::npos) << "the corner begins at (4, 4)";
}

TEST(QrCode, ALongTextFitsUntilItDoesNot) {
  EXPECT_TRUE(as_large_svg(std::string(2900, 'x'), "x"));
  EXPECT_FALSE(as_large_svg(std::string(3000, 'x'), "x"));
}

TEST(QrCode, SaysNothingOfTheTextInItsMarkup) {
  EXPECT_EQ(as_svg("secret", "x").find("secret"), std::string::npos);
}

TEST(QrCode, ALabelCannotBecomeMarkup) {
  const std::string svg = as_svg("a", "\"><script>&");
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_NE(svg.find("&quot;>&lt;script>&amp;"), std::string::npos);
}

}  // namespace
}  // namespace minhu::qr_code
