// What a step brought, checked against its fields. Inner header.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/state_machine/given.h"
#include "features/visits/edges.h"
#include "features/visits/visit_file.h"
#include "ports/storage.h"

namespace minhu::visits {

using state_machine::at_fault;
using state_machine::GivenFields;

// An office's words about a visit: clean, not too long, without a number that belongs to one
// person. Faults invalid_input visits.field_missing, visits.too_long (details: most),
// visits.personal_details, and those of clean_text, all with `field`.
Result<std::string> public_words(std::string_view text, std::string_view field, std::size_t most);

// Times become milliseconds. Faults invalid_input, each with `field`: visits.field_missing,
// visits.field_unknown, visits.field_wrong, and those of public_words.
Result<Facts> check_fields(Reading& reading, const cases::Context& context,
                           std::span<const Field> fields, const GivenFields& given);

// Known channels, said where, with proof: words, or a photo. Fault invalid_input
// visits.posting_wrong.
Result<std::vector<Posting>> check_postings(const cases::Context& context,
                                            const std::vector<Posting>& postings);

}  // namespace minhu::visits
