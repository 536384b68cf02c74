#include "features/knowledge/search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace minhu::knowledge {

namespace {

constexpr std::size_t characters_that_count = 400;
constexpr double weight_of_title = 3;
constexpr double weight_of_questions = 3;
constexpr double weight_of_body = 1;
constexpr std::size_t most_words = 6;
constexpr double least_of_the_best = 0.3;

// Characters of valid UTF-8 as numbers; what is no letter, digit or ideograph becomes 0, which no
// pair crosses.
std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t letter = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
      letter = (letter << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    i += length;
    if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
    const bool ascii_word = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    const bool other_word = letter >= 0x3400 && !(letter >= 0xFF00 && letter <= 0xFFEF);
    letters += ascii_word || other_word ? letter : U'\0';
  }
  return letters;
}

std::string utf8_of(std::u32string_view letters) {
  std::string text;
  for (const char32_t letter : letters) {
    if (letter < 0x80) {
      text += static_cast<char>(letter);
    } else {
      const int more = letter < 0x800 ? 1 : letter < 0x10000 ? 2 : 3;
      constexpr std::array<unsigned, 4> marks{0, 0xC0, 0xE0, 0xF0};
      text += static_cast<char>(marks[static_cast<std::size_t>(more)] | (letter >> (6 * more)));
      for (int k = more - 1; k >= 0; --k) {
        text += static_cast<char>(0x80U | ((letter >> (6 * k)) & 0x3FU));
      }
    }
  }
  return text;
}

// What people say whatever it is about: a pair that holds one of these finds nothing.
bool says_little(char32_t letter) {
  constexpr std::u32string_view little =
      U"的了是我你您他她们在有就都也不没这那个吗呢吧啊么很要去来说"
      U"到和与及被把给让还又再从对为等但而或如请问怎什谁哪几";
  return little.find(letter) != std::u32string_view::npos;
}

using Pair = std::uint64_t;
Pair pair_at(const std::u32string& letters, std::size_t at) {
  if (at + 1 >= letters.size() || letters[at] == 0 || letters[at + 1] == 0) return 0;
  if (says_little(letters[at]) || says_little(letters[at + 1])) return 0;
  return (static_cast<Pair>(letters[at]) << 32U) | letters[at + 1];
}

struct Asked {
  std::size_t index = 0;     // among the pairs of the question
  std::size_t articles = 0;  // that hold it
};

struct Seen {
  std::vector<double> weight;  // of each pair of the question in this article: its best field
};

}  // namespace

std::vector<Hit> search(const std::vector<Searched>& articles, std::string_view text) {
  std::u32string question = letters_of(text);
  if (question.size() > characters_that_count) {
    question.erase(0, question.size() - characters_that_count);
  }
  std::unordered_map<Pair, Asked> asked;
  for (std::size_t at = 0; at < question.size(); ++at) {
    if (const Pair pair = pair_at(question, at); pair != 0) {
      asked.try_emplace(pair, Asked{asked.size(), 0});
    }
  }
  if (asked.empty()) return {};

  std::vector<Seen> seen;
  seen.reserve(articles.size());
  for (const Searched& article : articles) {
    Seen one{std::vector<double>(asked.size(), 0.0)};
    const auto read = [&](std::string_view field, double weight) {
      const std::u32string letters = letters_of(field);
      for (std::size_t at = 0; at < letters.size(); ++at) {
        const auto found = asked.find(pair_at(letters, at));
        if (found == asked.end()) continue;
        double& best = one.weight[found->second.index];
        if (best == 0) ++found->second.articles;
        best = std::max(best, weight);
      }
    };
    read(article.title, weight_of_title);
    read(article.questions, weight_of_questions);
    read(article.body, weight_of_body);
    seen.push_back(std::move(one));
  }

  const auto all = static_cast<double>(articles.size());
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    Hit hit{i, 0, {}};
    for (const auto& [pair, one] : asked) {
      if (seen[i].weight[one.index] == 0) continue;
      hit.score +=
          seen[i].weight[one.index] * std::log(1 + all / static_cast<double>(one.articles));
    }
    if (hit.score == 0) continue;
    // Pairs that follow one another are one word to the eye.
    for (std::size_t at = 0; at < question.size() && hit.words.size() < most_words;) {
      std::size_t end = at;
      for (;; ++end) {
        const auto found = asked.find(pair_at(question, end));
        if (found == asked.end() || seen[i].weight[found->second.index] == 0) break;
      }
      if (end == at) {
        ++at;
        continue;
      }
      std::string word = utf8_of(std::u32string_view(question).substr(at, end + 1 - at));
      if (std::find(hit.words.begin(), hit.words.end(), word) == hit.words.end()) {
        hit.words.push_back(std::move(word));
      }
      at = end + 1;
    }
    hits.push_back(std::move(hit));
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const Hit& a, const Hit& b) { return a.score > b.score; });
  // What shares one common word with a text that another article fits much better is only noise.
  std::erase_if(hits, [best = hits.empty() ? 0 : hits.front().score](const Hit& hit) {
    return hit.score < least_of_the_best * best;
  });
  return hits;
}

}  // namespace minhu::knowledge
