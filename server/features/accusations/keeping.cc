#include "features/accusations/keeping.h"

#include <functional>

#include "features/accusations/accused.h"
#include "features/accusations/store.h"
#include "features/cases/said.h"
#include "features/cases/sealed_reports.h"
#include "features/cases/steps.h"

namespace minhu::accusations {

namespace {

constexpr std::int64_t at_once = 50;

cases::Context program(const Ground& ground) {
  return ground.installation.as({accounts::Role::system, {}, {}});
}

// What the content store had of one case, as it goes under the seal.
struct Moved {
  Letter letter;
  Identity identity;
  std::vector<SealedPiece> files;
};

using SealFile = std::function<SealedPiece(BytesView)>;

void add_words(Letter& letter, std::string_view more) {
  if (more.empty()) return;
  if (!letter.words.empty()) letter.words += "\n\n";
  letter.words += more;
}

Moved moved_of(std::vector<cases::HeldContent>& contents, const SealFile& seal_file) {
  Moved moved;
  for (cases::HeldContent& content : contents) {
    std::string text = to_text(content.bytes);
    if (content.role == cases::ContentRole::contact) {
      const cases::Contact contact = cases::contact_of(text);
      moved.identity = {contact.name, contact.phone.empty() ? contact.address : contact.phone};
      moved.letter.has_identity = true;
      if (!contact.name.empty()) moved.letter.level = Level::confidential;
    } else if (content.media_type == cases::said_type) {
      const cases::Said said = cases::said_of(text);
      add_words(moved.letter, said.title);
      add_words(moved.letter, said.text);
      add_words(moved.letter, said.place_words);
    } else if (content.media_type == cases::plain_type &&
               content.role != cases::ContentRole::attachment) {
      add_words(moved.letter, text);
    } else {
      moved.files.push_back(seal_file(content.bytes));
      moved.letter.files.push_back({moved.files.back().id,
                                    content.media_type,
                                    static_cast<std::int64_t>(content.bytes.size()),
                                    {},
                                    {}});
    }
    wipe(text);
    wipe(content.bytes);
  }
  return moved;
}

Outcome close_first(Transaction& transaction, const Ground& ground, cases::CaseId id,
                    std::vector<cases::HeldContent>& contents) {
  Entropy& entropy = ground.installation.entropy;
  const Instant now = ground.now();
  const RegionId region = ground.region();
  const Secret key = Secret::random(entropy);
  const Moved moved = moved_of(contents, [&](BytesView plain) {
    return seal_piece(key, id, Kind::file, plain, entropy, now);
  });
  const auto keys = keys_of_others(transaction, ground, id);
  if (keys.empty()) return fail(FaultCode::invalid_input, "accusations.nobody_left");
  const Instant hour = to_the_hour(now);
  insert_report(transaction, region, {id, State::received, hour, hour, {}, true}, std::nullopt,
                key);
  for (const PublicKey& holder : keys) insert_box(transaction, region, id, holder, key);
  for (const SealedPiece& file : moved.files) insert_piece(transaction, region, id, file);
  const auto add = [&](Kind kind, std::string text) {
    insert_piece(transaction, region, id, seal_piece(key, id, kind, as_bytes(text), entropy, now));
    wipe(text);
  };
  if (moved.letter.has_identity) add(Kind::identity, to_json(moved.identity));
  add(Kind::letter, to_json(moved.letter));
  return {};
}

Outcome add_late(Transaction& transaction, const Ground& ground, ReportRow row, const Key& inbox,
                 std::vector<cases::HeldContent>& contents) {
  Entropy& entropy = ground.installation.entropy;
  const Instant now = ground.now();
  const RegionId region = ground.region();
  Moved moved = moved_of(contents, [&](BytesView plain) {
    return seal_late(inbox, Kind::late_file, plain, entropy, now);
  });
  if (moved.letter.has_identity) {
    add_words(moved.letter, moved.identity.name);
    add_words(moved.letter, moved.identity.contact);
  }
  for (const SealedPiece& file : moved.files) insert_piece(transaction, region, row.id, file);
  std::string letter = to_json(moved.letter);
  insert_piece(transaction, region, row.id,
               seal_late(inbox, Kind::late_letter, as_bytes(letter), entropy, now));
  wipe(letter);
  row.unread = true;
  row.changed_at = to_the_hour(now);
  save_row(transaction, region, row);
  return {};
}

Outcome seal_one(Transaction& transaction, const Ground& ground, cases::CaseId id) {
  const cases::Context context = program(ground);
  MINHU_TRY(auto contents, cases::read_held(transaction, context, id));
  const std::size_t known = contents.size();
  const auto row = load_row(transaction, ground.region(), id);
  const auto inbox = inbox_of(transaction, ground.region(), id);
  MINHU_CHECK_OK(row && inbox ? add_late(transaction, ground, *row, *inbox, contents)
                              : close_first(transaction, ground, id, contents));
  return cases::forget_held(transaction, context, id, known);
}

class Shredding final : public cases::Derivation {
 public:
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override {
    for (const cases::Event& event : history.subspan(known)) {
      if (event.kind == cases::EventKind::erased) {
        shred(transaction, county.region, event.case_id);
      } else if (event.kind == cases::EventKind::withdrawn) {
        // Nobody opens it any more, and nobody would ever close it: its days run from here.
        transaction.execute(
            "UPDATE accusation SET closed_at = ?3 "
            "WHERE region_id = ?1 AND case_id = ?2 AND closed_at IS NULL",
            {param(county.region), param(event.case_id), param(to_the_hour(event.recorded_at))});
      }
    }
  }
};

}  // namespace

const cases::Derivation& shredding() {
  static const Shredding stateless;
  return stateless;
}

std::int64_t seal_what_was_held(const Ground& ground) {
  Database& database = ground.installation.database;
  const auto waiting = database.read([&](Reading& reading) {
    if (keys_in_force(reading, ground).empty()) return std::vector<cases::CaseId>();
    return cases::held_with_words(reading, program(ground), at_once);
  });
  std::int64_t sealed = 0;
  for (const cases::CaseId id : waiting) {
    const Outcome done = database.write_job(
        [&](Transaction& transaction) { return seal_one(transaction, ground, id); });
    if (done) ++sealed;
  }
  return sealed;
}

std::int64_t shred_what_is_closed(const Ground& ground) {
  Database& database = ground.installation.database;
  const std::int64_t before = ground.now().unix_ms - kept_days_after_closing * 24 * 3'600'000;
  const auto over = database.read([&](Reading& reading) {
    return reading.all(
        "SELECT case_id FROM accusation WHERE region_id = ?1 AND closed_at <= ?2 "
        "ORDER BY closed_at LIMIT ?3",
        {param(ground.region()), before, at_once},
        [](const Row& row) { return row.id<cases::CaseId>(0); });
  });
  std::int64_t shredded = 0;
  for (const cases::CaseId id : over) {
    const Outcome done = database.write_job([&](Transaction& transaction) -> Outcome {
      shred(transaction, ground.region(), id);
      MINHU_CHECK_OK(cases::erase(transaction, program(ground), id, "accusation-90-days"));
      return {};
    });
    if (done) ++shredded;
  }
  return shredded;
}

}  // namespace minhu::accusations
