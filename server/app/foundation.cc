#include "app/foundation.h"

#include "adapters/policies/policies.h"
#include "app/schema.h"
#include "builtin_policies.h"
#include "features/accusations/keeping.h"
#include "features/cases/key_tending.h"
#include "features/classes/lessons.h"
#include "features/classes/linking.h"
#include "features/desk/office_drafts.h"
#include "features/insight/sums.h"
#include "features/matters/changes.h"
#include "features/places_and_units/places_and_units.h"
#include "ports/migrate.h"

namespace minhu::app {

namespace {

Result<deadlines::RuleBook> rules_of(const std::filesystem::path& folder) {
  if (!folder.empty()) return policies::read_rule_book(folder);
  return policies::read_rule_book(embedded::policies());
}

std::unique_ptr<Database> stood_before(const FoundationOptions& options,
                                       std::unique_ptr<Database> database, Kept what) {
  return options.around ? options.around(std::move(database), what) : std::move(database);
}

}  // namespace

Result<std::unique_ptr<Foundation>> Foundation::open(const FoundationOptions& options,
                                                     WhenMissing when_missing) {
  auto foundation = std::make_unique<Foundation>(options);
  MINHU_TRY(const std::string storage, chosen_storage(options.data, options.storage));
  MINHU_TRY(const std::string key_storage,
            chosen_storage(options.data, options.key_storage, Kept::keys));
  MINHU_TRY(foundation->folder, open_data_folder(options.data, when_missing, !storage.empty()));
  if (!key_storage.empty()) {
    MINHU_TRY(foundation->lock_, FolderLock::take(foundation->folder.lock()));
  }
  MINHU_TRY(foundation->rules, rules_of(options.policies));
  // Without its key a file is not even opened: its words would be lost, quietly. What a server
  // holds can only be asked.
  const bool file_is_there = std::filesystem::exists(foundation->folder.database());
  if (storage.empty()) {
    MINHU_TRY(foundation->keyring,
              open_keyring(foundation->folder, when_missing, file_is_there, foundation->entropy));
  }
  MINHU_TRY(OpenStorage opened,
            open_storage(foundation->folder, storage, options.readers, options.record_batches));
  opened.migrate(schema(), foundation->clock.now());
  foundation->database = stood_before(options, std::move(opened.database), Kept::data);
  const auto profile = foundation->profile();
  if (!storage.empty()) {
    MINHU_TRY(foundation->keyring, open_keyring(foundation->folder, when_missing,
                                                profile.has_value(), foundation->entropy));
    MINHU_CHECK_OK(remember_storage(foundation->folder, storage));
  }
  if (profile) opened.keep_to(profile->region);
  MINHU_CHECK_OK(foundation->open_key_store(options, key_storage, storage));
  MINHU_CHECK_OK(remember_storage(foundation->folder, key_storage, Kept::keys));
  foundation->is_shared_ = !storage.empty() && !key_storage.empty();
  MINHU_CHECK_OK(foundation->check_key_store());
  return foundation;
}

Outcome Foundation::open_key_store(const FoundationOptions& options, const std::string& key_storage,
                                   const std::string& storage) {
  MINHU_TRY(OpenStorage opened,
            open_keys(folder, key_storage, storage, options.readers, clock.now()));
  keys = stood_before(options, std::move(opened.database), Kept::keys);
  if (const auto known = profile()) opened.keep_to(known->region);
  key_store = std::make_unique<cases::KeyStore>(*keys, keyring, entropy);
  keyring.store = key_store.get();
  return {};
}

const storage_sqlite::SqliteDatabase* Foundation::key_file() const {
  return dynamic_cast<const storage_sqlite::SqliteDatabase*>(keys.get());
}

Outcome Foundation::check_key_store() {
  if (!profile()) return {};  // nothing has been taken in yet
  MINHU_TRY(const cases::County in, county());
  return cases::check_key_store({*database, in, keyring, entropy, clock});
}

Result<places_and_units::CountyProfile> Foundation::profile() const {
  const auto found = database->read(
      [](Reading& reading) { return places_and_units::find_county_profile(reading); });
  if (!found) return fail(FaultCode::not_found, "app.not_set_up");
  return *found;
}

Result<cases::County> Foundation::county() const {
  MINHU_TRY(const auto profile, this->profile());
  cases::County county;
  county.region = profile.region;
  county.name = profile.name;
  county.default_track =
      cases::named<cases::Track>(profile.default_track).value_or(cases::Track::petition);
  county.rules = rules;
  county.derivations = {&insight::derivation(),
                        &classes::leaving(),
                        &classes::learning(),
                        &matters::derivation(),
                        &desk::erasing_drafts(),
                        &accusations::shredding(),
                        &leaves};
  database->read_job([&](Reading& reading) {
    const auto unit = [&](const std::string& code) {
      const auto found = places_and_units::find_unit_by_code(reading, profile.region, code);
      return found ? found->id : UnitId();
    };
    county.petition_office = unit(profile.petition_office);
    county.hotline_body = unit(profile.hotline_body);
    if (!profile.upper_body.empty()) county.upper_body = unit(profile.upper_body);
  });
  return county;
}

}  // namespace minhu::app
