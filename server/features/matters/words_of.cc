#include "features/matters/words_of.h"

#include <vector>

#include "features/cases/content.h"
#include "features/cases/said.h"

namespace minhu::matters {

bool may_be_compared(const cases::CaseFile& file) noexcept {
  return file.track != cases::Track::accusation && file.state != cases::State::held &&
         file.state != cases::State::voided && file.state != cases::State::withdrawn &&
         !file.erased;
}

std::optional<Words> words_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                              const cases::CaseFile& file) {
  auto words = words_of(reading, region, keyring, std::span(&file, 1));
  const auto found = words.find(file.id);
  return found == words.end() ? std::nullopt : std::optional(std::move(found->second));
}

std::map<cases::CaseId, Words> words_of(Reading& reading, RegionId region,
                                        const cases::Keyring& keyring,
                                        std::span<const cases::CaseFile> files) {
  std::vector<cases::CaseId> ids;
  for (const cases::CaseFile& file : files) {
    if (may_be_compared(file) && !file.words.empty()) ids.push_back(file.id);
  }
  std::map<cases::CaseId, Words> words;
  if (ids.empty()) return words;
  const auto keys = cases::load_case_keys(reading, region, ids, keyring);
  for (const auto& [id, bytes] : cases::read_words(reading, region, keys)) {
    cases::Said said = cases::said_of(to_text(bytes));
    words.emplace(id, Words{std::move(said.title), std::move(said.text)});
  }
  return words;
}

}  // namespace minhu::matters
