#include "features/accounts/common_passwords.h"

#include <algorithm>

namespace minhu::accounts {

namespace {

// Bases of what is often chosen where twelve characters are asked for: words of the trade, rows of
// keys, lucky numbers, and the habits of Chinese and English keyboards. Sorted; without the digits
// that people put behind them.
constexpr std::string_view common[] = {
    "aa123456aa",       "aaa111bbb222",     "abc123abc",
    "abc123abc123",     "abcd1234abcd",     "abcdef123456",
    "admin123456",      "admin123admin",    "adminadmin",
    "administrator",    "adminpassword",    "asdfghjkl",
    "asdfghjklqwe",     "asdqwe123456",     "baobaobaobao",
    "beijing2008",      "changeme",         "changemenow",
    "changethis",       "computer1234",     "correcthorsebatterystaple",
    "dashuju",          "defaultpassword",  "dragondragon",
    "footballfootball", "gongzuo",          "gongzuoren",
    "google123456",     "helloworld",       "huanying",
    "iloveyou",         "iloveyou1314",     "iloveyouforever",
    "internet",         "jiayoujiayou",     "letmein",
    "letmeinnow",       "letmeinplease",    "longlonglong",
    "loveyou1314520",   "masterpassword",   "meiyoumima",
    "mima123456",       "mimamima",         "minhu123456",
    "minhuminhu",       "monkeymonkey",     "mynameis",
    "mypassword",       "newpassword",      "nihaonihao",
    "nihaoshijie",      "p4ssword",         "p4ssw0rd",
    "passw0rd",         "passw0rdpassw0rd", "password",
    "passwordpassword", "password123",      "password1234pass",
    "pujiang",          "qazwsxedc",        "qazwsxedc123",
    "qwe123asd456",     "qwe123qwe",        "qweasdzxc",
    "qweasdzxc123",     "qwer1234asdf",     "qwertyqwerty",
    "qwertyuiop",       "qwertyuiopasdf",   "renminzhengfu",
    "root123456",       "rootroot",         "secret",
    "secretpassword",   "secretsecret",     "sunshine",
    "superman",         "supersecret",      "test123456",
    "testtesttest",     "thisismypassword", "trustno1",
    "w0shimima",        "weirenminfuwu",    "welcome",
    "welcome123",       "welcomehome",      "welcometo",
    "woaibeijing",      "woaini",           "woaini1314",
    "woaini1314520",    "woaiwojia",        "woaizhongguo",
    "woaizuguo",        "woshimima",        "xinfang",
    "xinfangju",        "xinniankuaile",    "yijianqing",
    "zhejiang",         "zhongguo",         "zhongguoren",
    "zhonghuarenmin",   "zxcvbnm",          "zxcvbnmasdfghjkl",
    "我的密码",         "信访局",           "为人民服务"};

bool is_listed(std::string_view text) {
  return std::find(std::begin(common), std::end(common), text) != std::end(common);
}

}  // namespace

bool is_common_password(std::string_view bare) {
  if (is_listed(bare)) return true;
  // Digits before and behind change nothing for whoever guesses.
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (int digits = 0; digits < 8 && !bare.empty() && is_digit(bare.back()); ++digits) {
    bare.remove_suffix(1);
    if (is_listed(bare)) return true;
  }
  for (int digits = 0; digits < 8 && !bare.empty() && is_digit(bare.front()); ++digits) {
    bare.remove_prefix(1);
    if (is_listed(bare)) return true;
  }
  return bare.empty();  // nothing but digits
}

}  // namespace minhu::accounts
