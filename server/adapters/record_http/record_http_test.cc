#include "adapters/record_http/record_http.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/record_files/record_files.h"

namespace minhu::record_http {
namespace {

namespace fs = std::filesystem;

class RecordHttp : public ::testing::Test {
 protected:
  RecordHttp() {
    std::string name = (fs::temp_directory_path() / "minhu-record-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    files_ = std::make_unique<record_files::FolderFiles>(folder_ / "record");
    EXPECT_TRUE(files_->put("checkpoint", as_bytes("a checkpoint\n")));
    EXPECT_TRUE(files_->put("tile/0/x001/234", as_bytes("hashes")));
    EXPECT_TRUE(files_->put("tile/entries/000.p/8", as_bytes("entries")));
    EXPECT_TRUE(files_->put("history/2026/11/25", as_bytes("notes\n")));
    std::ofstream(folder_ / "record.key") << "secret";
  }
  ~RecordHttp() override { fs::remove_all(folder_); }

  http::Response get(std::string_view pattern, std::vector<std::string> captures = {}) {
    for (const http::Route& route : routes(*files_, "log somebody\nquorum none\n")) {
      if (route.pattern != pattern) continue;
      http::Request request;
      request.captures = std::move(captures);
      return route.handle(request);
    }
    return {0, {}, {}, {}};
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  fs::path folder_;
  std::unique_ptr<record_files::FolderFiles> files_;
};

TEST_F(RecordHttp, what_never_changes_may_be_kept_and_what_grows_may_not) {
  const auto tile = get("/record/tile/*", {"0/x001/234"});
  EXPECT_EQ(tile.status, 200);
  EXPECT_EQ(tile.body, "hashes");
  EXPECT_EQ(header(tile, "Content-Type"), "application/octet-stream");
  EXPECT_NE(header(tile, "Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(get("/record/tile/*", {"entries/000.p/8"}).body, "entries");
  const auto checkpoint = get("/record/checkpoint");
  EXPECT_EQ(checkpoint.body, "a checkpoint\n");
  EXPECT_EQ(header(checkpoint, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(header(checkpoint, "Cache-Control"), "public, max-age=2");
  EXPECT_EQ(get("/record/history/{year}/{month}/{day}", {"2026", "11", "25"}).body, "notes\n");
  EXPECT_EQ(get("/record/policy").body, "log somebody\nquorum none\n");
}

TEST_F(RecordHttp, nothing_but_the_files_of_the_record_can_be_named) {
  for (const char* path :
       {"../record.key", "0/../../record.key", "0/x001/../x001/234", "0/x001/234.p/..",
        "entries/../../checkpoint", "0//x001/234", "0/x001/234/", "00/x001/234", ".new-000", "",
        "0/x001/.new-234", "/0/x001/234", "0/x001/234.p/0", "0/x001/234.p/256", "8/000"}) {
    EXPECT_EQ(get("/record/tile/*", {path}).status, 404) << path;
  }
  for (const std::vector<std::string>& day : std::vector<std::vector<std::string>>{
           {"2026", "11", "2"}, {"..", "..", "25"}, {"2026", "..", ".."}, {"2026", "11", "26"}}) {
    EXPECT_EQ(get("/record/history/{year}/{month}/{day}", day).status, 404);
  }
}

TEST_F(RecordHttp, the_folder_itself_gives_nothing_outside_it_either) {
  for (const char* path : {"../record.key", "/etc/passwd", ".new-checkpoint", "tile", "tile/0",
                           "checkpoint/", "", "/", ".", "..", "A"}) {
    EXPECT_EQ(files_->get(path).error().key, "record.no_file") << path;
    EXPECT_FALSE(files_->has(path)) << path;
  }
  EXPECT_EQ(files_->put("../outside", as_bytes("x")).error().key, "record.no_file");
  EXPECT_EQ(files_->append("../outside", as_bytes("x")).error().key, "record.no_file");
  files_->remove("../record.key");
  EXPECT_TRUE(fs::exists(folder_ / "record.key"));
  EXPECT_FALSE(fs::exists(folder_ / "outside"));
}

}  // namespace
}  // namespace minhu::record_http
