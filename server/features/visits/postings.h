// Where a visit was made known, as it lies in a fact of an event. Inner header.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/visits/visit_file.h"

namespace minhu::visits {

std::string fact_of(const std::vector<Posting>& postings);
std::string fact_of(const Photo& photo);
// StorageFailure when it is not what fact_of writes.
std::vector<Posting> postings_in(std::string_view fact);
Photo photo_in(std::string_view fact);

}  // namespace minhu::visits
