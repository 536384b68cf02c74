#include "features/matters/suggestions.h"

#include <algorithm>
#include <cmath>

namespace minhu::matters {

namespace {

// More than these are for the whole page, and nobody reads them.
constexpr std::size_t most_units = 6;

std::int64_t of_a_hundred(double share) {
  return std::clamp<std::int64_t>(std::llround(share * 100), 0, 100);
}

std::string shown(const Given& given, text::Field field, std::uint32_t begin, std::uint32_t end) {
  const std::string_view text = field == text::Field::title ? given.title : given.text;
  return text::masked(text, field, given.page.entities, begin, end);
}

ComplainedOf told(const Given& given, const text::Accused& accused) {
  ComplainedOf one;
  one.said = shown(given, accused.field, accused.begin, accused.end);
  if (accused.cue_end > accused.cue_begin) {
    one.because_of = shown(given, accused.field, accused.cue_begin, accused.cue_end);
  }
  one.certain = accused.sureness == text::Sureness::stated;
  return one;
}

}  // namespace

void suggest_categories(const text::Model& model, const text::Read& page, WordsRead& read) {
  text::Explained explained = model.explain(page);
  const text::Suggestion& found = explained.suggestion;
  read.unsure = !found.sure;
  SuggestedCategory first{
      model.categories().at(found.category), of_a_hundred(found.confidence), {}, {}};
  for (text::Reason& reason : explained.reasons) {
    (reason.weight > 0 ? first.because_of : first.against).push_back(std::move(reason.word));
  }
  SuggestedCategory second{model.categories().at(found.runner_up),
                           of_a_hundred(found.runner_up_confidence), first.against,
                           first.because_of};
  read.categories.push_back(std::move(first));
  if (found.runner_up != found.category) read.categories.push_back(std::move(second));
}

std::vector<ComplainedOf> complained_of(const text::AccusedWords& words, const Given& given,
                                        const CountyUnits& county, const text::Whereabouts& where) {
  const std::vector<text::Accused> found = text::find_accused(words, given.page);
  const auto matched = text::match_units(words, found, county.known, where);
  std::vector<ComplainedOf> told_of;
  std::vector<std::string> names;
  const auto add = [&](ComplainedOf&& one) {
    const std::string key = one.unit.empty() ? one.said : one.unit.text();
    if (told_of.size() == most_units || std::find(names.begin(), names.end(), key) != names.end()) {
      return;
    }
    names.push_back(key);
    told_of.push_back(std::move(one));
  };
  for (const text::AccusedUnit& unit : matched) {
    const auto known =
        std::find_if(county.known.begin(), county.known.end(),
                     [&](const text::KnownUnit& each) { return each.code == unit.code; });
    ComplainedOf one = told(given, found.at(unit.mention));
    one.unit = county.units.at(static_cast<std::size_t>(known - county.known.begin())).id;
    one.certain = unit.sureness == text::Sureness::stated;
    add(std::move(one));
  }
  // What is said in so many words and fits none of the county's units is told all the same: a
  // person knows more names than the register.
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool is_matched = std::any_of(matched.begin(), matched.end(),
                                        [&](const auto& unit) { return unit.mention == i; });
    const bool is_office =
        found[i].kind == text::AccusedKind::unit || found[i].kind == text::AccusedKind::post;
    if (!is_matched && is_office && found[i].sureness != text::Sureness::possibly) {
      add(told(given, found[i]));
    }
  }
  return told_of;
}

}  // namespace minhu::matters
