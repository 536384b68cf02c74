#include <gtest/gtest.h>

#include "kernel/bytes.h"
#include "kernel/civil_time.h"
#include "kernel/crypto.h"
#include "kernel/ids.h"
#include "kernel/utf8.h"

namespace minhu {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

TEST(CivilTime, ADayInChinaStartsEightHoursBeforeUtc) {
  const auto instant = parse_instant("2025-09-26 00:30:00");
  ASSERT_TRUE(instant);
  EXPECT_EQ(to_date(*instant), sys_days(2025y / 9 / 26));
  EXPECT_EQ(to_date(*instant, FixedZone{0min}), sys_days(2025y / 9 / 25));
  EXPECT_EQ(format_instant(*instant), "2025-09-26T00:30:00.000+08:00");
}

TEST(CivilTime, WritesEachPlaceOfADate) {
  EXPECT_EQ(format_date(sys_days(987y / 1 / 9)), "0987-01-09");
  EXPECT_EQ(format_date(sys_days(9999y / 12 / 31)), "9999-12-31");
  EXPECT_EQ(format_date(sys_days(12345y / 10 / 10)), "12345-10-10");
  EXPECT_EQ(format_date(sys_days(std::chrono::year(-5) / 2 / 3)), "-005-02-03");
  EXPECT_EQ(format_instant({1550106300007}, FixedZone{0min}), "2019-02-14T01:05:00.007+00:00");
  EXPECT_EQ(format_instant({1550106300250}, FixedZone{-570min}), "2019-02-13T15:35:00.250-09:30");
  EXPECT_EQ(format_instant({-1}, FixedZone{0min}), "1969-12-31T23:59:59.999+00:00");
}

TEST(CivilTime, ReadsTheFormsThatFilesUse) {
  EXPECT_EQ(*parse_instant("2019/2/14 9:05"), *parse_instant("2019-02-14T01:05:00Z"));
  EXPECT_EQ(*parse_instant("2019-02-14T09:05:00.250+08:00"), Instant{1550106300250});
  EXPECT_EQ(*parse_date("2020.2.29"), sys_days(2020y / 2 / 29));
}

TEST(CivilTime, RefusesDaysThatDoNotExist) {
  for (const auto* text : {"2019-02-29", "2019-13-01", "2019-1", "2019-01-01x", "", "2019-01/02"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  for (const auto* text :
       {"2019-02-14", "2019-02-14 24:00", "2019-02-14 10:61", "2019-02-14 9:5"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(CivilTime, RoundTripsBeforeTheEpoch) {
  const Instant before{-1};
  EXPECT_EQ(to_instant(to_civil(before)), before);
}

TEST(Utf8, RefusesOverlongFormsAndSurrogates) {
  EXPECT_TRUE(is_valid_utf8("厕所 toilet 🚻"));
  for (const auto* text : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE5\x8E", "\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

TEST(Utf8, CleaningKeepsWordsAndDropsBlanksAtTheEnds) {
  EXPECT_EQ(*clean_text("\uFEFF　 水管\r\n破了 \r"), "水管\n破了");
  EXPECT_EQ(clean_text(std::string_view("a\0b", 3)).error().key, "kernel.control_character");
  EXPECT_EQ(*clean_text(" \n　"), "");
}

TEST(Utf8, CountsCharactersNotBytes) {
  EXPECT_EQ(code_points("厕所a"), 3U);
  EXPECT_EQ(first_code_points("厕所a", 2), "厕所");
  EXPECT_EQ(first_code_points("厕所a", 9), "厕所a");
}

TEST(Bytes, PrintableFormsRoundTrip) {
  const Bytes bytes{0, 1, 254, 255, 7};
  EXPECT_EQ(*from_hex(to_hex(bytes)), bytes);
  EXPECT_EQ(*from_base64(to_base64(bytes)), bytes);
  EXPECT_EQ(*from_base64url(to_base64url(bytes)), bytes);
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_base64("a*=="));
}

TEST(Ids, AUuidCarriesItsTimeAndVersion) {
  const auto uuid =
      make_uuid_v7(Instant{0x0123456789AB}, {0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4, 5, 6});
  EXPECT_EQ(format_uuid(uuid), "01234567-89ab-7fff-bfff-010203040506");
  EXPECT_EQ(*parse_uuid(format_uuid(uuid)), uuid);
  EXPECT_FALSE(parse_uuid("01234567-89ab-7fff-bfff-01020304050"));
  EXPECT_FALSE(parse_uuid("01234567x89ab-7fff-bfff-010203040506"));
}

TEST(Crypto, HmacMatchesRfc4231Case6WithAKeyLongerThanABlock) {
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xAA),
                               as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Crypto, HmacMatchesRfc4231Case2) {
  EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Crypto, PartsOfAKeyedHashDoNotRunTogether) {
  const Key key{1};
  EXPECT_NE(keyed_hash(key, {as_bytes("ab"), as_bytes("c")}),
            keyed_hash(key, {as_bytes("a"), as_bytes("bc")}));
}

TEST(Crypto, ASealedValueOpensOnlyInItsPlace) {
  start_crypto();
  const Key key{7};
  const auto sealed = seal(key, as_bytes("words"), as_bytes("case 1"), {9});
  EXPECT_EQ(to_text(*open_sealed(key, sealed, as_bytes("case 1"))), "words");
  EXPECT_FALSE(open_sealed(key, sealed, as_bytes("case 2")));
  EXPECT_FALSE(open_sealed(Key{8}, sealed, as_bytes("case 1")));
  EXPECT_FALSE(open_sealed(key, BytesView(sealed).subspan(0, 20), as_bytes("case 1")));
}

TEST(Base64, BytesBeyondAsciiAreNoDigits) {
  EXPECT_FALSE(from_base64("2Gzks68kuE4wxnyVPxg7Bo+L33pzr3Aciv\342\200\200Y4EzJ8="));
  EXPECT_TRUE(from_base64("")->empty());
}

}  // namespace
}  // namespace minhu
