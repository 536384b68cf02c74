// What may be compared, and what of it: the first words of a case, never who said them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "features/cases/case_file.h"
#include "features/cases/keyring.h"
#include "ports/storage.h"

namespace minhu::matters {

// May this case be in an index, a group, a count or a training set? Never an accusation, whatever
// its state, nothing held or erased, nothing entered in error, and nothing that its speaker took
// back. Asked each time a case is read; what stops being comparable leaves.
bool may_be_compared(const cases::CaseFile& file) noexcept;

struct Words {
  std::string title;  // may be empty
  std::string text;
};
// Nothing when the case may not be compared or its words are gone.
std::optional<Words> words_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                              const cases::CaseFile& file);
// The same of many, by case: those of which there is something.
std::map<cases::CaseId, Words> words_of(Reading& reading, RegionId region,
                                        const cases::Keyring& keyring,
                                        std::span<const cases::CaseFile> files);

}  // namespace minhu::matters
