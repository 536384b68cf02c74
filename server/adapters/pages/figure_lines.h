// What several pages show of the published quarters (public_figures.h), in the same words.
#pragma once

#include "adapters/pages/public_figures.h"
#include "engines/catalogue/catalogue.h"
#include "engines/templates/templates.h"

namespace minhu::pages {

// A number, or that it is not published. One word for all of those, whatever the reason.
class ShownNumbers {
 public:
  explicit ShownNumbers(const catalogue::Catalogue& say) : say_(say) {}

  std::string of(const insight::Hideable& number) const;
  // "12 / 40"; the one word alone where the 12 is not published; "—" where nothing is divided.
  std::string of(const insight::ShownShare& share) const;
  // Of two numbers that are both shown; otherwise empty.
  std::string per_cent(const insight::ShownShare& share) const;

 private:
  const catalogue::Catalogue& say_;
};

std::string say_quarter(const catalogue::Catalogue& say, const insight::Quarter& quarter);
// EMPTY, with the sentence that says when figures come, where there are none.
void set_when_published(const catalogue::Catalogue& say, const PublicFigures& figures,
                        templates::Values& values);
// One MONTH each, the latest first.
void set_months(const catalogue::Catalogue& say, const insight::Quarter& quarter,
                templates::Values& values);

}  // namespace minhu::pages
