// The models that suggest categories: each learnt from the sorted cases of this county, tried on
// cases it had not learnt from, and used only when somebody says so. None is ever changed: what
// clerks correct, leave out, or what is erased is not there when the next one is made.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/installation.h"

namespace minhu::matters {

enum class ModelState : std::uint8_t { candidate, in_use, retired };
std::string_view name(ModelState) noexcept;

// On cases that it had not learnt from; shares in millionths, so that they are the same everywhere.
struct Scores {
  std::int64_t tried = 0;
  std::int64_t accuracy = 0;
  std::int64_t macro_f1 = 0;
  std::int64_t calibration_error = 0;  // expected, over ten bins
  std::int64_t when_sure = 0;          // accuracy on the nine tenths that it is surest of
};

struct Model {
  std::string version;  // the digest of its bytes, in hex
  std::string scheme;   // of the categories that it suggests
  ModelState state = ModelState::candidate;
  Instant made_at;
  std::int64_t learnt = 0;  // cases
  Scores scores;
  // A case that it may have learnt from was erased, held, taken back or left out since it was
  // begun. Nothing of a single case can be read in a model; it is made anew all the same
  // (learning.h).
  bool outdated = false;
};
std::vector<Model> all_models(Reading& reading, RegionId region);  // the latest first
std::optional<Model> model_in_use(Reading& reading, RegionId region);
// Fault not_found matters.no_such_model.
Result<Bytes> model_bytes(Reading& reading, RegionId region, std::string_view version);

// A candidate, or the same model again when there is one with this version.
void store_model(Transaction& transaction, RegionId region, const Model& model, BytesView bytes);
// The one in use until now is retired; both can be used again. Fault not_found
// matters.no_such_model.
Result<Model> use_model(Transaction& transaction, RegionId region, std::string_view version);
// Its bytes go.
void forget_model(Transaction& transaction, RegionId region, std::string_view version);
// Those that are there now have learnt from a case that they should not know.
void outdate_models(Transaction& transaction, RegionId region, Instant now);

void leave_out(Transaction& transaction, RegionId region, cases::CaseId id, Instant now);
void let_be_learnt(Transaction& transaction, RegionId region, cases::CaseId id);
bool is_left_out(Reading& reading, RegionId region, cases::CaseId id);

}  // namespace minhu::matters
