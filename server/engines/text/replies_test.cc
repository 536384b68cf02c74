#include "engines/text/replies.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace minhu::text {
namespace {

const ReplyWords& words() {
  static const Result<ReplyWords> built_in = ReplyWords::built_in();
  return *built_in;
}

Read reading(std::string_view title, std::string_view detail) {
  static const Lexicon lexicon;
  return text::read(lexicon, title, detail).value_or(Read{});
}

Read lamps() {
  return reading("桥头的路灯坏了", "桥头三盏路灯坏了两个月，晚上看不见路。");
}

std::vector<ReplyHint> hints(std::string_view reply, const Read& petition = lamps()) {
  return check_reply(words(), petition, reading("", reply));
}

const ReplyHint* find(const std::vector<ReplyHint>& hints, ReplySignal signal) {
  const auto one = std::find_if(hints.begin(), hints.end(),
                                [&](const ReplyHint& hint) { return hint.signal == signal; });
  return one == hints.end() ? nullptr : &*one;
}

bool has(std::string_view reply, ReplySignal signal) {
  return find(hints(reply), signal) != nullptr;
}

TEST(Replies, FindsAnswersThatSayNothing) {
  for (const std::string_view reply :
       {"", "您好！您的来信收悉，谢谢！", "网友：您好！您反映的问题已转县交通局核实、办理。",
        "您好，您的问题我们高度重视，已责成相关部门尽快处理，感谢您的关注。",
        "您好，您反映的问题已转至城管局调查处理。2019年3月4日"}) {
    const auto found = hints(reply);
    ASSERT_EQ(found.size(), 1U) << reply;
    EXPECT_EQ(found[0].signal, ReplySignal::empty) << reply;
  }
}

TEST(Replies, AShortAnswerThatAnswersIsNotEmpty) {
  EXPECT_FALSE(has("您好，桥头的三盏路灯昨天已经修好。", ReplySignal::empty));
  EXPECT_FALSE(has("门诊不能报销。", ReplySignal::empty));
}

TEST(Replies, FindsAPromiseWithoutADay) {
  const std::string_view reply = "经查，路灯线路老化。下一步我们将更换桥头线路。电话8123456。";
  const auto found = hints(reply);
  const ReplyHint* promise = find(found, ReplySignal::undated_promise);
  ASSERT_NE(promise, nullptr);
  ASSERT_EQ(promise->where.size(), 1U);
  const Passage where = promise->where[0];
  EXPECT_EQ(reply.substr(where.begin, where.end - where.begin), "下一步我们将更换桥头线路");
  EXPECT_EQ(promise->sentence_key(), "replies.undated_promise");
  EXPECT_FALSE(
      has("经查，路灯线路老化。我们将在5月10日前更换桥头线路。", ReplySignal::undated_promise));
  EXPECT_FALSE(has("现将路灯的情况回复如下：经查，已经修好。", ReplySignal::undated_promise));
}

TEST(Replies, FindsARefusalWithoutARule) {
  EXPECT_TRUE(has("经研究，桥头暂不安装路灯。", ReplySignal::refusal_unfounded));
  EXPECT_FALSE(has("根据《县城照明规划》，桥头不属于安装路灯的范围，暂不安装路灯。",
                   ReplySignal::refusal_unfounded));
}

TEST(Replies, FindsAnAnswerWithNobodyToAsk) {
  EXPECT_TRUE(has("经查，桥头路灯已经修好。", ReplySignal::no_contact));
  EXPECT_FALSE(
      has("经查，桥头路灯已经修好。有事请拨打电话0571-8123456。", ReplySignal::no_contact));
}

TEST(Replies, FindsAnAnswerToSomethingElse) {
  EXPECT_TRUE(has("经查，养老金已经按规定发放，请携带身份证到窗口领取。", ReplySignal::off_matter));
  EXPECT_FALSE(has("经查，桥头路灯已经修好。", ReplySignal::off_matter));
}

TEST(Replies, FindsNothingToSayOfAGoodAnswer) {
  EXPECT_TRUE(hints("桥头三盏路灯的线路断了，我们3月5日换了新线，现在都亮了。再坏请打路灯所"
                    "电话0571-8123456。")
                  .empty());
}

constexpr std::string_view copied =
    "经查，该处线路老化，灯具进水短路，我局工作人员当天到场更换了全部灯具和电缆，并逐一试亮，"
    "同时检查了沿线的配电箱和接地，今后每个季度巡查一遍，发现坏的当天报修。";

TEST(RepliesGiven, FindsTheWordsOfAnAnswerToAnotherMatter) {
  RepliesGiven given(words());
  given.add("a", lamps(), reading("", copied));
  const Read other = reading("小学午餐太贵", "学校的午餐一份要二十元，家长负担不起。");
  const auto match = given.find(other, reading("", "您好！来信收悉。" + std::string(copied)), "b");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->id, "a");
  EXPECT_GE(match->share, RepliesGiven::same_share);
  EXPECT_FALSE(match->same_matter);
}

TEST(RepliesGiven, TheSameAnswerToTheSameMatterIsRight) {
  RepliesGiven given(words());
  given.add("a", lamps(), reading("", copied));
  const auto match = given.find(lamps(), reading("", copied), "b");
  ASSERT_TRUE(match);
  EXPECT_TRUE(match->same_matter);
}

TEST(RepliesGiven, CourtesiesAreNotCopiedWords) {
  RepliesGiven given(words());
  given.add("a", lamps(), reading("", "您好！来信收悉，已转相关部门处理，感谢您的关注！"));
  EXPECT_FALSE(
      given.find(lamps(), reading("", "您好！来信收悉，已转相关部门处理，感谢您的关注！"), "b"));
}

TEST(RepliesGiven, WhatIsRemovedIsGone) {
  RepliesGiven given(words());
  given.add("a", lamps(), reading("", copied));
  EXPECT_EQ(given.size(), 1U);
  given.remove("a");
  given.remove("never there");
  EXPECT_EQ(given.size(), 0U);
  EXPECT_FALSE(given.find(lamps(), reading("", copied), "b"));
  given.add("c", lamps(), reading("", copied));
  given.add("c", lamps(), reading("", copied));
  EXPECT_EQ(given.size(), 1U);
}

TEST(ReplyWords, RefusesAListThatIsNoList) {
  for (const std::string_view toml : {"", "formula = 3", "x = = ", "formula = [\"a\"]"}) {
    const auto words = ReplyWords::read(toml);
    ASSERT_FALSE(words) << toml;
    EXPECT_EQ(words.error().key, "text.bad_word_list");
  }
}

}  // namespace
}  // namespace minhu::text
