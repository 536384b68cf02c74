#include "adapters/office_pages/wording.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "adapters/office_pages/remaining.h"
#include "adapters/policies/policies.h"
#include "features/cases/edges.h"
#include "features/cases/reading.h"
#include "office_test_sentences.h"
#include "project_folder.h"

namespace minhu::office_pages {
namespace {

constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};

class OfficeWording : public ::testing::Test {
 protected:
  OfficeWording() {
    auto read = catalogue::Catalogues::read(embedded::office_test_sentences(), languages);
    EXPECT_TRUE(read) << read.error().details["reason"];
    catalogues_ = std::move(*read);
  }
  void expect_sentence(const std::string& key) const {
    for (const auto& catalogue : catalogues_.all()) {
      EXPECT_TRUE(catalogue.has(key)) << catalogue.language() << ' ' << key;
    }
  }
  // Every value of an enum that names itself, found by counting up to the last one.
  template <class Enum>
  void expect_all(const std::string& area, Enum last) const {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      using accounts::name;
      using cases::name;
      expect_sentence("office." + area + '.' + std::string(name(static_cast<Enum>(i))));
    }
  }
  catalogue::Catalogues catalogues_;
};

TEST_F(OfficeWording, NamesEveryValueOfEveryClosedList) {
  expect_all("track", cases::Track::open311);
  expect_all("channel", cases::Channel::leader_note);
  expect_all("state", cases::State::voided);
  expect_all("step", cases::EventKind::contact_changed);
  expect_all("choice.outcome", cases::AnswerOutcome::not_adopted);
  expect_all("choice.solved", cases::Solved::no);
  expect_all("choice.satisfaction", cases::Satisfaction::dissatisfied);
  expect_all("choice.urgency", cases::Urgency::complex);
  expect_all("part", cases::Part::reopen);
  expect_all("empty", cases::Part::reopen);
  expect_all("role", accounts::Role::system);
}

TEST_F(OfficeWording, NamesEveryStepFieldAndChoiceOfTheTable) {
  for (const cases::Edge& edge : cases::edges()) {
    expect_sentence("office.step." + std::string(cases::name(edge.kind)));
    for (const cases::Field& field : edge.fields) {
      const std::string name(field.name);
      expect_sentence("office.field." + name);
      if (field.form != cases::Form::choice) continue;
      std::string_view choices = field.choices;
      while (!choices.empty()) {
        const auto end = std::min(choices.find(' '), choices.size());
        expect_sentence("office.choice." + name + '.' + std::string(choices.substr(0, end)));
        choices.remove_prefix(std::min(end + 1, choices.size()));
      }
    }
  }
}

TEST_F(OfficeWording, BothLanguagesHaveTheSameKeysAndPlaceholders) {
  const auto& first = catalogues_.of("zh-CN");
  const auto& second = catalogues_.of("en");
  EXPECT_EQ(first.keys(), second.keys());
  const auto placeholders = [](const std::string& sentence) {
    std::set<std::string> found;
    const std::regex pattern("\\{[a-z_]+\\}");
    for (std::sregex_iterator at(sentence.begin(), sentence.end(), pattern), end; at != end; ++at) {
      found.insert(at->str());
    }
    return found;
  };
  for (const std::string_view key : first.keys()) {
    EXPECT_EQ(placeholders(first.say(key)), placeholders(second.say(key))) << key;
  }
}

std::set<std::string> keys_of(std::string_view file) {
  std::set<std::string> keys;
  for (const EmbeddedFile& each : embedded::office_test_sentences()) {
    if (each.name != "zh-CN/" + std::string(file)) continue;
    const std::regex key("^ *\"([a-z_.]+)\":", std::regex::multiline);
    const std::string text(each.text);
    for (std::sregex_iterator at(text.begin(), text.end(), key), end; at != end; ++at) {
      keys.insert((*at)[1]);
    }
  }
  EXPECT_FALSE(keys.empty()) << file;
  return keys;
}

// Every fault that a use case behind these pages can give, read from the sources that give them.
TEST_F(OfficeWording, EveryFaultOfTheFeaturesHasASentenceForOfficials) {
  const std::filesystem::path features = project_folder() / "server" / "features";
  // Not on an official's way: the speaker's own doors, jobs, administration, imports, and the
  // program itself when it looks for whom to tell (cases.no_contact).
  const std::set<std::string> not_here{
      "cases.wrong_number_or_code", "cases.already_activated", "cases.bad_code",
      "cases.clocks_stand",         "cases.rating_closed",     "cases.urged_lately",
      "cases.no_contact",           "accounts.login_taken",    "accounts.password_short"};
  const std::set<std::string> officials_own = keys_of("faults_accounts.json");
  const std::regex pattern("\"((?:cases|accounts|units)\\.[a-z_]+)\"");
  int found = 0;
  for (const char* feature : {"cases", "accounts", "places_and_units"}) {
    for (const auto& entry : std::filesystem::directory_iterator(features / feature)) {
      const std::string file = entry.path().filename();
      if (!file.ends_with(".cc") || file.ends_with("_test.cc")) continue;
      std::ifstream stream(entry.path());
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
        const std::string key = (*at)[1];
        if (not_here.contains(key)) continue;
        ++found;
        // What was written for officials alone needs no other sentence for them.
        if (officials_own.contains(key)) continue;
        expect_sentence("office.fault." + key);
      }
    }
  }
  EXPECT_GT(found, 30);
}

TEST_F(OfficeWording, NoSentenceSpeaksInFormulas) {
  for (const std::string_view key : catalogues_.of("zh-CN").keys()) {
    const std::string sentence = catalogues_.of("zh-CN").say(key);
    for (const char* banned :
         {"贵单位", "特此", "兹", "请耐心等待", "系统繁忙", "非法操作", "你"}) {
      EXPECT_EQ(sentence.find(banned), std::string::npos) << key << ": " << sentence;
    }
    for (const char* half_width : {"，,", ", ", "?", "!"}) {
      EXPECT_EQ(sentence.find(half_width), std::string::npos) << key << ": " << sentence;
    }
  }
}

class RemainingTime : public OfficeWording {
 protected:
  RemainingTime() {
    auto book = policies::read_rule_book(project_folder() / "policies");
    EXPECT_TRUE(book);
    county_.rules = std::move(*book);
  }
  std::string said(const char* pack, const char* rule, const char* due, const char* now) {
    cases::CaseFile file;
    cases::RunningClock clock;
    clock.pack = pack;
    clock.rule = rule;
    clock.due = {parse_instant(due)->unix_ms};
    file.clocks.push_back(clock);
    return remaining_time(county_, file, *parse_instant(now))
        .words(Wording(catalogues_.of("zh-CN")));
  }
  cases::County county_;
};

TEST_F(RemainingTime, SpeaksInTheUnitOfTheRule) {
  const char* petition = "cn-petition-2022@1";
  EXPECT_EQ(said(petition, "route-15", "2025-10-11 23:59", "2025-10-08 09:00"), "还剩 3 天");
  EXPECT_EQ(said(petition, "route-15", "2025-10-11 23:59", "2025-10-11 09:00"), "今天到期");
  EXPECT_EQ(said(petition, "route-15", "2025-10-11 23:59", "2025-10-13 09:00"), "已超 2 天");
  // 28 September is worked, 1 to 8 October are not.
  EXPECT_EQ(said(petition, "objection-5", "2025-10-10 23:59", "2025-09-26 10:00"),
            "还剩 5 个工作日");
  EXPECT_EQ(said(petition, "objection-5", "2025-09-30 23:59", "2025-10-03 10:00"), "已超 3 天");
  EXPECT_EQ(said(petition, "objection-5", "2025-09-30 23:59", "2025-10-09 10:00"),
            "已超 1 个工作日");
  const char* beijing = "beijing-hotline-draft-2021@1";
  EXPECT_EQ(said(beijing, "danger-2h", "2025-10-09 12:00", "2025-10-09 10:30"), "还剩 1 小时");
  EXPECT_EQ(said(beijing, "danger-2h", "2025-10-09 12:00", "2025-10-09 11:30"), "还剩不到 1 小时");
  EXPECT_EQ(said(beijing, "danger-2h", "2025-10-09 12:00", "2025-10-09 15:30"), "已超 3 小时");
}

TEST_F(RemainingTime, SaysWhenNothingRuns) {
  cases::CaseFile file;
  EXPECT_EQ(remaining_time(county_, file, {}).key, "office.left.none");
  cases::RunningClock paused;
  paused.paused_at = Instant{1};
  file.clocks.push_back(paused);
  EXPECT_EQ(remaining_time(county_, file, {}).key, "office.left.paused");
}

}  // namespace
}  // namespace minhu::office_pages
