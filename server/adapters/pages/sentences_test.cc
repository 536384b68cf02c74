// What people read: the same in every language, with a sentence for every fault, and well written.
#include <regex>
#include <set>

#include "adapters/pages/test_browser.h"
#include "kernel/utf8.h"
#include "project_folder.h"

namespace minhu::pages {
namespace {

std::set<std::string> placeholders(const std::string& sentence) {
  std::set<std::string> found;
  static const std::regex placeholder(R"(\{([a-z_]+)\})");
  for (std::sregex_iterator it(sentence.begin(), sentence.end(), placeholder), end; it != end;
       ++it) {
    found.insert((*it)[1]);
  }
  return found;
}

TEST(Sentences, AreThereInEveryLanguageWithTheSamePlaceholders) {
  const SentenceFiles files;
  const auto all = files.read();
  const auto& chinese = all.of("zh-CN");
  const auto& english = all.of("en");
  ASSERT_GT(chinese.keys().size(), 400U);
  for (const auto key : chinese.keys()) {
    ASSERT_TRUE(english.has(key)) << key;
    EXPECT_EQ(placeholders(chinese.say(key)), placeholders(english.say(key))) << key;
  }
  for (const auto key : english.keys()) EXPECT_TRUE(chinese.has(key)) << key;
}

bool is_only_for_tests(std::string_view file) {
  return file.ends_with("_test.cc") || file.starts_with("test_") || file.ends_with("_for_tests.h");
}

TEST(Sentences, AreThereForEveryFaultThatTheServerNames) {
  const SentenceFiles files;
  const auto all = files.read();
  static const std::regex fault(
      R"re((?:fail\(\s*FaultCode::\w+,\s*|Fault\(\s*FaultCode::\w+,\s*|not_now\(\s*|at_fault\(\s*|bad\(\s*)"([a-z]+\.[a-z_0-9]+)")re");
  std::size_t found = 0;
  const auto server = project_folder() / "server";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(server)) {
    const auto path = entry.path();
    if (path.extension() != ".cc" && path.extension() != ".h") continue;
    if (is_only_for_tests(path.filename().string())) continue;
    const std::string text = read_whole(path);
    for (std::sregex_iterator it(text.begin(), text.end(), fault), end; it != end; ++it) {
      ++found;
      EXPECT_TRUE(all.of("zh-CN").has((*it)[1].str())) << (*it)[1] << " in " << path;
    }
  }
  EXPECT_GT(found, 60U);
}

// What stands between backticks is code, to be typed as it is: "`Authorization: Receipt
// 编号:查询码`". A backtick without a partner opens nothing.
std::string without_code(std::string_view sentence) {
  std::string rest;
  while (true) {
    const auto open = sentence.find('`');
    const auto close = open == std::string_view::npos ? open : sentence.find('`', open + 1);
    if (close == std::string_view::npos) return rest.append(sentence);
    rest.append(sentence.substr(0, open)).append("code");
    sentence.remove_prefix(close + 1);
  }
}

// A half-width comma, full stop, colon, … outside of code that touches a Chinese character on
// either side.
bool has_half_width(std::string_view text) {
  const std::string sentence = without_code(text);
  const auto chinese = [&](std::size_t at) {
    return at < sentence.size() && static_cast<unsigned char>(sentence[at]) >= 0xE4 &&
           static_cast<unsigned char>(sentence[at]) <= 0xE9;
  };
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (std::string_view(",.;:!?()").find(sentence[at]) == std::string_view::npos) continue;
    if ((at >= 3 && chinese(at - 3)) || chinese(at + 1)) return true;
  }
  return false;
}

TEST(Sentences, InChineseUseFullWidthPunctuation) {
  const SentenceFiles files;
  const auto all = files.read();
  ASSERT_TRUE(has_half_width("编号不对,请再看"));
  ASSERT_TRUE(has_half_width("写好了.再交"));
  ASSERT_FALSE(has_half_width("2026-11-23 15:42这样，{date}。"));
  ASSERT_FALSE(has_half_width("请写`Receipt 编号:查询码`，或者`X: 码`。"));
  ASSERT_TRUE(has_half_width("请写`Receipt 编号:查询码`,或者不写。"));
  ASSERT_TRUE(has_half_width("请写`编号:查询码。"));
  for (const auto key : all.of("zh-CN").keys()) {
    const std::string sentence = all.of("zh-CN").say(key);
    EXPECT_FALSE(has_half_width(sentence)) << key << ": " << sentence;
  }
}

// Pages show sentences as they are: a backtick is for whoever writes a program, and for nobody
// else.
TEST(Sentences, HoldCodeOnlyForPrograms) {
  const SentenceFiles files;
  const auto all = files.read();
  for (const auto& catalogue : all.all()) {
    for (const auto key : catalogue.keys()) {
      if (key.starts_with("api.")) continue;
      EXPECT_EQ(catalogue.say(key).find('`'), std::string::npos) << key;
    }
  }
}

TEST(Sentences, AreShortAndFreeOfOfficeJargon) {
  const SentenceFiles files;
  const auto all = files.read();
  std::size_t sentences = 0;
  std::size_t characters = 0;
  for (const auto key : all.of("zh-CN").keys()) {
    if (!key.starts_with("residents.") && !key.starts_with("cases.")) continue;
    const std::string text = all.of("zh-CN").say(key);
    for (const char* word : {"系统繁忙", "非法", "耐心等待", "敬请", "贵单位", "兹", "予以", "特此",
                             "操作失败", "你"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << key << ": " << text;
    }
    std::string rest = text;
    for (const std::string_view stop : {"。", "？", "；"}) {
      for (auto at = rest.find(stop); at != std::string::npos; at = rest.find(stop)) {
        rest.replace(at, stop.size(), "\n");
      }
    }
    std::istringstream lines(rest);
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      ++sentences;
      characters += code_points(line);
    }
  }
  ASSERT_GT(sentences, 300U);
  EXPECT_LE(characters / sentences, 25U);
}

}  // namespace
}  // namespace minhu::pages
