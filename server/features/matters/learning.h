// Making a model from what clerks have sorted: the category that a case has now counts, so a
// correction needs no record of its own, and taking it back is sorting again.
#pragma once

#include "engines/text/classifier.h"
#include "features/matters/models.h"

namespace minhu::matters {

// The latest ones. Making a model and trying it takes about five milliseconds a case.
inline constexpr std::size_t most_learnt = 6'000;

// Of every sorted case that may be compared and was not left out; of the scheme that most of them
// have. Stored as a candidate. Takes up to half a minute: for a worker, and not inside a
// transaction. Fault conflict matters.too_few_sorted (details: least, found).
Result<Model> make_model(const cases::Installation& installation);
// How many cases a model made now would learn from.
std::int64_t learnable(Database& database, RegionId region);

// For a job. Where the model in use is outdated it is made anew and used in its place; other
// outdated ones are forgotten. What may not be known is gone from every model then. Gives whether
// anything was done.
bool renew_models(const cases::Installation& installation);

}  // namespace minhu::matters
