#include "adapters/images_vips/vips_images.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "adapters/images_vips/images_child.h"
#include "adapters/images_vips/test_photos.h"

namespace minhu::images_vips {
namespace {

using namespace test;

class PhotoTest : public ::testing::Test {
 protected:
  PhotoTest() { start_vips(); }

  std::string fault_of(BytesView photo, Options options = patient()) {
    VipsImages limited(std::move(options));
    const auto result = limited.presentable(photo);
    return result ? "taken" : result.error().key;
  }

  // Tests share their machine with others: the clock on the wall is no measure here.
  static Options patient() {
    Options options;
    options.longest_run = std::chrono::minutes(2);
    return options;
  }

  VipsImages images_{patient()};
};

TEST_F(PhotoTest, NothingButThePictureIsLeft) {
  const Bytes before = photo(4000, 3000);
  ASSERT_TRUE(contains(before, canary)) << "the test photo must carry what is to be removed";
  ASSERT_TRUE(contains(before, "Exif"));
  const auto after = images_.presentable(before);
  ASSERT_TRUE(after) << after.error().key;
  for (const std::string_view trace : {canary, std::string_view("Exif"), std::string_view("xmp"),
                                       std::string_view("ICC_PROFILE"), std::string_view("GPS")}) {
    EXPECT_FALSE(contains(*after, trace)) << trace;
  }
  for (const int marker : jpeg_segments(*after)) {
    EXPECT_FALSE((marker >= 0xE1 && marker <= 0xEF) || marker == 0xFE) << marker;
  }
}

TEST_F(PhotoTest, TheLongestSideIs1600AndASmallerPhotoKeepsItsSize) {
  const auto large = images_.presentable(photo(4000, 3000));
  const auto small = images_.presentable(photo(320, 200));
  ASSERT_TRUE(large && small);
  EXPECT_EQ(vips_image_get_width(decoded(*large).get()), 1600);
  EXPECT_EQ(vips_image_get_height(decoded(*large).get()), 1200);
  EXPECT_EQ(vips_image_get_width(decoded(*small).get()), 320);
}

TEST_F(PhotoTest, APhotoTakenSidewaysStandsUpright) {
  // 6: the camera was turned, so the left of the stored picture is its top.
  const auto upright = images_.presentable(photo(400, 200, 6));
  ASSERT_TRUE(upright);
  const Picture picture = decoded(*upright);
  EXPECT_EQ(vips_image_get_width(picture.get()), 200);
  EXPECT_EQ(vips_image_get_height(picture.get()), 400);
  EXPECT_GT(colour_at(picture.get(), 100, 20)[0], 200);
  EXPECT_GT(colour_at(picture.get(), 100, 380)[2], 200);
}

TEST_F(PhotoTest, PngWebpAndHeicBecomeJpeg) {
  const Picture picture = red_and_blue(600, 400);
  const Bytes heic = as_heic(picture.get());
  std::vector<Bytes> photos{as_png(picture.get()), as_webp(picture.get())};
  if (!heic.empty()) photos.push_back(heic);
  for (const Bytes& before : photos) {
    const auto after = images_.presentable(before);
    ASSERT_TRUE(after) << after.error().key;
    EXPECT_EQ((*after)[0], 0xFF);
    EXPECT_EQ((*after)[1], 0xD8);
    EXPECT_GT(colour_at(decoded(*after).get(), 50, 50)[0], 200);
  }
  if (heic.empty()) GTEST_SKIP() << "this libheif writes no HEVC: HEIC was not tried";
}

TEST_F(PhotoTest, BlackAndWhiteSixteenBitsAndCmykBecomeWhatBrowsersShow) {
  const Picture grey = noise(300, 200);
  VipsImage* deep = nullptr;
  VipsImage* ink = nullptr;
  ASSERT_EQ(
      vips_colourspace(red_and_blue(300, 200).get(), &deep, VIPS_INTERPRETATION_RGB16, nullptr), 0);
  ASSERT_EQ(vips_icc_export(red_and_blue(300, 200).get(), &ink, "output_profile", "cmyk", nullptr),
            0)
      << vips_error_buffer();
  for (const Bytes& before : {as_jpeg(grey.get()), as_png(deep), as_jpeg(ink)}) {
    const auto after = images_.presentable(before);
    ASSERT_TRUE(after) << after.error().key;
    EXPECT_EQ(vips_image_get_bands(decoded(*after).get()), 3);
  }
  g_object_unref(deep);
  g_object_unref(ink);
}

TEST_F(PhotoTest, WhatIsTransparentStandsOnWhite) {
  VipsImage* clear = nullptr;
  ASSERT_EQ(vips_black(&clear, 100, 100, "bands", 4, nullptr), 0);
  VipsImage* named = nullptr;
  ASSERT_EQ(vips_copy(clear, &named, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr), 0);
  const auto after = images_.presentable(as_png(named));
  g_object_unref(clear);
  g_object_unref(named);
  ASSERT_TRUE(after) << after.error().key;
  EXPECT_GT(colour_at(decoded(*after).get(), 50, 50)[1], 250);
}

TEST_F(PhotoTest, WhatIsHiddenBehindAPhotoIsGone) {
  for (const std::string_view tail :
       {"<html><script>alert(1)</script></html>", "PK\x03\x04 an archive with a program"}) {
    Bytes polyglot = photo(640, 480);
    polyglot.insert(polyglot.end(), tail.begin(), tail.end());
    const auto after = images_.presentable(polyglot);
    ASSERT_TRUE(after) << after.error().key;
    EXPECT_FALSE(contains(*after, tail));
  }
}

TEST_F(PhotoTest, ABrokenPhotoIsRefused) {
  Bytes cut = photo(2000, 1500);
  cut.resize(cut.size() / 2);
  EXPECT_EQ(fault_of(cut), "attachments.broken_image");
  EXPECT_EQ(fault_of(Bytes{0xFF, 0xD8, 0xFF, 0xE0}), "attachments.broken_image");
  Bytes png = as_png(red_and_blue(200, 200).get());
  png.resize(png.size() - 40);
  EXPECT_EQ(fault_of(png), "attachments.broken_image");
}

TEST_F(PhotoTest, WhatIsNoPhotoReachesNoDecoder) {
  const std::string svg =
      "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" "
      "height=\"10\"><script>alert(1)</script></svg>";
  for (const std::string& other :
       {svg, std::string("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"),
        std::string("GIF89a\x01\0\x01\0\0\0\0;", 14), std::string("II*\0\x08\0\0\0", 8),
        std::string("P6 1 1 255 abc"), std::string("words"), std::string()}) {
    EXPECT_EQ(fault_of(to_bytes(other)), "attachments.kind_not_taken") << other;
  }
}

TEST_F(PhotoTest, AHundredBytesThatClaimABillionPixelsAreRefusedAtOnce) {
  const auto refused = images_.presentable(png_header_bomb());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "attachments.too_many_pixels");
  EXPECT_EQ(refused.error().details.at("most_million"), "40");
}

TEST_F(PhotoTest, TheLargestPhotoAllowedFitsIntoTheLimits) {
  // Interlaced: the decoder must hold the whole picture.
  const auto png = images_.presentable(as_png(red_and_blue(8000, 5000).get(), true));
  EXPECT_TRUE(png) << png.error().key;
  const auto jpeg = images_.presentable(photo(8000, 5000));
  EXPECT_TRUE(jpeg) << jpeg.error().key;
}

TEST_F(PhotoTest, AChildThatIsKilledByALimitGivesAFaultAndTheParentGoesOn) {
  Options no_time;
  no_time.longest_run = std::chrono::milliseconds(1);
  EXPECT_EQ(fault_of(photo(4000, 3000), no_time), "attachments.busy");
  Options no_room = patient();
  no_room.limits.file_bytes = 1024;
  EXPECT_EQ(fault_of(as_jpeg(noise(1200, 900).get()), no_room), "attachments.image_too_demanding");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  Options no_memory = patient();
  no_memory.limits.memory_bytes = std::uint64_t{220} << 20U;
  EXPECT_EQ(fault_of(as_png(red_and_blue(8000, 5000).get(), true), no_memory),
            "attachments.image_too_demanding");
#endif
  EXPECT_TRUE(images_.presentable(photo(640, 480)));
}

TEST_F(PhotoTest, AProgramThatIsNotThereIsOurFaultNotThePhotos) {
  Options nobody;
  nobody.program = "/nonexistent/minhu";
  EXPECT_EQ(fault_of(photo(64, 64), nobody), "attachments.busy");
}

TEST_F(PhotoTest, MoreThanTheQueueHoldsAreToldThatWeAreBusyAndNoChildIsLeft) {
  Options few = patient();
  few.most_children = 1;
  few.most_waiting = 1;
  VipsImages images(few);
  const Bytes before = photo(4000, 3000);
  std::atomic<int> taken{0};
  std::atomic<int> busy{0};
  std::vector<std::thread> people;
  for (int i = 0; i < 8; ++i) {
    people.emplace_back([&] {
      const auto after = images.presentable(before);
      if (after) ++taken;
      if (!after && after.error().key == "attachments.busy") ++busy;
    });
  }
  for (auto& person : people) person.join();
  EXPECT_GE(taken.load(), 1);
  EXPECT_EQ(taken + busy, 8);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

std::int64_t resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
  }
  return 0;
}

std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

TEST_F(PhotoTest, TheParentKeepsNeitherMemoryNorDescriptors) {
  const Bytes good = photo(3000, 2000);
  const Bytes bomb = png_header_bomb();
  const auto both = [&] {
    EXPECT_TRUE(images_.presentable(good));
    EXPECT_FALSE(images_.presentable(bomb));
  };
  both();
  const auto memory = resident_kib();
  const auto descriptors = open_descriptors();
  for (int round = 0; round < 10; ++round) both();
  EXPECT_LT(resident_kib() - memory, 4096);
  EXPECT_EQ(open_descriptors(), descriptors);
}

TEST(Confinement, LeavesMemoryThreadsAndOpenFilesAndNothingElse) {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const int status = std::system(("\"" + self + "\" confinement-probe").c_str());
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << "the number of the first step that was not refused";
}

// Runs confined. 0 when everything that must fail failed, otherwise what did not.
int probe_confinement() {
  if (!limit_resources({}) || !forbid_system_calls()) return 100;
  const auto refused = [](long result) { return result == -1 && errno == EPERM; };
  int step = 0;
  const auto check = [&](bool holds) {
    ++step;
    if (!holds) _exit(step);
  };
  check(refused(::open("/etc/hostname", 0)));
  check(refused(::socket(AF_INET, SOCK_STREAM, 0)));
  check(refused(::fork()));
  check(refused(::execl("/bin/true", "true", nullptr)));
  check(::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
            MAP_FAILED &&
        errno == EPERM);
  check(refused(::unlink("/tmp/minhu-nobody")));
  check(refused(::kill(::getppid(), 0)));
  const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
  check(refused(::setrlimit(RLIMIT_FSIZE, &none)));
  check(refused(::memfd_create("minhu", 0)));
  // And what decoding needs still works.
  // (pthreads: UBSan's look at a std::thread asks the kernel for a pipe, which is refused.)
  bool ran = false;
  pthread_t thread{};
  const auto run = [](void* flag) -> void* {
    *static_cast<bool*>(flag) = true;
    return nullptr;
  };
  check(::pthread_create(&thread, nullptr, run, &ran) == 0);
  check(::pthread_join(thread, nullptr) == 0 && ran);
  check(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
        MAP_FAILED);
  _exit(0);
}

}  // namespace
}  // namespace minhu::images_vips

// The test writes HEIC photos through libx265, which never gives some of its memory back.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libx265";
}

// The same program is the child, as the server's is.
int main(int argc, char** argv) {
  if (argc > 1 && argv[1] == minhu::images_vips::images_child_verb) {
    return minhu::images_vips::run_images_child(argc, argv);
  }
  if (argc > 1 && std::string_view(argv[1]) == "confinement-probe") {
    return minhu::images_vips::probe_confinement();
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
