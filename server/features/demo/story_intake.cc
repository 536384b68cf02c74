// Words come in by every door, and are sorted.
#include <algorithm>
#include <numbers>

#include "features/cases/store.h"
#include "features/demo/story.h"

namespace minhu::demo {

namespace {

using cases::Channel;
using cases::State;
using cases::Track;

struct Door {
  Channel channel;
  double weight;
};

Channel draw_channel(Nature nature, bool second_door, Dice& dice) {
  static const std::vector<Door> doors{
      {Channel::web, 44},          {Channel::phone, 34}, {Channel::face_to_face, 6},
      {Channel::letter, 4},        {Channel::visit, 4},  {Channel::open311, 2.5},
      {Channel::from_superior, 2}, {Channel::api, 1},    {Channel::survey, 1},
      {Channel::leader_note, 0.7}, {Channel::fax, 0.4},  {Channel::import, 0.4}};
  if (nature == Nature::inquiry) return dice.chance(0.7) ? Channel::phone : Channel::web;
  if (nature == Nature::accusation) return dice.chance(0.7) ? Channel::web : Channel::letter;
  if (second_door) return dice.chance(0.5) ? Channel::phone : Channel::web;
  return doors[dice.pick_weighted(doors, [](const Door& door) { return door.weight; })].channel;
}

Track draw_track(Nature nature, Channel channel, Dice& dice) {
  if (nature == Nature::accusation) {
    // Three in ten do not know that there is a door for it; whoever sorts them holds them.
    return dice.chance(0.7) ? Track::accusation : Track::petition;
  }
  if (nature == Nature::suggestion) return Track::suggestion;
  switch (channel) {
    case Channel::phone:
      return Track::hotline;
    case Channel::open311:
    case Channel::api:
      return Track::open311;
    case Channel::web:
      return dice.chance(0.6) ? Track::petition : Track::hotline;
    default:
      return Track::petition;
  }
}

bool by_clerk(Channel channel) {
  switch (channel) {
    case Channel::web:
    case Channel::api:
    case Channel::open311:
    case Channel::survey:
      return false;
    default:
      return true;
  }
}

// A short tone, as valid a sound file as a recording and about nobody.
cases::NewAttachment voice_message(Dice& dice) {
  constexpr std::uint32_t rate = 8000;
  constexpr std::uint32_t samples = 2000;
  Bytes bytes = to_bytes("RIFF");
  const auto put = [&](std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  };
  const auto tag = [&](std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
  };
  put(36 + samples, 4);
  tag("WAVEfmt ");
  put(16, 4);
  put(1, 2);  // PCM
  put(1, 2);  // one channel
  put(rate, 4);
  put(rate, 4);
  put(1, 2);
  put(8, 2);
  tag("data");
  put(samples, 4);
  const double hertz = dice.between(220, 660);
  for (std::uint32_t i = 0; i < samples; ++i) {
    const double turn = 2 * std::numbers::pi * hertz * i / rate;
    bytes.push_back(static_cast<std::uint8_t>(128 + 60 * std::sin(turn)));
  }
  return {"audio/wav", std::move(bytes)};
}

}  // namespace

void Story::arrive(const Arrival& arrival) {
  if (static_cast<std::int64_t>(plays_.size()) >= options_.cases) return;
  Issue& issue = world_.issues[arrival.issue];
  const Nature nature = issue.truth.nature;
  const bool emergency = !issue.matter->emergency_line.empty();
  const Channel channel = emergency ? Channel::phone : draw_channel(nature, arrival.again, dice_);

  Play play;
  play.issue = arrival.issue;
  play.speaker = arrival.speaker;
  play.token = entropy_.bytes<16>();
  play.second_door = arrival.again;
  play.came_again = arrival.again;

  cases::Words words;
  words.token = play.token;
  words.channel = channel;
  words.track = draw_track(nature, channel, dice_);
  const Medium medium = channel == Channel::phone    ? Medium::phone_note
                        : channel == Channel::letter ? Medium::letter
                                                     : Medium::typed;
  const Slots about{&book_, &issue, now_};
  Written written = tell(about, arrival.speaker, medium, arrival.again, dice_);
  std::optional<std::string> copied;
  if (const auto last = last_words_.find(arrival.issue);
      last != last_words_.end() && !arrival.again && dice_.chance(0.06)) {
    written = passed_on(last->second.first, book_, dice_);
    copied = last->second.second;
  }
  play.voice_message = channel == Channel::web && nature <= Nature::single && dice_.chance(0.012);
  if (play.voice_message) {
    words.attachments.push_back(voice_message(dice_));
  } else {
    words.text = written.text;
    words.title = written.title;
  }
  words.place_words = written.place_words;
  if (dice_.chance(0.6)) words.place = issue.truth.place;
  if (dice_.chance(channel == Channel::phone ? 0.85 : 0.6) && nature != Nature::accusation) {
    cases::Contact contact;
    contact.name = person_name(dice_);
    contact.phone = phone_number(dice_);
    contact.way = dice_.chance(0.5) ? "sms" : dice_.chance(0.5) ? "voice" : "";
    words.contact = Sealed<cases::Contact>(std::move(contact));
    words.may_be_called = dice_.chance(0.55);
  }
  if (channel == Channel::letter || channel == Channel::fax) {
    words.happened_at = Instant{now_.unix_ms - dice_.whole(1, 40) * 3'600'000};
  }
  words.helped_by_clerk = by_clerk(channel);
  if (channel == Channel::import) words.source = "old-register";

  const UnitId body =
      words.track == Track::hotline ? county_.hotline_body : county_.petition_office;
  const cases::Context context = words.helped_by_clerk
                                     ? as(Role::clerk, body)
                                     : cases::Context{county_, keyring_, entropy_, now_, {}};
  const auto prepared = cases::prepare(context, std::move(words));
  MINHU_ASSERT(prepared.has_value());  // the grammar writes nothing that the door refuses
  const auto receipt = cases::receive(*transaction_, context, **prepared);
  MINHU_ASSERT(receipt.has_value());
  play.file.id = receipt->case_id;
  play.activation_code = receipt->activation_code;
  reload(play);

  truth_.push_back({receipt->number, issue.truth.id, arrival.speaker, copied});
  if (!play.voice_message) last_words_[arrival.issue] = {std::move(written), receipt->number};
  const std::size_t index = plays_.size();
  plays_.push_back(std::move(play));
  const Track track = plays_[index].file.track;
  if (track != Track::accusation) {
    const bool at_once = channel == Channel::phone || emergency;
    arrange(index, Act::triage,
            emergency                  ? minutes_later(1)
            : at_once                  ? minutes_later(25)
            : track == Track::petition ? office_time(dice_.exponential(0.9))
                                       : minutes_later(150));
  }
  arrange_the_speaker(index);
}

// What the speaker will do of their own accord, whatever the offices do.
void Story::arrange_the_speaker(std::size_t index) {
  const Play& play = plays_[index];
  if (!play.file.activated && dice_.chance(0.5)) {
    arrange(index, Act::activate, people_time(dice_.exponential(3)));
  }
  if (play.file.track == Track::accusation) {
    if (dice_.chance(0.3)) arrange(index, Act::supplement, people_time(dice_.between(1, 30)));
    if (dice_.chance(0.05)) arrange(index, Act::withdraw, people_time(dice_.between(2, 40)));
    return;
  }
  if (dice_.chance(0.09)) arrange(index, Act::supplement, people_time(dice_.between(1, 15)));
  if (dice_.chance(0.12)) arrange(index, Act::urge, people_time(dice_.between(4, 25)));
  if (dice_.chance(0.03)) arrange(index, Act::urge, people_time(dice_.between(8, 50)));
  if (dice_.chance(0.02)) arrange(index, Act::withdraw, people_time(dice_.between(1, 20)));
  if (dice_.chance(0.006)) arrange(index, Act::new_code, people_time(dice_.between(1, 30)));
  if (dice_.chance(0.05)) arrange(index, Act::note, office_time(dice_.between(1, 6)));
}

// The category that somebody in a hurry would take: another of the same branch, or of what the
// words of the text seem to say.
std::string Story::wrong_category(const Play& play) {
  const std::string& right = world_.issues[play.issue].truth.category;
  std::vector<const CategoryOfBook*> others;
  const bool sibling = dice_.chance(0.6);
  for (const CategoryOfBook& category : book_.categories) {
    if (category.parent.empty() || category.code == right) continue;
    if (!sibling || category.parent == right.substr(0, 2)) others.push_back(&category);
  }
  return dice_.pick(others)->code;
}

// Matters that end before any unit has them.
bool Story::end_at_triage(std::size_t index) {
  Play& play = plays_[index];
  const Issue& issue = world_.issues[play.issue];
  const Nature nature = issue.truth.nature;
  const cases::Context clerk = of_body(play, Role::clerk);
  const cases::Context dispatcher = of_body(play, Role::dispatcher);
  if (!issue.matter->emergency_line.empty()) {
    if (dice_.chance(0.6)) {
      take(play, clerk, Kind::urgent_reported, {{"report", said("urgent", play)}});
    }
    take(play, clerk, Kind::sent_to_emergency,
         {{"line", issue.matter->emergency_line}, {"reason", said("emergency", play)}});
    return true;
  }
  if (nature == Nature::accusation) {
    take(play, dispatcher, Kind::held);
    if (dice_.chance(0.3)) arrange(index, Act::supplement, people_time(dice_.between(1, 30)));
    return true;
  }
  if (dice_.chance(0.004)) {
    return take(play, dispatcher, Kind::voided, {{"reason", said("void", play)}});
  }
  if (nature == Nature::inquiry && dice_.chance(0.8)) {
    // Half of what people ask, the answer of the data says; the rest is as good as any.
    const bool known = dice_.chance(0.5);
    const std::string text =
        known ? say(issue.matter->fixed, slots(play), dice_) : said("spot", play);
    if (!take(play, clerk, Kind::answered_on_spot,
              {{"public_answer", text}, {"outcome", "explained"}})) {
      return false;
    }
    play.how = Answering::good;
    if (dice_.chance(0.3)) arrange(index, Act::rate, people_time(dice_.between(0.1, 4)));
    arrange(index, Act::close, office_time(dice_.between(6, 9)));
    if (dice_.chance(0.1)) arrange(index, Act::erase, office_time(dice_.between(130, 300)));
    return true;
  }
  const double own_law = issue.matter->category == "09.01"   ? 0.10
                         : issue.matter->category == "11.01" ? 0.05
                                                             : 0.012;
  if (nature != Nature::suggestion && dice_.chance(own_law)) {
    return take(play, dispatcher, Kind::sent_to_legal_road,
                {{"road", dice_.chance(0.5) ? "arbitration" : "litigation"},
                 {"law", said("law_name", play)},
                 {"body", said("law_road", play)},
                 {"speakers_own_limit", said("law_limit", play)}});
  }
  if (nature == Nature::single && dice_.chance(0.012)) {
    const Kind kind =
        play.came_again && dice_.chance(0.6) ? Kind::closed_to_repeat : Kind::not_accepted;
    if (take(play, dispatcher, kind,
             {{"reason", said("refuse_reason", play)},
              {"law", said("law_name", play)},
              {"other_road", said("refuse_road", play)}})) {
      if (dice_.chance(0.25)) arrange(index, Act::ask_review, people_time(dice_.between(2, 25)));
      return true;
    }
  }
  return false;
}

// Somebody at the desk remembers that this trouble is being dealt with already.
bool Story::merge_into_known(std::size_t index) {
  Play& play = plays_[index];
  if (world_.issues[play.issue].truth.nature > Nature::single) return false;
  const auto known = known_.find({play.issue, play.file.dispatching_unit});
  if (known == known_.end() || known->second == index) return false;
  Play& other = plays_[known->second];
  const bool running = cases::waiting_for_us.has(other.file.state) &&
                       other.file.state != State::review_requested &&
                       other.file.state != State::recheck_requested;
  if (!running || other.file.track == Track::accusation || !play.members.empty()) return false;
  if (!dice_.chance(play.second_door ? 0.8 : 0.4)) return false;
  if (!take(play, of_body(play, Role::dispatcher), Kind::merged,
            {{"into", other.file.id.text()}})) {
    return false;
  }
  reload(other);  // its clocks may have been moved to the earlier dates
  other.members.push_back(index);
  return true;
}

void Story::triage(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::registered) return;
  const Issue& issue = world_.issues[play.issue];
  const cases::Context clerk = of_body(play, Role::clerk);
  if (play.voice_message) {
    const Written written = tell(slots(play), play.speaker, Medium::phone_note, false, dice_);
    take(play, clerk, Kind::transcribed, {{"of", written.text}});
  }
  if (end_at_triage(index)) return;
  play.category = dice_.chance(0.88) ? issue.truth.category : wrong_category(play);
  const bool danger = issue.matter->key == "hazard" || issue.matter->key == "gas";
  const std::string& at = issue.matter->category;
  Fields fields{{"category", "minhu:" + play.category}};
  if (play.file.place.empty()) fields["place"] = issue.truth.place;
  if (danger && dice_.chance(0.5)) {
    fields["urgency"] = "danger_to_life";
  } else if ((at == "02.01" || at == "12.01") && dice_.chance(0.5)) {
    fields["urgency"] = "utilities_cut";
  } else if (dice_.chance(0.06)) {
    fields["urgency"] = "complex";
  }
  const bool urgent = fields.contains("urgency") && fields["urgency"] == "danger_to_life";
  const bool by_the_clerk = dice_.chance(0.5);
  if (!take(play, by_the_clerk ? clerk : of_body(play, Role::dispatcher), Kind::triaged,
            std::move(fields))) {
    return;
  }
  if (urgent) take(play, clerk, Kind::urgent_reported, {{"report", said("urgent", play)}});
  link_to_class(index);
  if (merge_into_known(index)) return;
  known_[{play.issue, play.file.dispatching_unit}] = index;
  const bool hotline = play.file.track == Track::hotline || play.file.track == Track::open311;
  // One in fifty lies on the desk for long.
  const bool forgotten = !hotline && dice_.chance(0.02);
  arrange(index, Act::route,
          hotline ? minutes_later(70)
                  : office_time(forgotten ? dice_.between(9, 20) : dice_.exponential(1.2)));
}

// The unit of the most fitting rule, as the program suggests it; asked once for each pair.
UnitId Story::where_to(const Play& play, std::string& rule) {
  const std::string category = "minhu:" + play.category;
  auto& known = suggested_[{category, play.file.place}];
  if (known.first.empty()) {
    const auto suggestion =
        places_and_units::suggest_unit(*transaction_, county_.region, category, play.file.place);
    MINHU_ASSERT(suggestion.has_value());  // the last rule of the county fits everything
    known = {suggestion->rule.unit, suggestion->rule.code};
  }
  rule = known.second;
  return known.first;
}

void Story::route(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::triaged) return;
  const Issue& issue = world_.issues[play.issue];
  std::string rule;
  UnitId unit = where_to(play, rule);
  // Where nobody knows whose it is, it goes round.
  const bool unclear = issue.cause != nullptr && issue.cause->truth.kind == "duty_unclear";
  if (unclear && !play.file.joint_conference && dice_.chance(0.6)) {
    static const std::vector<std::string> round{"housing", "waterworks", "power", "enforcement",
                                                "transport"};
    unit = unit_id(dice_.pick(round));
    rule.clear();
  }
  Fields fields{{"unit", unit.text()}, {"reason", said("route_reason", play)}};
  if (!rule.empty()) fields["rule_used"] = rule;
  Kind kind = Kind::dispatched;
  if (!open(play, kind)) {
    kind = dice_.chance(0.75) ? Kind::transferred : Kind::assigned;
    if (kind == Kind::assigned) fields["report_days"] = std::to_string(dice_.whole(15, 45));
  }
  play.assigned = kind == Kind::assigned;
  if (!take(play, of_body(play, Role::dispatcher), kind, std::move(fields))) return;
  play.office = offices_.at(play.file.lead_unit);
  arrange(index, Act::unit_looks,
          office_time(0.4 * dice_.around(play.office->truth.days_to_act, 0.6)));
  const bool hotline = kind == Kind::dispatched;
  arrange(index, Act::watch, office_time(hotline ? dice_.between(6, 9) : dice_.between(46, 55)));
}

}  // namespace minhu::demo
