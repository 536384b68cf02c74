#include "features/attachments/attachments.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/images_vips/images_child.h"
#include "adapters/images_vips/test_photos.h"
#include "adapters/images_vips/vips_images.h"
#include "features/attachments/media_kind.h"

namespace minhu::attachments {
namespace {

namespace photos = images_vips::test;

class AttachmentTest : public ::testing::Test {
 protected:
  AttachmentTest() {
    photos::start_vips();
    std::string name = (std::filesystem::temp_directory_path() / "minhu-files-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~AttachmentTest() override { std::filesystem::remove_all(folder_); }

  static http::Part small(BytesView bytes, const char* file_name = "IMG_2231.jpg") {
    http::Part part;
    part.name = "file";
    part.file_name = file_name;
    part.content_type = "image/jpeg";  // what the sender claims is not believed
    part.value = to_text(bytes);
    part.size = bytes.size();
    return part;
  }
  http::Part spooled(BytesView bytes) {
    http::Part part = small({});
    part.spooled = folder_ / "part-1";
    part.size = bytes.size();
    std::ofstream(part.spooled, std::ios::binary) << to_text(bytes);
    return part;
  }
  std::string fault_of(const http::Part& part) {
    const auto taken = attachments_.take(part);
    return taken ? "taken" : taken.error().key + " at " + taken.error().field;
  }

  std::filesystem::path folder_;
  static images_vips::Options patient() {
    images_vips::Options options;
    options.longest_run = std::chrono::minutes(2);  // tests share their machine with others
    return options;
  }
  images_vips::VipsImages images_{patient()};
  Attachments attachments_{images_};
};

TEST_F(AttachmentTest, APhotoBecomesAJpegWithoutItsTraces) {
  for (const bool large : {false, true}) {
    const Bytes before = photos::photo(2400, 1800, 6);
    ASSERT_TRUE(photos::contains(before, photos::canary));
    const auto taken = attachments_.take(large ? spooled(before) : small(before));
    ASSERT_TRUE(taken) << taken.error().key;
    EXPECT_EQ(taken->media_type, "image/jpeg");
    EXPECT_FALSE(photos::contains(taken->bytes, photos::canary));
    EXPECT_FALSE(photos::contains(taken->bytes, "Exif"));
    EXPECT_FALSE(photos::contains(taken->bytes, "IMG_2231"));
  }
}

TEST_F(AttachmentTest, APngIsStoredAsWhatItHasBecome) {
  const auto taken = attachments_.take(small(photos::as_png(photos::red_and_blue(60, 40).get())));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->media_type, "image/jpeg");
}

TEST_F(AttachmentTest, SoundPdfAndTextAreKeptAsTheyAre) {
  const std::string words = "排水沟的清淤记录\n";
  for (const auto& [bytes, type] : {std::pair(words, "text/plain; charset=utf-8"),
                                    std::pair(std::string("%PDF-1.4\n"), "application/pdf"),
                                    std::pair(std::string("#!AMR\n\x3C\x01"), "audio/amr")}) {
    const auto taken = attachments_.take(small(as_bytes(bytes)));
    ASSERT_TRUE(taken) << type;
    EXPECT_EQ(taken->media_type, type);
    EXPECT_EQ(to_text(taken->bytes), bytes);
  }
}

TEST_F(AttachmentTest, WhatHidesBehindAPhotosNameIsRefused) {
  EXPECT_EQ(fault_of(small(as_bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"))),
            "attachments.kind_not_taken at file");
  EXPECT_EQ(fault_of(small(as_bytes("<html><script>alert(1)</script>"))),
            "attachments.kind_not_taken at file");
  EXPECT_EQ(fault_of(small(as_bytes(std::string_view("GIF89a\x01\0\x01\0", 10)))),
            "attachments.kind_not_taken at file");
}

TEST_F(AttachmentTest, BrokenAndHugePhotosAreRefusedEachWithItsOwnSentence) {
  Bytes cut = photos::photo(800, 600);
  cut.resize(cut.size() / 2);
  EXPECT_EQ(fault_of(small(cut)), "attachments.broken_image at file");
  EXPECT_EQ(fault_of(small(photos::png_header_bomb())), "attachments.too_many_pixels at file");
}

TEST_F(AttachmentTest, TwentyMebibytesAreTakenAndOneByteMoreIsNot) {
  Bytes sound = to_bytes("RIFF1234WAVEfmt ");
  sound.resize(largest_file);
  EXPECT_EQ(fault_of(spooled(sound)), "taken");
  sound.push_back(0);
  EXPECT_EQ(fault_of(spooled(sound)), "attachments.too_large at file");
  sound.resize(std::size_t{21} << 20U);
  EXPECT_EQ(fault_of(spooled(sound)), "attachments.too_large at file");
}

TEST_F(AttachmentTest, NothingChosenIsForTheCallerToPassOver) {
  EXPECT_TRUE(nothing_chosen(small({})));
  EXPECT_EQ(fault_of(small({})), "attachments.empty at file");
}

TEST_F(AttachmentTest, ASpooledFileThatIsGoneOrShorterIsOurFault) {
  http::Part lost = spooled(as_bytes("words"));
  std::filesystem::remove(lost.spooled);
  EXPECT_EQ(fault_of(lost), "attachments.not_read at file");
  http::Part shorter = spooled(as_bytes("words"));
  shorter.size = 9;
  EXPECT_EQ(fault_of(shorter), "attachments.not_read at file");
}

std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(Serving, APhotoIsShownAndEverythingElseIsOfferedForSaving) {
  EXPECT_EQ(header(serve("image/jpeg", {0xFF}), "Content-Disposition"),
            "inline; filename=\"attachment.jpg\"");
  EXPECT_EQ(header(serve("application/pdf", {}), "Content-Disposition"),
            "attachment; filename=\"attachment.pdf\"");
  EXPECT_EQ(header(serve("audio/mpeg", {}), "Content-Disposition"),
            "attachment; filename=\"attachment.mp3\"");
}

TEST(Serving, NoTypeThatABrowserWouldRunIsEverSent) {
  for (const std::string_view type :
       {"text/html", "image/svg+xml", "text/html\r\nX-Injected: 1", "application/pdf", "image/jpeg",
        "text/plain; charset=utf-8"}) {
    const http::Response response = serve(type, to_bytes("<script>alert(1)</script>"));
    if (!kind_of_type(type)) {
      EXPECT_EQ(header(response, "Content-Type"), "application/octet-stream") << type;
      EXPECT_EQ(header(response, "Content-Disposition"), "attachment; filename=\"attachment.bin\"");
    }
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Content-Security-Policy"),
              "sandbox; default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  }
}

}  // namespace
}  // namespace minhu::attachments

// The test is the child as well, as the server's program is.
int main(int argc, char** argv) {
  if (argc > 1 && argv[1] == minhu::images_vips::images_child_verb) {
    return minhu::images_vips::run_images_child(argc, argv);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
