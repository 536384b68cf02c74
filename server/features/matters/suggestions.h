// From what reading found to what is told: categories with their words, units complained of. Pure.
// Inner header.
#pragma once

#include "engines/text/accused.h"
#include "engines/text/classifier.h"
#include "features/matters/county_words.h"
#include "features/matters/matters.h"

namespace minhu::matters {

void suggest_categories(const text::Model& model, const text::Read& page, WordsRead& read);

// The text as it was given, for the words that are shown of it.
struct Given {
  std::string_view title;
  std::string_view text;
  const text::Read& page;
};
std::vector<ComplainedOf> complained_of(const text::AccusedWords& words, const Given& given,
                                        const CountyUnits& county, const text::Whereabouts& where);

}  // namespace minhu::matters
