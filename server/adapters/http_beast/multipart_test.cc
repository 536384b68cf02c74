#include "adapters/http_beast/multipart.h"

#include <gtest/gtest.h>

#include <vector>

#include "adapters/http_beast/body_reader.h"
#include "adapters/http_beast/server_for_tests.h"

namespace minhu::http_beast {
namespace {

struct Collected : PartSink {
  struct Seen {
    PartHead head;
    std::string data;
    bool ended = false;
  };
  std::vector<Seen> parts;

  Outcome begin(PartHead head) override {
    parts.push_back({std::move(head), {}, false});
    return {};
  }
  Outcome data(std::string_view bytes) override {
    parts.back().data.append(bytes);
    return {};
  }
  Outcome end() override {
    parts.back().ended = true;
    return {};
  }
};

// The key of the fault, or "" — and what was read, in pieces of that size.
std::string read(std::string_view body, std::size_t piece, Collected& sink,
                 std::string_view boundary = "XX") {
  MultipartReader reader(boundary, 1000, sink);
  for (std::size_t i = 0; i < body.size(); i += piece) {
    const Outcome fed = reader.feed(body.substr(i, piece));
    if (!fed) return fed.error().key;
  }
  const Outcome finished = reader.finish();
  return finished ? "" : finished.error().key;
}

std::string fault_of(std::string_view body) {
  Collected at_once;
  Collected in_bytes;
  const std::string key = read(body, body.size() + 1, at_once);
  EXPECT_EQ(key, read(body, 1, in_bytes)) << body;
  return key;
}

constexpr std::string_view two_parts =
    "preamble\r\n--XX\r\n"
    "Content-Disposition: form-data; name=\"words\"\r\n\r\n"
    "路灯不亮\r\n--X\r\n--Xx\r\r\n\r\n--XX  \r\n"
    "content-disposition: form-data; name=photo; filename=\"a b.jpg\"\r\n"
    "Content-Type: image/jpeg\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    "\r\n\xFF\xD8\r\n--XX--\r\nepilogue --XX\r\n";

TEST(Multipart, GivesTheSamePartsHoweverTheBodyIsSplit) {
  for (std::size_t piece = 1; piece <= two_parts.size(); ++piece) {
    Collected sink;
    ASSERT_EQ(read(two_parts, piece, sink), "") << piece;
    ASSERT_EQ(sink.parts.size(), 2U);
    EXPECT_EQ(sink.parts[0].head.name, "words");
    EXPECT_FALSE(sink.parts[0].head.file_name);
    EXPECT_EQ(sink.parts[0].data, "路灯不亮\r\n--X\r\n--Xx\r\r\n");
    EXPECT_EQ(sink.parts[1].head.file_name, "a b.jpg");
    EXPECT_EQ(sink.parts[1].head.content_type, "image/jpeg");
    EXPECT_EQ(sink.parts[1].data, "\r\n\xFF\xD8");
    EXPECT_TRUE(sink.parts[1].ended);
  }
}

TEST(Multipart, TakesEmptyPartsWithAndWithoutTheirLineEnd) {
  for (const std::string_view body :
       {"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n--XX--"}) {
    for (std::size_t piece = 1; piece <= body.size(); ++piece) {
      Collected sink;
      ASSERT_EQ(read(body, piece, sink), "") << piece;
      ASSERT_EQ(sink.parts.size(), 1U);
      EXPECT_EQ(sink.parts[0].data, "");
      EXPECT_TRUE(sink.parts[0].ended);
    }
  }
}

TEST(Multipart, TakesAFormWithoutParts) {
  EXPECT_EQ(fault_of("--XX--\r\n"), "");
}

TEST(Multipart, DecodesTheExtendedFileName) {
  Collected sink;
  ASSERT_EQ(
      read("--XX\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%E8%B7%AF.jpg\r\n\r\n"
           "x\r\n--XX--",
           1000, sink),
      "");
  EXPECT_EQ(sink.parts[0].head.file_name, "路.jpg");
}

TEST(Multipart, RefusesWhatIsNotAForm) {
  const std::string head = "--XX\r\nContent-Disposition: form-data; name=a\r\n";
  for (const std::string& body :
       {std::string(), std::string("nothing"), head, head + "\r\nx", head + "\r\nx\r\n--XX",
        head + "\r\nx\r\n--XXY\r\n\r\n", std::string("--XX\r\n\r\nx\r\n--XX--"),
        std::string("--XX\r\nContent-Type: a/b\r\n\r\nx\r\n--XX--"),
        std::string("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XX--"),
        std::string("--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--"),
        std::string("--XX\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--XX--"),
        head + "Content-Disposition: form-data; name=b\r\n\r\nx\r\n--XX--",
        head + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--XX--",
        head + "no colon\r\n\r\nx\r\n--XX--", head + "a\nb: c\r\n\r\nx\r\n--XX--"}) {
    EXPECT_EQ(fault_of(body), "http.bad_form") << body;
  }
  EXPECT_EQ(fault_of("--XX\r\nContent-Disposition: form-data; name=\xC4\xE3\r\n\r\nx\r\n--XX--"),
            "http.not_utf8");
  EXPECT_EQ(fault_of(head + "X: " + std::string(2000, 'x')), "http.part_headers_too_large");
}

TEST(Multipart, TakesHeadersOfExactlyItsLimitHoweverTheyAreSplit) {
  const std::string head = "Content-Disposition: form-data; name=a\r\nX: ";
  const std::string fits = head + std::string(1000 - head.size(), 'x');
  EXPECT_EQ(fault_of("--XX\r\n" + fits + "\r\n\r\ny\r\n--XX--"), "");
  EXPECT_EQ(fault_of("--XX\r\n" + fits + "x\r\n\r\ny\r\n--XX--"), "http.part_headers_too_large");
}

TEST(Multipart, KnowsWhichBoundariesAreAllowed) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=----WebKit1"), "----WebKit1");
  EXPECT_EQ(boundary_of("Multipart/Form-Data; Boundary=\"a b'()+_,-./:=?\""), "a b'()+_,-./:=?");
  for (const std::string& bad :
       {std::string("multipart/form-data"), std::string("multipart/form-data; boundary="),
        std::string("multipart/form-data; boundary=\"a \""),
        std::string("multipart/form-data; boundary=\"a\\\"\""),
        "multipart/form-data; boundary=" + std::string(71, 'a'),
        std::string("multipart/mixed; boundary=a"), std::string("text/plain; boundary=a")}) {
    EXPECT_FALSE(boundary_of(bad)) << bad;
  }
}

class FormBody : public ::testing::Test {
 protected:
  BodyPlan plan() { return {BodyKind::multipart, 10'000'000, std::nullopt, "XX"}; }

  TemporaryFolder folder_;
  Limits limits_;
  Spool spool_{folder_.path(), 1'000'000};
};

std::string file_part(std::size_t size) {
  return "--XX\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" +
         std::string(size, 'f') + "\r\n--XX--";
}

TEST_F(FormBody, KeepsSmallFilesInMemoryAndSpoolsLargeOnesUntilTheyAreDone) {
  BodyReader reader(plan(), limits_, spool_);
  ASSERT_TRUE(
      reader.take("--XX\r\nContent-Disposition: form-data; name=s; filename=s\r\n\r\nsmall\r\n" +
                  file_part(200'000)));
  EXPECT_GE(reader.unwritten(), 200'000U);
  ASSERT_TRUE(reader.write_out());
  EXPECT_EQ(reader.unwritten(), 0U);
  http::Request request;
  {
    const auto files = reader.finish(request);
    ASSERT_TRUE(files);
    ASSERT_EQ(request.parts.size(), 2U);
    EXPECT_EQ(request.parts[0].value, "small");
    EXPECT_TRUE(request.parts[0].spooled.empty());
    EXPECT_EQ(request.parts[1].size, 200'000U);
    EXPECT_EQ(std::filesystem::file_size(request.parts[1].spooled), 200'000U);
    const auto permissions = std::filesystem::status(request.parts[1].spooled).permissions();
    EXPECT_EQ(permissions,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  EXPECT_EQ(folder_.files(), 0U);
  EXPECT_EQ(spool_.held_bytes(), 0U);
}

TEST_F(FormBody, WritesNothingToTheDiskWhereThatIsNotWanted) {
  BodyPlan secret = plan();
  secret.may_spool = false;
  BodyReader reader(secret, limits_, spool_);
  ASSERT_TRUE(reader.take(file_part(200'000)));
  EXPECT_EQ(reader.unwritten(), 0U);
  EXPECT_GE(reader.held(), 200'000U);
  http::Request request;
  const auto files = reader.finish(request);
  ASSERT_TRUE(files);
  EXPECT_TRUE(files->empty());
  EXPECT_EQ(request.parts.at(0).value, std::string(200'000, 'f'));
  EXPECT_EQ(folder_.files(), 0U);
}

TEST_F(FormBody, RemovesItsFilesWhenTheRequestIsGivenUp) {
  {
    BodyReader reader(plan(), limits_, spool_);
    ASSERT_TRUE(reader.take(file_part(200'000)));
    ASSERT_TRUE(reader.write_out());
    EXPECT_EQ(folder_.files(), 1U);
  }
  EXPECT_EQ(folder_.files(), 0U);
}

TEST_F(FormBody, RefusesAFullSpoolAndGivesTheRoomBack) {
  BodyReader reader(plan(), limits_, spool_);
  ASSERT_TRUE(reader.take(file_part(1'200'000)));
  EXPECT_EQ(reader.write_out().error().key, "http.spool_busy");
  EXPECT_EQ(spool_.held_bytes(), 0U);
}

TEST_F(FormBody, RefusesAFieldTooLongForMemoryInsteadOfLosingIt) {
  BodyReader reader(plan(), limits_, spool_);
  const Outcome taken = reader.take("--XX\r\nContent-Disposition: form-data; name=f\r\n\r\n" +
                                    std::string(70'000, 'f') + "\r\n--XX--");
  EXPECT_EQ(taken.error().key, "http.field_too_long");
}

TEST_F(FormBody, RefusesFieldsInForeignEncodingsButNotFiles) {
  const std::string field =
      "--XX\r\nContent-Disposition: form-data; name=f\r\n\r\n\xC4\xE3\r\n--XX--";
  BodyReader reader(plan(), limits_, spool_);
  EXPECT_EQ(reader.take(field).error().key, "http.not_utf8");
}

TEST_F(FormBody, RefusesANulInAFieldButNotInAFile) {
  const std::string_view nul("a\0b\r\n--XX--", 11);
  BodyReader of_a_field(plan(), limits_, spool_);
  EXPECT_EQ(
      of_a_field.take("--XX\r\nContent-Disposition: form-data; name=f\r\n\r\n" + std::string(nul))
          .error()
          .key,
      "kernel.control_character");
  BodyReader of_a_file(plan(), limits_, spool_);
  EXPECT_TRUE(of_a_file.take("--XX\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n" +
                             std::string(nul)));
}

TEST_F(FormBody, RefusesMoreThanItsLimit) {
  BodyPlan small = plan();
  small.limit = 100;
  BodyReader reader(small, limits_, spool_);
  EXPECT_EQ(reader.take(file_part(200)).error().key, "http.body_too_large");
}

TEST(Spool, RemovesWhatAnEarlierRunLeftAndNothingElse) {
  TemporaryFolder folder;
  for (const char* name : {"upload-1-1", "upload-99-7", "notes.txt"}) {
    FILE* file = std::fopen((folder.path() / name).c_str(), "w");
    ASSERT_NE(file, nullptr);
    std::fclose(file);
  }
  const Spool spool(folder.path(), 1000);
  EXPECT_EQ(folder.files(), 1U);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "notes.txt"));
}

}  // namespace
}  // namespace minhu::http_beast
