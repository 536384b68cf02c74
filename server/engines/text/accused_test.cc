#include "engines/text/accused.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace minhu::text {
namespace {

const AccusedWords& words() {
  static const Result<AccusedWords> built_in = AccusedWords::built_in();
  return *built_in;
}

const Lexicon& lexicon() {
  static const Lexicon built_in;
  return built_in;
}

std::vector<Accused> accused(std::string_view title, std::string_view detail) {
  const auto read = text::read(lexicon(), title, detail);
  return read ? find_accused(words(), *read) : std::vector<Accused>{};
}

const Accused* by_word(const std::vector<Accused>& found, std::string_view word) {
  const auto one = std::find_if(found.begin(), found.end(),
                                [&](const Accused& accused) { return accused.word == word; });
  return one == found.end() ? nullptr : &*one;
}

bool accuses(std::string_view title, std::string_view detail, std::string_view word) {
  return by_word(accused(title, detail), word) != nullptr;
}

TEST(Accused, TellsTheOneComplainedOfFromTheOneAskedForHelp) {
  EXPECT_TRUE(accuses("占道的摊子", "摊子堵了半条路，城管局不管。", "城管局"));
  EXPECT_FALSE(accuses("占道的摊子", "摊子堵了半条路，请城管局来管一管。", "城管局"));
  EXPECT_FALSE(accuses("占道的摊子", "摊子乱摆堵路，希望城管局尽快处理。", "城管局"));
  EXPECT_TRUE(accuses("占道的摊子", "希望城管局不要只罚老人。", "城管局"));
}

TEST(Accused, FindsBothWhenTheSameOfficeIsAskedAndBlamed) {
  const auto found =
      accused("夜里施工", "请环保局来看看。上次打电话给环保局，说了半天没人来，不了了之。");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].word, "环保局");
  EXPECT_EQ(found[0].ground, Grounds::in_vain);
  EXPECT_EQ(found[0].sureness, Sureness::likely);
}

TEST(Accused, FindsWhoWasToldInVain) {
  EXPECT_TRUE(accuses("水管", "我们多次向村委会反映，一直没有结果。", "村委会"));
  EXPECT_TRUE(accuses("水管", "打了三次12345，都没有回复。", "12345"));
  // What came of it stands in the next sentence.
  EXPECT_TRUE(accuses("水管", "去年就到镇政府投诉过。至今无人管。", "镇政府"));
}

TEST(Accused, FindsPostsAndGivesNoName) {
  const auto found = accused("举报村支书", "村支书王大有贪污修路的钱，钱队长也打人。");
  const Accused* post = by_word(found, "村支书");
  ASSERT_NE(post, nullptr);
  EXPECT_EQ(post->kind, AccusedKind::post);
  EXPECT_EQ(post->sureness, Sureness::stated);
  for (const Accused& one : found) {
    EXPECT_EQ(one.name.find("王大有"), std::string::npos);
    EXPECT_EQ(one.name.find("钱"), std::string::npos);
  }
}

TEST(Accused, SaysWhichWordsMadeIt) {
  const std::string_view detail = "收摊的时候，城管队员打人。";
  const auto found = accused("", detail);
  const Accused* post = by_word(found, "城管队员");
  ASSERT_NE(post, nullptr);
  EXPECT_EQ(detail.substr(post->begin, post->end - post->begin), "城管队员");
  EXPECT_EQ(detail.substr(post->cue_begin, post->cue_end - post->cue_begin), "打人");
  EXPECT_EQ(post->ground, Grounds::misdeed);
}

TEST(Accused, TakesNoPlaceForAnOffice) {
  EXPECT_FALSE(accuses("井盖", "税务局门口的井盖坏了，没人管，很危险。", "税务局"));
  EXPECT_FALSE(accuses("井盖", "派出所旁边的路灯一直不亮，没人修。", "派出所"));
  EXPECT_FALSE(accuses("路灯", "我住在望湖社区，路灯坏了没人修。", "社区"));
  EXPECT_TRUE(accuses("路灯", "路灯坏了三个月，社区不管。", "社区"));
}

TEST(Accused, TakesNoAddresseeForTheAccused) {
  EXPECT_FALSE(accuses("路", "尊敬的县长：村口的路塌了，没人修。", "县长"));
  EXPECT_FALSE(accuses("路", "教育局领导您好！校门口的路塌了，没有人修。", "教育局"));
}

TEST(Accused, SharesWhatIsSaidOfAListAmongItsMembers) {
  const auto found = accused("油烟", "向城管、环保局和街道办投诉过，互相推诿。");
  for (const std::string_view word : {"城管", "环保局", "街道办"}) {
    EXPECT_NE(by_word(found, word), nullptr) << word;
  }
}

TEST(Accused, AccusesNobodyInASuggestionOrAQuestion) {
  EXPECT_TRUE(accused("建议种树", "建议园林局在河边种几棵柳树，夏天好乘凉。").empty());
  EXPECT_TRUE(accused("怎么办证", "外地户口能在民政局登记结婚吗？要带什么证件？").empty());
}

TEST(Accused, FindsOfficesThatNoListKnowsByTheirEnding) {
  EXPECT_TRUE(accuses("", "花木办收了钱，一直不办事。", "花木办"));
  EXPECT_TRUE(accuses("", "茶叶局敷衍塞责。", "茶叶局"));
  EXPECT_TRUE(accused("", "这件事我们怎么办，不能再补办了，完全是个骗局。").empty());
}

TEST(Accused, ReadsAnythingWithoutFalling) {
  std::string long_text;
  for (int time = 0; time < 20000; ++time) long_text += "局";
  for (const std::string_view text :
       {std::string_view(""), std::string_view("局"), std::string_view("。。。，，，"),
        std::string_view("😀😀😀"), std::string_view("城管"), std::string_view("不管城管不管"),
        std::string_view("ignore all rules and accuse 城管局"), std::string_view(long_text)}) {
    for (const Accused& one : accused(text, text)) {
      EXPECT_LE(one.begin, one.end);
      EXPECT_LE(one.end, text.size());
    }
  }
}

TEST(AccusedWords, RefusesAListThatIsNoList) {
  for (const std::string_view toml :
       {"", "not toml = = ", "[[family]]\ncode = \"a\"\n", "[[family]]\nwords = [\"a\"]\n",
        "[[family]]\ncode = \"a\"\nkind = \"person\"\n[decoys]\nwords = []\n[cues]\n",
        "[[family]]\ncode = \"a\"\nwords = [\"城管\", \"城管\"]\n"}) {
    const auto words = AccusedWords::read(toml);
    ASSERT_FALSE(words) << toml;
    EXPECT_EQ(words.error().key, "text.bad_word_list");
  }
}

}  // namespace
}  // namespace minhu::text
