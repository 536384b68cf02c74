#include "features/matters/words_of.h"

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
  if (!may_be_compared(file) || file.words.empty()) return std::nullopt;
  const auto key = cases::load_case_key(reading, region, file.id, keyring);
  if (!key) return std::nullopt;
  const auto bytes = cases::read_content(reading, region, *key, file.words);
  if (!bytes) return std::nullopt;
  cases::Said said = cases::said_of(to_text(*bytes));
  return Words{std::move(said.title), std::move(said.text)};
}

}  // namespace minhu::matters
