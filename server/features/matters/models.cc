#include "features/matters/models.h"

#include <algorithm>
#include <array>

#include "features/matters/changes.h"

namespace minhu::matters {

namespace {

constexpr std::array<std::string_view, 3> state_names{"candidate", "in_use", "retired"};
constexpr std::size_t piece_size = std::size_t{256} * 1024;

constexpr std::string_view columns =
    "SELECT version, scheme, state, made_at, learnt, tried, accuracy, macro_f1, "
    "calibration_error, when_sure, outdated_at FROM matter_model WHERE region_id = ?1 "
    "ORDER BY made_at DESC, version";

Model model_of(const Row& row) {
  Model model;
  model.version = row.text(0);
  model.scheme = row.text(1);
  const auto state = std::find(state_names.begin(), state_names.end(), row.text(2));
  if (state == state_names.end()) throw StorageFailure("a model is in no state");
  model.state = static_cast<ModelState>(state - state_names.begin());
  model.made_at = row.instant(3);
  model.learnt = row.integer(4);
  model.scores = {row.integer(5), row.integer(6), row.integer(7), row.integer(8), row.integer(9)};
  model.outdated = !row.is_null(10);
  return model;
}

std::optional<Model> find_model(Reading& reading, RegionId region, std::string_view version) {
  for (Model& model : all_models(reading, region)) {
    if (model.version == version) return std::move(model);
  }
  return std::nullopt;
}

void set_state(Transaction& transaction, RegionId region, std::string_view version,
               ModelState state) {
  transaction.execute("UPDATE matter_model SET state = ?3 WHERE region_id = ?1 AND version = ?2",
                      {param(region), version, name(state)});
}

}  // namespace

std::string_view name(ModelState state) noexcept {
  return state_names[static_cast<std::size_t>(state)];
}

std::vector<Model> all_models(Reading& reading, RegionId region) {
  return reading.all(columns, {param(region)}, model_of);
}

std::optional<Model> model_in_use(Reading& reading, RegionId region) {
  for (Model& model : all_models(reading, region)) {
    if (model.state == ModelState::in_use) return std::move(model);
  }
  return std::nullopt;
}

Result<Bytes> model_bytes(Reading& reading, RegionId region, std::string_view version) {
  Bytes bytes;
  reading.query(
      "SELECT bytes FROM matter_model_piece WHERE region_id = ?1 AND version = ?2 ORDER BY piece",
      {param(region), version}, [&](const Row& row) {
        const BytesView piece = row.bytes(0);
        bytes.insert(bytes.end(), piece.begin(), piece.end());
      });
  if (bytes.empty()) return fail(FaultCode::not_found, "matters.no_such_model");
  return bytes;
}

void store_model(Transaction& transaction, RegionId region, const Model& model, BytesView bytes) {
  const Scores& scores = model.scores;
  // The same cases give the same model: it is known then, and up to date again.
  if (transaction.execute(
          "UPDATE matter_model SET outdated_at = NULL WHERE region_id = ?1 AND version = ?2",
          {param(region), std::string_view(model.version)}) > 0) {
    return;
  }
  transaction.execute(
      "INSERT INTO matter_model(region_id, version, scheme, state, made_at, learnt, tried, "
      "accuracy, macro_f1, calibration_error, when_sure, outdated_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL)",
      {param(region), std::string_view(model.version), std::string_view(model.scheme),
       name(ModelState::candidate), param(model.made_at), model.learnt, scores.tried,
       scores.accuracy, scores.macro_f1, scores.calibration_error, scores.when_sure});
  for (std::size_t at = 0; at < bytes.size(); at += piece_size) {
    transaction.execute(
        "INSERT INTO matter_model_piece(region_id, version, piece, bytes) VALUES (?1, ?2, ?3, ?4)",
        {param(region), std::string_view(model.version), static_cast<std::int64_t>(at / piece_size),
         bytes.subspan(at, std::min(piece_size, bytes.size() - at))});
  }
}

Result<Model> use_model(Transaction& transaction, RegionId region, std::string_view version) {
  auto wanted = find_model(transaction, region, version);
  if (!wanted) return fail(FaultCode::not_found, "matters.no_such_model");
  if (const auto until_now = model_in_use(transaction, region)) {
    set_state(transaction, region, until_now->version, ModelState::retired);
  }
  set_state(transaction, region, version, ModelState::in_use);
  wanted->state = ModelState::in_use;
  return std::move(*wanted);
}

void forget_model(Transaction& transaction, RegionId region, std::string_view version) {
  for (const std::string_view sql :
       {"DELETE FROM matter_model_piece WHERE region_id = ?1 AND version = ?2",
        "DELETE FROM matter_model WHERE region_id = ?1 AND version = ?2"}) {
    transaction.execute(sql, {param(region), version});
  }
}

void outdate_models(Transaction& transaction, RegionId region, Instant now) {
  transaction.execute(
      "UPDATE matter_model SET outdated_at = ?2 WHERE region_id = ?1 AND outdated_at IS NULL",
      {param(region), param(now)});
}

void leave_out(Transaction& transaction, RegionId region, cases::CaseId id, Instant now) {
  transaction.execute(
      "INSERT INTO matter_not_learnt(region_id, case_id, said_at) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (region_id, case_id) DO NOTHING",
      {param(region), param(id), param(now)});
  note_change(transaction, region, id, now);  // for a model that is being made (learning.cc)
  outdate_models(transaction, region, now);
}

void let_be_learnt(Transaction& transaction, RegionId region, cases::CaseId id) {
  transaction.execute("DELETE FROM matter_not_learnt WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(id)});
}

bool is_left_out(Reading& reading, RegionId region, cases::CaseId id) {
  return reading
      .first("SELECT said_at FROM matter_not_learnt WHERE region_id = ?1 AND case_id = ?2",
             {param(region), param(id)}, [](const Row&) { return true; })
      .has_value();
}

}  // namespace minhu::matters
