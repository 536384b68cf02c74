// The second signature of a record, where its county wants one (engines/merkle/note_sm2.h).
#pragma once

#include <filesystem>
#include <optional>

#include "engines/merkle/note_sm2.h"

namespace minhu::app {

std::filesystem::path record_sm2_file(const std::filesystem::path& data);  // hex, 0600

// Who signs the record of that name beside its own key; nothing where there is no such file. Faults
// of key_file.h; merkle.sm2_secret.
Result<std::optional<merkle::Sm2Signer>> second_signer(const std::filesystem::path& data,
                                                       const std::string& origin);

}  // namespace minhu::app
