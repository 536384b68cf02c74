// A photo as the proof that a visit was posted: given with a step, seen by everybody, replaced when
// somebody is on it, and looked for by the audit.
#include "features/visits/posting_photos.h"

#include "features/visits/audit_period.h"
#include "features/visits/test_visits.h"

namespace minhu::visits {
namespace {

class PostingPhotos : public VisitsWorld {
 protected:
  // As features/attachments gives it: a JPEG, presentable. More than one piece of the store is
  // needed for it.
  NewPhoto photo(char of) {
    Bytes bytes(300'000, static_cast<std::uint8_t>(of));
    auto made = seal_photo(holder(), {"image/jpeg", std::move(bytes)});
    EXPECT_TRUE(made);
    return std::move(*made);
  }
  static Bytes bytes_of(char of) { return Bytes(300'000, static_cast<std::uint8_t>(of)); }

  std::string took(VisitId id, EventKind kind, std::vector<Posting> postings,
                   const std::vector<NewPhoto>& photos, Fields fields = {}) {
    Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    step.postings = std::move(postings);
    step.photos = photos;
    const Context context = kind == EventKind::published ? planner() : holder();
    const auto visit =
        database_->write([&](Transaction& t) { return take_step(t, context, id, step); });
    if (visit) return "taken";
    return visit.error().key + " " + visit.error().field;
  }
  // The board of three channels shown by that photo, and by nothing else.
  std::vector<Posting> board_on(const NewPhoto& shown) {
    auto postings = three_channels();
    postings[0].proof.clear();
    postings[0].photo = shown.photo;
    return postings;
  }
  Posting another_board(const NewPhoto& shown) {
    return {"board", "下溪村村口公告栏", "", "", shown.photo};
  }
  std::string replaced(VisitId id, const NewPhoto& old, const std::vector<NewPhoto>& by = {}) {
    return took(id, EventKind::photo_replaced, {}, by,
                {{"photo", old.photo.sha256}, {"reason", "有人入镜"}});
  }
  // What can be read of it.
  std::string read(const Photo& photo) {
    return database_->read([&](Reading& reading) -> std::string {
      try {
        const auto bytes = read_photo(reading, anyone(), photo);
        return bytes ? std::string(1, static_cast<char>(bytes->front())) : bytes.error().key;
      } catch (const StorageFailure&) {
        return "altered";
      }
    });
  }
  PeriodAudit audit() {
    return database_->read([&](Reading& reading) {
      return audit_period(reading, as(Role::auditor), *parse_date("2026-03-01"),
                          *parse_date("2026-04-01"));
    });
  }
  std::vector<std::string> findings() {
    std::vector<std::string> found;
    for (const Fault& fault : audit().findings) found.push_back(fault.key);
    return found;
  }
  // Somebody with the database in hand.
  void forge(std::string_view sql, std::initializer_list<Parameter> parameters) {
    write([&](Transaction& t) { EXPECT_GT(t.execute(sql, parameters), 0); });
  }
};

TEST_F(PostingPhotos, APhotoIsProofEnoughAndStandsInTheStepByItsHash) {
  const VisitId id = planned_visit();
  const NewPhoto board = photo('b');
  EXPECT_EQ(board.photo.sha256, to_hex(sha256(bytes_of('b'))));
  ASSERT_EQ(took(id, EventKind::published, board_on(board), {board}), "taken");
  const Visit visit = now_of(id);
  EXPECT_EQ(visit.postings[0].photo, board.photo);
  EXPECT_TRUE(visit.postings[0].proof.empty());
  EXPECT_EQ(posting_of(visit, board.photo.sha256), &visit.postings[0]);
  EXPECT_EQ(read(board.photo), "b");
  EXPECT_FALSE(database_.holds(BytesView(bytes_of('b')).first(100))) << "it lies sealed";
  // The step is a leaf of the record as it is written here.
  const auto rows =
      database_->read([&](Reading& reading) { return event_rows(reading, county_.region, id); });
  EXPECT_NE(rows.back().payload.find(board.photo.sha256), std::string::npos);
  EXPECT_EQ(audit().photos, 1);
  EXPECT_TRUE(findings().empty());
}

TEST_F(PostingPhotos, WithoutWordsAndWithoutAPhotoThereIsNoProof) {
  const VisitId id = planned_visit();
  auto postings = board_on(photo('b'));
  postings[0].photo.reset();
  EXPECT_EQ(took(id, EventKind::published, postings, {}), "visits.field_missing proof");
}

TEST_F(PostingPhotos, OnePhotoProvesOnePlace) {
  const VisitId id = planned_visit();
  const NewPhoto board = photo('b');
  const NewPhoto again = photo('b');
  auto postings = board_on(board);
  postings.push_back(another_board(again));
  EXPECT_EQ(took(id, EventKind::published, postings, {board, again}), "visits.photo_again file.2");
  postings.pop_back();
  EXPECT_EQ(took(id, EventKind::published, postings, {board, photo('c')}),
            "visits.photo_wrong postings");
  EXPECT_EQ(took(id, EventKind::published, postings, {}), "visits.photo_wrong postings");
  ASSERT_EQ(took(id, EventKind::published, postings, {board}), "taken");
  EXPECT_EQ(took(id, EventKind::posted, {another_board(again)}, {again}),
            "visits.photo_again file.1");
  const NewPhoto other = photo('c');
  EXPECT_EQ(took(id, EventKind::posted, {another_board(other)}, {other}), "taken");
  EXPECT_EQ(audit().photos, 2);
}

TEST_F(PostingPhotos, OnlyAPhotoIsAPhotoAndOnlyWhereOneIsAskedFor) {
  const auto paper = seal_photo(holder(), {"application/pdf", bytes_of('p')});
  ASSERT_FALSE(paper);
  EXPECT_EQ(paper.error().key, "visits.photo_not_a_photo");
  const VisitId id = published_visit();
  now_ = now_of(id).begins;
  EXPECT_EQ(took(id, EventKind::opened, {}, {photo('x')}), "visits.field_unknown file");
}

TEST_F(PostingPhotos, APhotoWithAPersonOnItIsDestroyedAndTheStepStays) {
  const VisitId id = planned_visit();
  const NewPhoto person = photo('p');
  ASSERT_EQ(took(id, EventKind::published, board_on(person), {person}), "taken");
  EXPECT_EQ(took(id, EventKind::photo_replaced, {}, {}, {{"photo", person.photo.sha256}}),
            "visits.field_missing reason");
  const NewPhoto unknown = photo('u');
  EXPECT_EQ(replaced(id, unknown), "visits.field_wrong photo");
  const NewPhoto empty_board = photo('e');
  const NewPhoto too_many = photo('t');
  EXPECT_EQ(replaced(id, person, {empty_board, too_many}), "visits.field_unknown file");
  ASSERT_EQ(replaced(id, person, {empty_board}), "taken");
  const Visit visit = now_of(id);
  EXPECT_EQ(visit.postings[0].photo, empty_board.photo);
  EXPECT_EQ(visit.postings[0].replaced,
            (std::vector<ReplacedPhoto>{{person.photo.sha256, "有人入镜"}}));
  EXPECT_EQ(posting_of(visit, person.photo.sha256), nullptr);
  EXPECT_EQ(read(person.photo), "cases.erased");
  EXPECT_EQ(read(empty_board.photo), "e");
  EXPECT_EQ(replaced(id, empty_board, {photo('p')}), "visits.photo_again file.1");

  // Taken off without another, even after the day.
  ASSERT_EQ(replaced(id, empty_board), "taken");
  EXPECT_FALSE(now_of(id).postings[0].photo);
  EXPECT_EQ(audit().photos, 0);
  EXPECT_EQ(audit().photos_replaced, 2);
  EXPECT_TRUE(findings().empty()) << "replaced is not missing";
  const auto open =
      database_->read([&](Reading& reading) { return open_steps(reading, holder(), now_of(id)); });
  EXPECT_TRUE(std::none_of(open.begin(), open.end(), [](const OpenStep& step) {
    return step.edge->kind == EventKind::photo_replaced;
  }));
}

TEST_F(PostingPhotos, WhoHoldsTheVisitGivesFurtherProofAndNobodyElse) {
  const VisitId id = published_visit();
  const NewPhoto board = photo('b');
  Step step;
  step.kind = EventKind::posted;
  step.postings = {another_board(board)};
  step.photos = {board};
  const auto took_it = [&](const Context& context) {
    return database_->write([&](Transaction& t) { return take_step(t, context, id, step); })
        .has_value();
  };
  EXPECT_FALSE(took_it(as(Role::clerk, water_)));
  EXPECT_FALSE(took_it(as(Role::handler, county_.petition_office)));
  EXPECT_TRUE(took_it(holder()));
}

TEST_F(PostingPhotos, AStepSentTwiceKeepsOnePhoto) {
  const VisitId id = planned_visit();
  const cases::ClientToken same = token();
  for (int i = 0; i < 2; ++i) {
    const NewPhoto board = photo('b');  // sealed anew, as whoever sends it again does
    Step step;
    step.kind = EventKind::published;
    step.postings = board_on(board);
    step.photos = {board};
    step.token = same;
    ASSERT_TRUE(
        database_->write([&](Transaction& t) { return take_step(t, planner(), id, step); }));
  }
  EXPECT_EQ(now_of(id).postings.size(), 3U);
  const auto stored = database_->read([&](Reading& reading) {
    return *reading.first("SELECT count(*) FROM content WHERE region_id = ?1 AND role = 'evidence'",
                          {param(county_.region)}, [](const Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(stored, 1);
}

TEST_F(PostingPhotos, TheAuditNamesOneThatIsGone) {
  const VisitId id = planned_visit();
  const NewPhoto board = photo('b');
  ASSERT_EQ(took(id, EventKind::published, board_on(board), {board}), "taken");
  forge("DELETE FROM content WHERE region_id = ?1 AND case_id = ?2",
        {param(county_.region), param(board.photo.key)});
  ASSERT_EQ(findings(), std::vector<std::string>{"visits.audit_photo_missing"});
  EXPECT_EQ(audit().findings[0].details.at("photo"), board.photo.sha256);
  EXPECT_EQ(audit().findings[0].details.at("visit"), id.text());
  EXPECT_EQ(audit().photos, 0);
}

TEST_F(PostingPhotos, TheAuditNamesOneThatIsAnotherOne) {
  const VisitId id = planned_visit();
  const NewPhoto board = photo('b');
  ASSERT_EQ(took(id, EventKind::published, board_on(board), {board}), "taken");
  const NewPhoto other = photo('c');
  ASSERT_EQ(took(id, EventKind::posted, {another_board(other)}, {other}), "taken");
  // The bytes of one, the hash of the other.
  const Bytes noise(40, std::uint8_t{7});
  forge("UPDATE content_piece SET sealed = ?3 WHERE region_id = ?1 AND case_id = ?2 AND piece = 0",
        {param(county_.region), param(board.photo.key), BytesView(noise)});
  const std::string wrong_hash(64, '0');
  forge(
      "UPDATE visit_event SET payload = replace(payload, ?3, ?4) "
      "WHERE region_id = ?1 AND visit_id = ?2 AND kind = 'posted'",
      {param(county_.region), param(id), std::string_view(other.photo.sha256),
       std::string_view(wrong_hash)});
  EXPECT_EQ(read(board.photo), "altered");
  EXPECT_EQ(findings(),
            (std::vector<std::string>{"visits.audit_photo_altered", "visits.audit_photo_altered"}));
  EXPECT_EQ(audit().photos, 0);
}

TEST_F(PostingPhotos, TheAuditNamesOneThatWasReplacedAndIsStillThere) {
  const VisitId id = planned_visit();
  const NewPhoto person = photo('p');
  ASSERT_EQ(took(id, EventKind::published, board_on(person), {person}), "taken");
  ASSERT_EQ(replaced(id, person), "taken");
  write([&](Transaction& t) {
    cases::store_content(t, county_.region, person.photo.key, person.content, now_);
  });
  EXPECT_EQ(findings(), std::vector<std::string>{"visits.audit_photo_kept"});
  EXPECT_EQ(read(person.photo), "cases.erased") << "and without its key nobody reads it";
}

}  // namespace
}  // namespace minhu::visits
